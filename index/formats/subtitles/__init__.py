"""Readers of subtitles: SubRip and WebVTT."""

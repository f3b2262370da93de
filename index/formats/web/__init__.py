"""Readers of what the web publishes: pages, feeds, web archives."""

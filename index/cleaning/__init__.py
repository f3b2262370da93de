"""Page furniture out, related teasers marked: drafts and records become articles."""

"""Hold citations against the archive as it is now: unchanged, moved, edited or gone."""

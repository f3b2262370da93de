"""Names across scripts: how a name sounds, and which words of a text may be the same name."""

"""The encoder: text -> unit vectors."""

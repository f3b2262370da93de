"""Seeds -> store, doing only what changed."""

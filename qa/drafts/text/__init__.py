"""What of a draft is prose, and what in it can be looked up."""

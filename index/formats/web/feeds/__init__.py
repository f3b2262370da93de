"""Reading feeds (RSS, Atom): one article per entry."""

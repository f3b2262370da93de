"""What a build does with each article that it reads: add, replace, log what was replaced, skip."""

"""Article pages from feeds and sitemaps, fetched into the seeds folder: a program of its own."""

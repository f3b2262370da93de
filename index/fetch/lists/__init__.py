"""Lists of pages: feeds, sitemaps, and home pages that name feeds."""

"""Who sends a request, of what role: tokens, sessions of the page, limits on guessing."""

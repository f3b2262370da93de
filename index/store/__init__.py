"""Where an index is stored: a seam of protocols, and the backends behind it."""

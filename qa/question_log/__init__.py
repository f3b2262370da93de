"""What was asked and how answers were judged: kept only if a person wants it, and reported on."""

"""Find the character encoding of a seed file's bytes: what is stated, and what is plausible."""

"""Which texts are never trained on: one article in ten, the same one in whatever file it stands."""

import hashlib

HELD_SHARE = 10  # one in this many


def article_key(title: str, text: str) -> str:
    """What tells an article from others: its title, or the text where there is none."""
    return title.strip() or text


def is_held_out(title: str, text: str) -> bool:
    """Whether the article of this title, or this text if it has none, is kept for measuring."""
    digest = hashlib.sha256(article_key(title, text).encode()).digest()
    return int.from_bytes(digest[:8]) % HELD_SHARE == 0

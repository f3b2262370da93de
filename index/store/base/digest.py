"""Short digests by which contents are known again: of a passage's text, and of a whole article."""

import hashlib
from dataclasses import replace

from index.article import Article

SIZE = 16  # bytes


def of_text(text: str) -> bytes:
    """By which a vector is known: equal texts share one."""
    return hashlib.blake2b(text.encode(), digest_size=SIZE).digest()


def of_article(article: Article) -> bytes:
    """Of all but the names, so that a file that was renamed is known again."""
    content = replace(article, id="", path="", place="")
    return of_text(f"{content!r} {article.parts!r}")


def with_rules(article: Article, rules: tuple[int, int]) -> bytes:
    """`of_article`, and the rules it was cut by: under other rules every article has changed.

    The rules stand after it, so that what is stored can be checked whatever they were.
    """
    return of_article(article) + repr(rules).encode()

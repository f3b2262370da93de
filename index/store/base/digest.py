"""Content digests: the key of a passage's vector, and how an unchanged article is recognised."""

import hashlib
from dataclasses import replace

from index.article import Article

SIZE = 16  # bytes


def of_text(text: str) -> bytes:
    """Return the content hash that keys a text's vector; equal texts share a vector."""
    return of_bytes(text.encode())


def of_bytes(data: bytes) -> bytes:
    """Return the content hash of a text that is already encoded as UTF-8."""
    return hashlib.blake2b(data, digest_size=SIZE).digest()


def of_article(article: Article) -> bytes:
    """Return a digest of everything but id and paths, so that a renamed file is recognised."""
    content = replace(article, id="", path="", place="")
    # Articles without anchors have the digest of earlier versions: they have not changed.
    anchors = f" {article.anchors!r}" if article.anchors else ""
    return of_text(f"{content!r} {article.parts!r}{anchors}")


def with_rules(article: Article, rules: tuple[int, int]) -> bytes:
    """Return `of_article` with the rules appended: under new rules every article has changed.

    The rules come last, so that the stored digest can be verified under any rules.
    """
    return of_article(article) + repr(rules).encode()

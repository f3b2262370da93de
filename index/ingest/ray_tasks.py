"""What the workers of a Ray cluster do. Nothing here imports Ray."""

from collections.abc import Iterator
from functools import cache

from index import threads
from index.encoder.sentence import Encoder, SentenceEncoder, Vectors
from index.errors import ArchiveError

from . import skips
from .engine import Found, Reader

BLOCK = 1_000_000  # characters of articles that are sent at once
ITEMS = 500  # articles that are sent at once

Block = tuple[str, list[Found]]  # the file, and some of what is in it


def read_files(reader: Reader, paths: list[str], code: str) -> Iterator[Block]:
    """Yield what is in these files, in order, at least one block for each.

    Raises:
        ArchiveError: This worker reads seeds by other code than `code`, the driver's.
    """
    _compute_on_one_core()
    if skips.reader() != code:
        raise ArchiveError(
            "the machines of the cluster differ in their versions of archive-qa, Python or the "
            "packages that read seeds: install the same everywhere"
        )
    for path in paths:
        for block in _blocks(reader.read(path)):
            yield path, block


def list_files(reader: Reader, paths: list[str], code: str) -> list[Block]:
    """Return what `read_files` yields, for clients that cannot take it one by one."""
    return list(read_files(reader, paths, code))


def embed_batch(encoder: Encoder, texts: list[str]) -> Vectors:
    """Embed passages.

    Raises:
        ArchiveError: The model of this name has other weights on this worker.
    """
    _compute_on_one_core()
    if isinstance(encoder, SentenceEncoder):
        here = SentenceEncoder(encoder.name)
        if here.revision != encoder.revision:
            raise ArchiveError(
                f"the encoder '{encoder.name}' differs between the machines of the cluster "
                f"(revisions {encoder.revision} and {here.revision}): install the same everywhere"
            )
    return encoder.passages(texts)


def _blocks(found: Iterator[Found]) -> Iterator[list[Found]]:
    """Group what is found, with the passages cut; the last block may be empty."""
    block: list[Found] = []
    size = 0
    for item in found:
        if isinstance(item, tuple):
            article, passages = item
            item = article, list(passages)
            size += len(article.text)
        block.append(item)
        if size >= BLOCK or len(block) >= ITEMS:
            yield block
            block, size = [], 0
    yield block


@cache
def _compute_on_one_core() -> None:
    """Ray gives a task one core, whatever libraries find."""
    threads.limit(1)

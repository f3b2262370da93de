"""Seeds folder -> index, doing only what changed; progress; the report of what was done.

One pass over the files finds what was added, changed and removed (`scan.py`); one pass embeds what
has no vector yet; one transaction publishes all of it.
"""

import os
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from itertools import islice
from pathlib import Path

import numpy as np
from filelock import FileLock, Timeout
from tqdm import tqdm

from index.cleaning import patterns
from index.encoder.bundled import NAME
from index.encoder.sentence import Encoder, SentenceEncoder
from index.errors import ArchiveError
from index.passage import MAX_TOKENS, MIN_TOKENS
from index.store.sqlite.embedding_cache import EmbeddingCache, forget
from index.store.sqlite.schema import Settings, storage_errors
from index.store.sqlite.writer import Writer
from index.text import terms

from .scan import BuildReport, Scan

BATCH = 256  # passages embedded between two commits of what is kept for a killed build


def build(
    seeds: str | os.PathLike[str] = "seeds",
    index: str | os.PathLike[str] = ".index",
    *,
    encoder: str | Encoder | None = None,
    passage_tokens: int = 128,
    progress: bool = False,
    allow_empty: bool = False,
    ready: Callable[[Path], bool] | None = None,
) -> BuildReport:
    """Bring the index up to date with the seeds folder.

    `encoder` is the name or folder of a sentence-transformers model, or an object like
    `index.encoder.sentence.Encoder`; None means the one that the index was built with, at first
    the bundled one. `allow_empty` lets an empty folder empty a full index. Files of which `ready`
    says no are left for a later build, and what the index has of them is kept. Raises ArchiveError
    for input that cannot be right and StorageError when the disk fails; the index is then what it
    was.
    """
    started = time.perf_counter()
    folder, source = Path(index), Path(seeds)
    if not MIN_TOKENS <= passage_tokens <= MAX_TOKENS:
        raise ArchiveError(
            f"passage_tokens is {passage_tokens}: it must be from {MIN_TOKENS} to {MAX_TOKENS}"
        )
    if not os.path.isdir(source):  # unlike Path.is_dir it never raises
        raise ArchiveError(
            f"there is no seeds folder '{source}': make it and put articles there, or name another"
        )
    with storage_errors(folder), exclusively(folder):
        writer = Writer(folder)
        try:
            chosen = _chosen(encoder, writer.settings, folder)
            settings = _settings(chosen, passage_tokens)
            report = Scan(writer, settings, source, progress, ready).run(allow_empty)
            report.passages = writer.count("passage")
            if writer.settings and not writer.touched and writer.vectors_are_sound():
                writer.keep()
                forget(folder)
            else:
                publish(writer, settings, chosen, progress)
        except BaseException:
            writer.abandon()
            raise
    report.seconds = time.perf_counter() - started
    return report


@contextmanager
def exclusively(folder: Path) -> Iterator[None]:
    """Hold the lock of the index in `folder`; the system frees it if this process is killed."""
    folder.mkdir(parents=True, exist_ok=True)
    lock = FileLock(folder / "build.lock", blocking=False)
    try:
        lock.acquire()
    except Timeout:
        raise ArchiveError(f"another build of '{folder}' is under way: wait for it") from None
    try:
        yield
    finally:
        lock.release()


def _chosen(encoder: str | Encoder | None, built: Settings | None, folder: Path) -> Encoder:
    """The encoder asked for, which must be the one that the index was built with."""
    if encoder is None:
        encoder = built.encoder if built else NAME
    chosen = SentenceEncoder(encoder) if isinstance(encoder, str) else encoder
    if built is not None:
        built.check(chosen, folder)
    return chosen


def _settings(encoder: Encoder, passage_tokens: int) -> Settings:
    return Settings(
        encoder=encoder.name,
        revision=encoder.revision,
        dimension=encoder.dimension,
        passage_tokens=passage_tokens,
        rules=patterns.VERSION,
        terms=terms.VERSION,
    )


def publish(writer: Writer, settings: Settings, encoder: Encoder, progress: bool) -> None:
    """Embed what has no vector yet, and publish all that was written as the next generation."""
    old = writer.settings
    kept = EmbeddingCache(writer.folder, encoder)
    with closing(kept):
        _embed(writer, kept, encoder, progress)
    writer.publish(replace(settings, generation=old.generation + 1 if old else 1))
    kept.discard()


def _embed(writer: Writer, kept: EmbeddingCache, encoder: Encoder, progress: bool) -> None:
    """Give a vector to every passage's text that has none."""
    missing = writer.not_embedded()
    bar = tqdm(
        total=writer.count_not_embedded(),
        desc="embedding",
        unit=" passages",
        disable=not progress,
    )
    with bar:
        while batch := dict(islice(missing, BATCH)):
            known = {content: v for content in batch if (v := kept.get(content)) is not None}
            fresh = [content for content in batch if content not in known]
            if known:
                writer.add_vectors(list(known), np.stack(list(known.values())))
            if fresh:
                vectors = encoder.passages(writer.texts([batch[content] for content in fresh]))
                kept.put(fresh, vectors)
                writer.add_vectors(fresh, vectors)
            bar.update(len(batch))

"""Seeds folder -> index, doing only what changed; progress; the report of what was done.

One pass over the files finds what was added, changed and removed; one pass embeds what has no
vector yet; one transaction publishes all of it.
"""

import hashlib
import os
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, field, replace
from pathlib import Path

import numpy as np
from filelock import FileLock, Timeout
from tqdm import tqdm

from . import markers, terms
from .article import Article, Refused, read_articles
from .database import Settings, storage_errors
from .encoder import Encoder, SentenceEncoder
from .errors import ArchiveError
from .passage import MAX_TOKENS, MIN_TOKENS, passages
from .unpack import NAME
from .writer import Kept, Writer

BATCH = 256  # passages embedded between two commits of what is kept for a killed build
SETTLED = 2_000_000_000  # ns; a file younger than the clock's grain could change unnoticed


@dataclass(slots=True)
class BuildReport:
    """What a build did; all counts but `passages` (the whole index's) are of articles."""

    added: int = 0
    changed: int = 0
    removed: int = 0
    unchanged: int = 0
    skipped: list[tuple[str, str]] = field(default_factory=list)  # path, why
    passages: int = 0
    seconds: float = 0.0

    def __str__(self) -> str:
        counts = (
            f"{self.added} added, {self.changed} changed, {self.removed} removed, "
            f"{self.unchanged} unchanged, {len(self.skipped)} skipped"
        )
        return f"{counts}; {self.passages} passages in the index; {self.seconds:.1f} s"


def build(
    seeds: str | os.PathLike[str] = "seeds",
    index: str | os.PathLike[str] = ".index",
    *,
    encoder: str | Encoder | None = None,
    passage_tokens: int = 128,
    progress: bool = False,
    allow_empty: bool = False,
) -> BuildReport:
    """Bring the index up to date with the seeds folder.

    `encoder` is the name or folder of a sentence-transformers model, or an object like
    `index.encoder.Encoder`; None means the one that the index was built with, at first the bundled
    one. `allow_empty` lets an empty folder empty a full index. Raises ArchiveError for input that
    cannot be right and StorageError when the disk fails; the index is then what it was before.
    """
    started = time.perf_counter()
    folder, source = Path(index), Path(seeds)
    if not MIN_TOKENS <= passage_tokens <= MAX_TOKENS:
        raise ArchiveError(
            f"passage_tokens is {passage_tokens}: it must be from {MIN_TOKENS} to {MAX_TOKENS}"
        )
    if not source.is_dir():
        raise ArchiveError(
            f"there is no seeds folder '{source}': make it and put articles there, or name another"
        )
    with storage_errors(folder):
        folder.mkdir(parents=True, exist_ok=True)
        lock = FileLock(folder / "build.lock", blocking=False)
        try:
            lock.acquire()
        except Timeout:
            raise ArchiveError(f"another build of '{folder}' is under way: wait for it") from None
    with lock, storage_errors(folder):
        writer = Writer(folder)
        try:
            chosen = _chosen(encoder, writer.settings, folder)
            settings = _settings(chosen, passage_tokens)
            report = _Scan(writer, settings, source, progress).run(allow_empty)
            report.passages = writer.count("passage")
            _publish(writer, settings, chosen, progress)
        except BaseException:
            writer.abandon()
            raise
    report.seconds = time.perf_counter() - started
    return report


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
        rules=markers.VERSION,
        terms=terms.VERSION,
    )


class _Scan:
    """One pass over the seeds: tells the writer what was added, changed and removed."""

    def __init__(self, writer: Writer, settings: Settings, source: Path, progress: bool) -> None:
        self.writer, self.source, self.progress = writer, source, progress
        self.tokens = settings.passage_tokens
        self.report = BuildReport()
        self.new: Counter[bytes] = Counter()  # digests of added articles
        # part of every digest: under other rules every article has changed
        self.rules = f"{settings.passage_tokens} {settings.rules} {settings.terms}"
        old = writer.settings or settings
        self.read_all = self.rules != f"{old.passage_tokens} {old.rules} {old.terms}"
        if old.terms != settings.terms:
            writer.clear_keywords()

    def run(self, allow_empty: bool) -> BuildReport:
        files = sorted(self._files())
        if not files and not allow_empty and (count := self.writer.count("article")):
            raise ArchiveError(
                f"the seeds folder '{self.source}' is empty but the index holds {count} articles: "
                "to empty the index too, say --allow-empty (allow_empty=True)"
            )
        for path in tqdm(files, "reading", unit=" files", disable=not self.progress, delay=1):
            self._file(path)
        self._remove_the_unseen()
        for path in set(self.writer.paths()).difference(files):
            self.writer.set_stamp(path, None)
        return self.report

    def _files(self) -> Iterator[str]:
        """All files that are not hidden, as paths relative to the seeds folder with "/"."""

        def refuse(error: OSError) -> None:
            path = Path(error.filename).relative_to(self.source).as_posix()
            self._skip(path, f"cannot be listed: {error.strerror}", self.writer.see_below(path))

        for folder, folders, names in os.walk(self.source, onerror=refuse):
            folders[:] = [name for name in folders if not name.startswith(".")]
            for name in names:
                path = Path(folder, name).relative_to(self.source).as_posix()
                if name.startswith("."):
                    continue
                if not _encodable(path):
                    shown = path.encode(errors="backslashreplace").decode()
                    self._skip(shown, "its name is not UTF-8: rename it")
                    continue
                yield path

    def _file(self, path: str) -> None:
        file = self.source / path
        stamp = _stamp(file)
        if stamp and not self.read_all and self.writer.stamp(path) == stamp:
            self.report.unchanged += self.writer.see("path", path)
            return
        refused: list[Refused] = []
        for found in read_articles(file, path):
            if isinstance(found, Article):
                found = self._article(found) or found
            if isinstance(found, Refused):
                refused.append(found)
        for bad in refused:  # last, as a line that moved may have been seen by its id meanwhile
            kept = self.writer.see("path" if bad.place == path else "place", bad.place)
            self._skip(bad.place, bad.why, kept)
        # a file with something refused is read, and the refusal reported, by every build
        self.writer.set_stamp(path, None if refused else stamp)

    def _article(self, article: Article) -> Refused | None:
        digest = self._digest(article)
        stored = self.writer.find(article.id)
        if stored and stored.seen:
            why = f"its id '{article.id}' is already that of an article in {stored.path}"
            return Refused(article.place, why)
        if stored and (stored.path, stored.digest) == (article.path, digest):
            self.writer.see_at(article.id, article.place)
            self.report.unchanged += 1
            return None
        if stored and stored.path != article.path:
            self.writer.set_stamp(stored.path, None)  # that file lost an article: read it again
        self.writer.put(article, digest, passages(article, self.tokens))
        if stored:
            self.report.changed += 1
        else:
            self.report.added += 1
            self.new[digest] += 1
        return None

    def _digest(self, article: Article) -> bytes:
        """Of all but the names, so that a file that was renamed is known again."""
        content = replace(article, id="", path="", place="")
        return hashlib.blake2b(f"{self.rules} {content!r}".encode(), digest_size=16).digest()

    def _remove_the_unseen(self) -> None:
        for identity, digest in self.writer.unseen():
            self.writer.remove(identity)
            if self.new[digest]:  # the same article under another name
                self.new[digest] -= 1
                self.report.added -= 1
                self.report.changed += 1
            else:
                self.report.removed += 1

    def _skip(self, place: str, why: str, kept: int = 0) -> None:
        if kept:
            self.report.unchanged += kept
            why += f" (what the index has of it is kept: {kept} of its articles)"
        self.report.skipped.append((place, why))


def _encodable(path: str) -> bool:
    try:
        path.encode()
    except UnicodeEncodeError:
        return False
    return True


def _stamp(file: Path) -> str | None:
    """Size and times of a file: equal stamps mean an equal file. None if that cannot be said."""
    try:
        about = file.stat()
    except OSError:
        return None
    if time.time_ns() - about.st_mtime_ns < SETTLED:
        return None
    return f"{about.st_size} {about.st_mtime_ns} {about.st_ctime_ns}"


def _publish(writer: Writer, settings: Settings, encoder: Encoder, progress: bool) -> None:
    old = writer.settings
    if old and not writer.touched and writer.vectors_are_sound():
        return writer.keep()
    kept = Kept(writer.folder, encoder)
    with closing(kept):
        _embed(writer, kept, encoder, progress)
    writer.publish(replace(settings, generation=old.generation + 1 if old else 1))
    kept.discard()


def _embed(writer: Writer, kept: Kept, encoder: Encoder, progress: bool) -> None:
    """Give a vector to every passage's text that has none."""
    missing = writer.not_embedded()
    bar = tqdm(total=len(missing), desc="embedding", unit=" passages", disable=not progress)
    with bar:
        for i in range(0, len(missing), BATCH):
            batch = dict(missing[i : i + BATCH])
            known = {content: v for content in batch if (v := kept.get(content)) is not None}
            fresh = [content for content in batch if content not in known]
            if known:
                writer.add_vectors(list(known), np.stack(list(known.values())))
            if fresh:
                vectors = encoder.passages(writer.texts([batch[content] for content in fresh]))
                kept.put(fresh, vectors)
                writer.add_vectors(fresh, vectors)
            bar.update(len(batch))

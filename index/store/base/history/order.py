"""What becomes of one article's log at the end of a build: what goes, and what is compared anew.

The log is in the order of `rows.NEWEST_FIRST`. Lines may be read in any order, so only the whole of
it shows what is a version, and beside which other one it stands.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from index.article import Article
from index.errors import StorageError
from index.store.base.versions import (
    MAX_LOGGED,
    MAX_PACKED,
    MAX_TEXTS,
    Version,
    count_differing,
)

# Versions of one article that one build logs in a row before texts are dropped that nobody will
# see; rows of so many are dropped too.
TEXTS_AFTER, ROWS_AFTER = 64, 4 * MAX_LOGGED
# what an entry needs to be settled, beside whether this build has logged it
ENTRY = "number, digest, line, against, coalesce(length(packed), 0)"


@dataclass(frozen=True, slots=True)
class Entry:
    """One version in the log, without its text."""

    number: int
    digest: bytes
    line: bool
    against: bytes | None
    size: int  # bytes of its text; 0 if that is not kept
    fresh: bool  # whether this build has logged it


@dataclass(frozen=True, slots=True)
class Comparison:
    """That the version `older` is to be compared with `newer`, None being the article itself."""

    older: int
    newer: int | None
    against: bytes | None  # the newer one's digest; None if the article is removed
    possible: bool  # whether both texts are there


@dataclass(slots=True)
class Settled:
    """What to do with an article's log, by the numbers of its versions."""

    drop: list[int] = field(default_factory=list)
    compare: list[Comparison] = field(default_factory=list)
    drop_texts: list[int] = field(default_factory=list)  # after comparing
    changed: bool = False  # whether readers will see a difference


def settle(entries: Sequence[Entry], now: bytes | None, last: int = 0) -> Settled:
    """Return what to do with the log of one article.

    - A line goes that says what the next newer text says; so does what this build has replaced and
      ended up with after all; so do the oldest, beyond MAX_LOGGED.
    - Each version says how it differs from the next newer one.
    - The newest texts are kept, as MAX_TEXTS and MAX_PACKED say.

    Args:
        entries: The log of one article, newest first.
        now: The digest of the article's text; None if it is removed.
        last: While a file is being read, the number of what was logged last: nothing goes yet, and
            its text stays, as it may be the neighbour of the next one.
    """
    settled = Settled()
    kept = _kept(entries, now, settled)
    if last and len(entries) <= ROWS_AFTER:
        settled.drop.clear()
    newer: Entry | None = None
    for entry in kept:
        against = newer.digest if newer else now
        if entry.against != against:
            possible = bool(entry.size and against and (newer is None or newer.size))
            number = newer.number if newer else None
            settled.compare.append(Comparison(entry.number, number, against, possible))
        newer = entry
    _limit_texts(entries, kept, settled, last)
    fresh = {entry.number for entry in entries if entry.fresh}
    touched = {*settled.drop, *(pair.older for pair in settled.compare)}
    settled.changed = any(entry.fresh for entry in kept) or bool(touched - fresh)
    return settled


def _kept(entries: Sequence[Entry], now: bytes | None, settled: Settled) -> list[Entry]:
    kept: list[Entry] = []
    newer = now
    for entry in entries:
        repeated = entry.digest == newer if entry.line else entry.fresh and entry.digest == now
        if repeated or len(kept) == MAX_LOGGED:
            settled.drop.append(entry.number)
        else:
            kept.append(entry)
            newer = entry.digest
    return kept


def _limit_texts(
    entries: Sequence[Entry], kept: Sequence[Entry], settled: Settled, last: int
) -> None:
    texts, size, gone = 0, 0, set(settled.drop)
    staying = {entry.number for entry in kept}
    for entry in entries:
        if not entry.size or entry.number in gone:
            continue
        if entry.number in staying:
            texts, size = texts + 1, size + entry.size
            if texts <= MAX_TEXTS and size <= MAX_PACKED:
                continue
        if entry.number != last:
            settled.drop_texts.append(entry.number)


def compared(
    pair: Comparison, article: Callable[[], Article | None], version: Callable[[int], Version]
) -> int:
    """Return how many sentences the two texts of a comparison differ by; 0 if nobody can tell."""
    if not pair.possible:
        return 0
    try:
        newer = article() if pair.newer is None else version(pair.newer).article
        older = version(pair.older).article
    except StorageError:  # a damaged text: `check` says so
        return 0
    return count_differing(older, newer) if older and newer else 0

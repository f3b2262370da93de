"""One seed file -> its articles, and what of it is refused."""

from collections.abc import Iterator
from pathlib import Path

from index.article import Article
from index.cleaning.assemble import read_draft, read_record
from index.errors import UnreadableError
from index.formats.limits import Budget, LimitError
from index.formats.registry import reader_of
from index.formats.seed_file import Draft, Record, Refused, Seed


def read_articles(file: Path, path: str) -> Iterator[Article | Refused]:
    """Yield the articles of `file`; `path` is how the archive names it (relative, with "/").

    Never raises for what is in the file or for a file that cannot be read: that is yielded as
    `Refused`, and the other articles of a file that holds many still come.
    """
    try:
        if not file.is_file():
            raise UnreadableError(
                "cannot be read: it is not an ordinary file, or not there any more"
            )
        with file.open("rb") as stream:
            size = file.stat().st_size
            yield from _read(Seed(path, path, file.name, stream, Budget(size), size))
    except Exception as error:
        yield Refused.because(path, error)


def _read(seed: Seed) -> Iterator[Article | Refused]:
    try:
        for found in reader_of(seed)(seed):
            if isinstance(found, Seed):
                yield from _read(found)
            elif isinstance(found, Draft | Record):
                yield _article(seed, found)
            else:
                yield found
    except LimitError:
        raise  # nothing more is read of the whole file
    except Exception as error:
        yield Refused.because(seed.place, error)


def _article(seed: Seed, found: Draft | Record) -> Article | Refused:
    try:
        return read_draft(seed, found) if isinstance(found, Draft) else read_record(seed, found)
    except Exception as error:
        return Refused.because(found.place, error)

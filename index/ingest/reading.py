"""Read one seed file into articles, and name what of it is refused.

The only place that knows both the readers in `formats/` and the cleaning of their drafts. It does
not know the store: `scan.py` decides what is new.
"""

from collections.abc import Iterator
from pathlib import Path

from index.article import Article
from index.cleaning.assemble import from_draft, from_record
from index.errors import UnreadableError
from index.formats.limits import Budget, LimitError
from index.formats.registry import reader_for
from index.formats.seed_file import Draft, Omitted, Record, Refused, Seed


def read_articles(
    file: Path, path: str, column: str | None = None, front_pages: bool = False
) -> Iterator[Article | Refused | Omitted]:
    """Yield the articles of `file`, and a `Refused` or `Omitted` for what in it cannot be read.

    Never raises for the content of a file or for a file that cannot be opened; the other articles
    of a file that holds many are still yielded.

    Args:
        file: The file on disk, whatever it is called there.
        path: Its name in the archive, relative to the seeds folder, with "/".
        column: Where the texts of tables are, if not under a name that is known.
        front_pages: Whether front pages and lists of links count as articles.
    """
    try:
        if not file.is_file():
            raise UnreadableError("cannot be read: it is not a regular file, or no longer exists")
        with file.open("rb") as stream:
            size = file.stat().st_size
            name = path.rpartition("/")[2]
            seed = Seed(path, path, name, stream, Budget(size), size, 0, column, front_pages)
            yield from _read(seed)
    except Exception as error:
        yield Refused.because(path, error)


def _read(seed: Seed) -> Iterator[Article | Refused | Omitted]:
    try:
        for item in reader_for(seed)(seed):
            if isinstance(item, Seed):
                yield from _read(item)
            elif isinstance(item, Refused | Omitted):
                yield item
            else:
                yield from _assemble(seed, item)
    except LimitError:
        raise  # ends the reading of the whole file
    except Exception as error:
        yield Refused.because(seed.place, error)


def _assemble(seed: Seed, item: Draft | Record) -> Iterator[Article | Refused | Omitted]:
    try:
        made = from_draft(seed, item) if isinstance(item, Draft) else from_record(seed, item)
    except Exception as error:
        yield Refused.because(item.place, error)
        return
    article, omitted = made
    yield article
    yield from omitted

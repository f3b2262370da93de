"""Where a build does its heavy work: reading seed files, cutting passages, embedding them.

`LocalEngine` does it in this process; `ray.py` spreads it over a cluster. Either way one process
decides what is read, and writes.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Protocol

from index.article import Article
from index.formats.seed_file import Omitted, Refused
from index.passage import Passage, passages
from index.store.base.embedding import Embedder, LocalEmbedder
from index.store.base.settings import Settings

from .reading import read_articles
from .seed_files import Seeds

Found = tuple[Article, Iterable[Passage]] | Refused | Omitted
Read = Callable[[str], Iterator[Found]]  # what is in the seed file of this name


@dataclass(frozen=True, slots=True)
class Reader:
    """Reads the seed files of one build."""

    seeds: Seeds
    passage_tokens: int
    column: str = ""
    front_pages: bool = False

    @classmethod
    def of(cls, seeds: Seeds, settings: Settings) -> "Reader":
        """Return a reader by the settings of a build."""
        return cls(seeds, settings.passage_tokens, settings.column, settings.front_pages)

    def read(self, path: str) -> Iterator[Found]:
        """Yield the articles of a seed file with their passages, and what in it is not read.

        Never raises for a file that cannot be opened or read.
        """
        try:
            with self.seeds.open(path) as file:
                for item in read_articles(file, path, self.column, self.front_pages):
                    if isinstance(item, Article):
                        yield item, passages(item, self.passage_tokens)
                    else:
                        yield item
        except Exception as error:
            yield Refused.because(path, error)


class Engine(Embedder, Protocol):
    """What a build requires of the place where its work is done."""

    def reading(self, reader: Reader, changed: Iterator[str]) -> Read:
        """Return a function that reads one file.

        Args:
            reader: How files are read.
            changed: Files that will be asked for, in order, so that they can be read ahead. Others
                may be asked for as well.
        """


class LocalEngine(LocalEmbedder):
    """Does everything in this process, one thing after the other."""

    def reading(self, reader: Reader, changed: Iterator[str]) -> Read:
        """Return a function that reads a file when it is called."""
        return reader.read

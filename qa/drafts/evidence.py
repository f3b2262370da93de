"""The sentences of the archive that a draft's sentence may be held against, best first."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache

from index.encoder.protocol import Vectors
from index.passage import Passage, sentences
from index.store.base.protocol import Snapshot
from index.store.base.search_filter import SearchFilter
from index.text import scripts
from qa.agreement.wording import content, pieces
from qa.retrieval.retriever import Hit, retrieve

from .text.claims import Sentence
from .text.naming import Name, names

PASSAGES = 8  # looked at for one sentence of a draft
MAX_QUERY = 400  # characters of a draft's sentence that are searched for
AROUND = 2000  # code points of the article on both sides of a passage that may name its subject


@dataclass(frozen=True)
class Place:
    """A sentence of the archive; offsets are code points into its article's text."""

    hit: Hit
    start: int
    end: int

    @property
    def text(self) -> str:
        """The sentence, verbatim."""
        return self.hit.article.text[self.start : self.end]

    @cached_property
    def words(self) -> list[str]:
        """Its content words."""
        return content(self.text)

    @cached_property
    def names(self) -> list[Name]:
        """The names in the sentence."""
        return names(self.text)

    @cached_property
    def background(self) -> str:
        """What the article says around it, with the title: it may name the subject."""
        article, passage = self.hit.article, self.hit.passage
        around = article.text[max(0, passage.start - AROUND) : passage.end + AROUND]
        return f"{article.title or ''}\n{around}"

    @cached_property
    def background_words(self) -> frozenset[str]:
        """The words of that, folded."""
        return frozenset(pieces(self.background))

    @cached_property
    def script(self) -> str | None:
        """The script of the sentence."""
        return scripts.of_text(self.text)


def search_text(sentence: Sentence) -> str:
    """Return what is searched for on behalf of a draft's sentence."""
    return " ".join(sentence.text.split())[:MAX_QUERY]


def hits_of(
    snapshot: Snapshot, vector: Vectors, sentence: Sentence, search_filter: SearchFilter
) -> list[Hit]:
    """Return the passages nearest to a draft's sentence; `vector` is that of `search_text`."""
    return retrieve(snapshot, vector, search_text(sentence), PASSAGES, search_filter).hits


def places(hits: Sequence[Hit]) -> list[Place]:
    """Return the sentences of some passages, each once."""
    found: dict[tuple[str, int], Place] = {}
    for hit in hits:
        for start, end in sentences_of(hit.passage):
            place = Place(hit, hit.passage.start + start, hit.passage.start + end)
            found.setdefault((hit.article.id, place.start), place)
    return list(found.values())


@lru_cache(maxsize=4096)
def sentences_of(passage: Passage) -> tuple[tuple[int, int], ...]:
    """Return the sentences of a passage as offsets into it; draft sentences share passages."""
    return tuple(sentences(passage.text, passage.language))

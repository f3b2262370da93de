"""What is kept of a standing question: the question, the answer it had last, and its news."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any, Literal

from qa.answers.answering import Answer

MAX_CITED = 5  # citations kept with an answer

Kind = Literal["answered", "changed", "withdrawn"]  # withdrawn: no longer answered


@dataclass(frozen=True, slots=True)
class Cited:
    """Where an answer stood when it was found; the permalink finds it again."""

    text: str
    title: str | None
    day: str | None  # 2025-10-28
    place: str
    url: str | None
    permalink: str | None


@dataclass(frozen=True, slots=True)
class KnownAnswer:
    """An answer as it was found, or that there was none."""

    text: str | None  # None: not in the archive
    sentence: str = ""
    confidence: float = 0.0
    citations: tuple[Cited, ...] = ()

    @classmethod
    def of(cls, answer: Answer) -> "KnownAnswer":
        """Keep of an answer what is needed to tell whether a later one is news."""
        if not answer.answered:
            return cls(None)
        cited = tuple(
            Cited(
                c.text,
                c.title,
                c.date.isoformat() if c.date else None,
                c.place or c.path,
                c.url,
                c.permalink,
            )
            for c in answer.citations[:MAX_CITED]
        )
        return cls(answer.text, answer.sentence or "", round(answer.confidence, 4), cited)

    @classmethod
    def from_dict(cls, fields: Mapping[str, Any]) -> "KnownAnswer":
        """Return what `as_dict` was made of."""
        cited = tuple(Cited(**one) for one in fields["citations"])
        return cls(fields["text"], fields["sentence"], fields["confidence"], cited)

    def as_dict(self) -> dict[str, Any]:
        """Return the answer as plain values for JSON."""
        return asdict(self)

    @property
    def source(self) -> Cited | None:
        """Its first citation."""
        return self.citations[0] if self.citations else None


@dataclass(frozen=True, slots=True)
class Seen:
    """The state of the index that a question was last asked of."""

    identity: str = ""  # of the index; see `Settings`
    generation: int = 0
    published: str = ""
    passage: int = 0  # the highest id of a passage

    def precedes(self, now: "Seen") -> bool:
        """Whether `now` is a later state of the same index; ids of another one say nothing."""
        if self.identity != now.identity or not self.generation:
            return False
        if self.generation == now.generation:
            return self.published == now.published
        # a copy of the index from before, built anew, may have given the same ids to other passages
        return self.generation < now.generation and self.passage <= now.passage


@dataclass(frozen=True, slots=True)
class StandingQuestion:
    """A question that is asked again after each build."""

    id: int
    question: str
    filters: Mapping[str, str]  # arguments of `SearchFilter.of`
    feed: str
    created: str  # UTC, ISO 8601
    program: tuple[str, ...] = ()  # run with each of its news; from the command line alone
    answer: KnownAnswer | None = None  # None: not asked yet
    seen: Seen = field(default_factory=Seen)
    revision: int = 0  # counts decisions, so that of two checks only one decides


@dataclass(frozen=True, slots=True)
class News:
    """That the answer to a standing question changed."""

    number: int  # in order; never used twice
    key: str  # 32 hexadecimal digits, never another's
    standing: int  # the id of the question, which may be removed by now
    feed: str
    question: str
    filters: Mapping[str, str]
    kind: Kind
    updated: str  # UTC, ISO 8601; never before that of the news before
    before: KnownAnswer
    answer: KnownAnswer


@dataclass(slots=True)
class CheckReport:
    """What a check did: how many questions were searched for and read, and the news."""

    questions: int = 0
    searched: int = 0
    read: int = 0
    news: list[News] = field(default_factory=list)
    programs: int = 0  # that ran and succeeded
    failed: int = 0  # programs that did not
    seconds: float = 0.0

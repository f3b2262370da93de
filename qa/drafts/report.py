"""What was found out about a draft, as plain data."""

from collections import Counter
from dataclasses import asdict, dataclass
from typing import Any, Generic, Literal, TypeVar

from index.store.several.part import NotAsked
from qa.answers.citing import Citation, source_name

Kind = Literal["quotation", "number", "date", "name"]
Status = Literal["verbatim", "differs", "not found", "unsure"]

Found = TypeVar("Found")


@dataclass(frozen=True, slots=True)
class Claim:
    """One quotation, number, date or name of a draft, and what the archive says about it.

    - verbatim: a quotation stands in the archive word for word; a number or a date is stated about
      the same thing, in figures or words of any language; a name is mentioned in this connection.
    - differs: the archive says something else about the same thing: see `instead`.
    - not found: the archive does not say this, nor anything else about it.
    - unsure: the archive is close, but whether it speaks of the same thing is not certain.
    """

    start: int  # code points into the draft
    end: int
    text: str  # verbatim from the draft
    kind: Kind
    status: Status
    citations: tuple[Citation, ...] = ()  # best first
    instead: str = ""  # what the archive says, verbatim from the first citation, if it differs
    difference: str = ""  # between both, for a quotation: "for a [-walk-]{+stroll+} on"


@dataclass(frozen=True, slots=True)
class Finding(Generic[Found]):
    """What the archive says of a number, date or name, and the words that stand for it there."""

    status: Status
    place: Found | None = None  # the sentence
    start: int = 0  # of the words, code points into the article's text
    end: int = 0


@dataclass(frozen=True, slots=True)
class DraftReport:
    """The claims of a draft in order; those beyond the limit are only counted."""

    claims: tuple[Claim, ...]
    left_out: int = 0
    seconds: float = 0.0
    not_asked: tuple[NotAsked, ...] = ()  # of several archives, those that could not be, and why

    @property
    def counts(self) -> dict[str, int]:
        """How many claims have each status."""
        return dict(Counter(claim.status for claim in self.claims))

    def as_dict(self) -> dict[str, Any]:
        """Return the report as plain values for JSON; permalinks are relative to the page."""
        return {
            "claims": [_claim_fields(claim) for claim in self.claims],
            "counts": self.counts,
            "left_out": self.left_out,
            "seconds": round(self.seconds, 3),
            "not_asked": [asdict(each) for each in self.not_asked],
        }


def _claim_fields(claim: Claim) -> dict[str, Any]:
    cited = [
        {
            "article_id": c.article_id,
            "title": c.title,
            "date": c.date.isoformat() if c.date else None,
            "start": c.start,
            "end": c.end,
            "text": c.text,
            "place": source_name(c),
            "archive": c.archive,
            "permalink": c.permalink,
        }
        for c in claim.citations
    ]
    fields = ("start", "end", "text", "kind", "status", "instead", "difference")
    return {**{name: getattr(claim, name) for name in fields}, "citations": cited}

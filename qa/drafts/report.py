"""What was found out about a draft, as plain data."""

from collections import Counter
from dataclasses import dataclass
from typing import Literal

from qa.answers.citing import Citation

Kind = Literal["quotation", "number", "date", "name"]
Status = Literal["verbatim", "differs", "not found", "unsure"]


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
class DraftReport:
    """The claims of a draft in order; those beyond the limit are only counted."""

    claims: tuple[Claim, ...]
    left_out: int = 0
    seconds: float = 0.0

    @property
    def counts(self) -> dict[str, int]:
        """How many claims have each status."""
        return dict(Counter(claim.status for claim in self.claims))

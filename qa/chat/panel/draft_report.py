"""A checked draft on the page: the text with its claims marked, and a list of what was found."""

from collections.abc import Iterator
from dataclasses import dataclass

from qa.answers.citing import source_name
from qa.audit.difference import Piece, difference
from qa.chat.plain_text import names_of
from qa.chat.rendering import render
from qa.chat.words import PAGE
from qa.drafts.report import Claim, DraftReport
from qa.drafts.typesetting import bare

MAX_SHOWN = 60_000  # characters of the draft
MAX_SENTENCE = 400  # characters of what is cited
STATUSES = ("differs", "not found", "unsure", "verbatim")  # the most urgent first


@dataclass(frozen=True, slots=True)
class Part:
    """A piece of the draft; `number` is that of its claim, None between claims."""

    text: str
    number: int | None = None
    status: str = ""


@dataclass(frozen=True, slots=True)
class Entry:
    """A claim in the list."""

    number: int
    claim: Claim
    pieces: tuple[Piece, ...]  # how an edited quotation differs
    source: str  # "" if nothing is cited
    day: str


def draft_report_html(draft: str, report: DraftReport, language: str = "en") -> str:
    """Return the draft with its claims marked, and beside it what the archive says of each."""
    entries = [_entry(number, claim) for number, claim in enumerate(report.claims, start=1)]
    entries.sort(key=lambda entry: STATUSES.index(entry.claim.status))
    return render(
        "draft_report.html",
        words=PAGE[language],
        parts=list(_parts(draft[:MAX_SHOWN], report.claims)),
        cut=len(draft) > MAX_SHOWN,
        entries=entries,
        counts=[report.counts.get(status, 0) for status in STATUSES],
        left_out=report.left_out,
        longest=MAX_SENTENCE,
        not_asked=names_of(report.not_asked),
    )


def _parts(draft: str, claims: tuple[Claim, ...]) -> Iterator[Part]:
    at = 0
    for number, claim in enumerate(claims, start=1):
        if claim.end > len(draft):
            break
        yield Part(draft[at : claim.start])
        yield Part(claim.text, number, claim.status)
        at = claim.end
    yield Part(draft[at:])


def _entry(number: int, claim: Claim) -> Entry:
    cited = claim.citations[0] if claim.citations else None
    edited = claim.kind == "quotation" and claim.status == "differs"
    return Entry(
        number,
        claim,
        tuple(difference(bare(claim.text), claim.instead)) if edited else (),
        (cited.title or source_name(cited)) if cited else "",
        cited.date.isoformat() if cited and cited.date else "",
    )

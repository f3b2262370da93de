"""Decide about the claims of one sentence: the quotations first, as they tell who spoke."""

import datetime
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from index.store.base.protocol import Snapshot
from index.store.base.search_filter import SearchFilter
from qa.answers.citing import cite
from qa.audit.difference import as_text, difference
from qa.retrieval.retriever import Hit

from .attribution import look_up_speaker, speaker
from .evidence import Place, places
from .figures import look_up
from .frame import Frame
from .framing import outside
from .mentions import look_up_name
from .quoting import Quoted, hits_for, quoted_in
from .report import Claim, Finding
from .text.claims import Mention, Sentence
from .text.doubts import differ_in_meaning, in_dateline, is_open
from .typesetting import bare

TOGETHER = {"date", "number"}


@dataclass(frozen=True)
class Evidence:
    """What a sentence of a draft is held against."""

    snapshot: Snapshot
    search_filter: SearchFilter
    hits: Sequence[Hit]  # passages like it
    context: Sequence[str]  # names of the draft up to here: what it is about
    day: datetime.date | None  # when the draft was written


def claims_of(draft: str, sentence: Sentence, evidence: Evidence) -> Iterator[Claim]:
    """Yield what the archive says of each claim of a sentence, in order."""
    quotations = [m for m in sentence.mentions if m.kind == "quotation"]
    bare = replace(sentence, text=outside([sentence.at(m) for m in quotations], sentence.text))
    quoted = {m: _quoted(draft[m.start : m.end], evidence) for m in quotations}
    speakers = _speakers(bare, quoted)
    found = places(evidence.hits)
    findings = _settled(
        bare,
        {
            m: _look_up(
                draft[m.start : m.end], bare, m, found, evidence, speakers.get(sentence.at(m))
            )
            for m in sentence.mentions
            if m.kind != "quotation"
        },
    )
    for mention in sentence.mentions:
        text = draft[mention.start : mention.end]
        if mention.kind == "quotation":
            yield _quotation_claim(mention, text, quoted[mention])
            continue
        finding = findings[mention]
        if finding.status == "verbatim" or not mention.guess:
            yield _claim(mention, text, finding)


def _settled(
    sentence: Sentence, findings: dict[Mention, Finding[Place]]
) -> dict[Mention, Finding[Place]]:
    """Return findings, where those that differ are unsure if both sides may be right.

    A date and a number of one clause that both differ tell of another event.
    """
    differing: dict[Mention, Frame] = {
        m: Frame(sentence.text, *sentence.at(m))
        for m, finding in findings.items()
        if finding.status == "differs"
    }
    doubtful = {m for m, frame in differing.items() if _is_doubtful(frame, findings[m])}
    for m, frame in differing.items():
        kinds = {o.kind for o, other in differing.items() if other.clause == frame.clause}
        if m.kind in TOGETHER and kinds >= TOGETHER:
            doubtful.add(m)
    return {m: replace(f, status="unsure") if m in doubtful else f for m, f in findings.items()}


def _is_doubtful(draft: Frame, finding: Finding[Place]) -> bool:
    place = finding.place
    if place is None:
        return False
    archive = Frame(place.text, finding.start - place.start, finding.end - place.start)
    return (
        is_open(draft.sentence)
        or is_open(archive.sentence)
        or in_dateline(draft.sentence, draft.end)
        or in_dateline(archive.sentence, archive.end)
        or differ_in_meaning(
            draft.sentence[slice(*draft.clause)], archive.sentence[slice(*archive.clause)]
        )
    )


def _look_up(
    text: str,
    sentence: Sentence,
    mention: Mention,
    found: Sequence[Place],
    evidence: Evidence,
    quoted: Quoted | None,
) -> Finding[Place]:
    """Return what the archive says of a number, a date or a name, perhaps that of a speaker."""
    if mention.kind != "name":
        return look_up(sentence, mention, found, evidence.context, evidence.day)
    spoken = look_up_speaker(text, quoted) if quoted else None
    return spoken or look_up_name(sentence, mention, found, evidence.context)


def _quoted(quotation: str, evidence: Evidence) -> Quoted | None:
    hits = hits_for(evidence.snapshot, quotation, evidence.search_filter, evidence.hits)
    return quoted_in(quotation, hits)


def _speakers(
    sentence: Sentence, quoted: dict[Mention, Quoted | None]
) -> dict[tuple[int, int], Quoted]:
    """Return which names of a sentence are said to have spoken which quotation."""
    named = [sentence.at(m) for m in sentence.mentions if m.kind == "name"]
    found = {}
    for mention, quotation in quoted.items():
        who = speaker(sentence.text, sentence.at(mention), named)
        if quotation and who:
            found[who] = quotation
    return found


def _quotation_claim(mention: Mention, text: str, quoted: Quoted | None) -> Claim:
    place = mention.start, mention.end, text, mention.kind
    if quoted is None:
        return Claim(*place, "not found")
    citation = cite(quoted.hit, quoted.start, quoted.end)
    if quoted.match != "edited":
        return Claim(*place, "verbatim" if quoted.match == "exact" else "unsure", (citation,))
    change = as_text(difference(bare(text), citation.text))
    return Claim(*place, "differs", (citation,), citation.text, change)


def _claim(mention: Mention, text: str, finding: Finding[Place]) -> Claim:
    place = mention.start, mention.end, text, mention.kind
    if finding.place is None:
        return Claim(*place, finding.status)
    citation = cite(finding.place.hit, finding.place.start, finding.place.end)
    said = finding.place.hit.article.text[finding.start : finding.end]
    return Claim(*place, finding.status, (citation,), said if finding.status == "differs" else "")

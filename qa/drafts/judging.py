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
from .framing import outside
from .mentions import look_up_name
from .quoting import Quoted, hits_for, quoted_in
from .report import Claim, Finding
from .text.claims import Mention, Sentence
from .typesetting import bare


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
    for mention in sentence.mentions:
        text = draft[mention.start : mention.end]
        if mention.kind == "quotation":
            yield _quotation_claim(mention, text, quoted[mention])
            continue
        finding = _look_up(text, bare, mention, found, evidence, speakers.get(sentence.at(mention)))
        if finding.status == "verbatim" or not mention.guess:
            yield _claim(mention, text, finding)


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

"""Check a draft: find its claims, look each up in one snapshot of the archive."""

import datetime
import time
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

from index import threads
from index.encoder.protocol import Vectors
from index.encoder.sentence import Encoder
from index.errors import ArchiveError
from index.store.base.protocol import Snapshot, Store
from index.store.base.search_filter import SearchFilter, unknown_article
from qa.answers.citing import cite
from qa.audit.difference import as_text, difference
from qa.retrieval.retriever import Hit

from .attribution import look_up_speaker, speaker
from .claims import Mention, Sentence, find_claims
from .evidence import Place, hits_of, places, search_text
from .figures import Finding, look_up
from .framing import outside
from .mentions import look_up_name
from .quoting import Quoted, hits_for, normalised, quoted_in
from .report import Claim, DraftReport

MAX_BYTES = 1_000_000
BATCH = 32  # sentences that are embedded together
MAX_CONTEXT = 12  # names that say what a sentence is about
CONTEXT = 3  # hits of the sentence before, in the same paragraph


@dataclass(frozen=True)
class Checker:
    """What a draft is held against."""

    snapshot: Snapshot
    search_filter: SearchFilter
    day: datetime.date | None


def check_draft(
    store: Store,
    encoder: Encoder,
    text: str,
    search_filter: SearchFilter,
    day: datetime.date | None = None,
) -> DraftReport:
    """Return what the archive says of each claim of a draft.

    Args:
        store: The archive.
        encoder: That of the index.
        text: The draft, plain text or Markdown.
        search_filter: Which part of the archive is searched.
        day: When the draft was written, for words such as "yesterday".

    Raises:
        ArchiveError: The draft is too long, or the article to search is unknown.
    """
    started = time.perf_counter()
    size = len(text.encode("utf-8", "replace"))
    if size > MAX_BYTES:
        raise ArchiveError(
            f"the draft has {size / 1e6:.1f} MB; the limit is {MAX_BYTES // 1_000_000} MB: "
            "check it in parts"
        )
    found, left_out = find_claims(text, day)
    vectors = threads.on_model_thread(_embed, encoder, found)
    claims: list[Claim] = []
    with store.snapshot() as snapshot:
        snapshot.settings.require_encoder(encoder, store.where)
        snapshot.settings.require_terms(store.where)
        if search_filter.article and snapshot.article(search_filter.article) is None:
            raise unknown_article(search_filter.article)
        checker = Checker(snapshot, search_filter, day)
        for sentence, hits, context in _searched(checker, found, vectors):
            claims += _claims(checker, text, sentence, hits, context)
    return DraftReport(tuple(claims), left_out, time.perf_counter() - started)


def _embed(encoder: Encoder, found: Sequence[Sentence]) -> list[Vectors]:
    vectors: list[Vectors] = []
    for at in range(0, len(found), BATCH):
        vectors += list(encoder.queries([search_text(s) for s in found[at : at + BATCH]]))
    return vectors


def _searched(checker, found, vectors):
    earlier: list[Hit] = []
    context: list[str] = []
    paragraph = -1
    for sentence, vector in zip(found, vectors, strict=True):
        hits = hits_of(checker.snapshot, vector, sentence, checker.search_filter)
        if sentence.paragraph != paragraph:
            paragraph, earlier = sentence.paragraph, []
            context = context[-MAX_CONTEXT:]
        own = (sentence.text[slice(*sentence.at(m))] for m in sentence.mentions if m.kind == "name")
        context = list(dict.fromkeys([*context, *own]))[-MAX_CONTEXT:]
        yield sentence, [*hits, *earlier], context
        earlier = hits[:CONTEXT]


def _claims(checker, text, sentence, hits, context):
    spans = [sentence.at(m) for m in sentence.mentions if m.kind == "quotation"]
    bare = replace(sentence, text=outside(spans, sentence.text))
    found = places(hits)
    named = [sentence.at(m) for m in sentence.mentions if m.kind == "name"]
    speakers = {}
    for mention in sentence.mentions:
        if mention.kind == "quotation":
            quotation = text[mention.start : mention.end]
            known = hits_for(checker.snapshot, quotation, checker.search_filter, hits)
            quoted = quoted_in(quotation, known)
            speakers[mention] = quoted
            who = speaker(bare.text, sentence.at(mention), named)
            if quoted and who:
                speakers[who] = quoted
    for mention in sentence.mentions:
        piece = text[mention.start : mention.end]
        if mention.kind == "quotation":
            yield _quotation_claim(mention, piece, speakers[mention])
            continue
        finding = None
        if mention.kind == "name" and (quoted := speakers.get(sentence.at(mention))):
            finding = look_up_speaker(piece, quoted)
        if finding is None and mention.kind == "name":
            finding = look_up_name(bare, mention, found, context)
        elif finding is None:
            finding = look_up(bare, mention, found, context, checker.day)
        if finding.status == "verbatim" or not mention.guess:
            yield _claim(mention, piece, finding)


def _quotation_claim(mention: Mention, piece: str, quoted: Quoted | None) -> Claim:
    if quoted is None:
        return Claim(mention.start, mention.end, piece, mention.kind, "not found")
    citation = cite(quoted.hit, quoted.start, quoted.end)
    if quoted.exact:
        return Claim(mention.start, mention.end, piece, mention.kind, "verbatim", (citation,))
    said = as_text(difference(piece[1:-1], citation.text))
    return Claim(
        mention.start, mention.end, piece, mention.kind, "differs", (citation,), citation.text, said
    )


def _claim(mention: Mention, piece: str, finding: Finding) -> Claim:
    place = finding.place
    if place is None:
        return Claim(mention.start, mention.end, piece, mention.kind, finding.status)
    citation = cite(place.hit, place.start, place.end)
    instead = place.hit.article.text[finding.start : finding.end]
    differs = finding.status == "differs"
    return Claim(
        mention.start, mention.end, piece, mention.kind, finding.status, (citation,),
        instead if differs else "",
    )  # fmt: skip

"""Check a draft: find its claims, and look each up in one snapshot of the archive."""

import datetime
import time
from collections.abc import Iterator, Sequence

from index import threads
from index.encoder.protocol import Vectors
from index.encoder.sentence import Encoder
from index.errors import ArchiveError
from index.store.base.protocol import Snapshot, Store
from index.store.base.search_filter import UNSTORABLE, SearchFilter, unknown_article
from index.store.several.part import NotAsked
from index.store.several.snapshot import missing_archives
from index.store.several.store import read
from qa.retrieval.retriever import Hit

from .evidence import hits_of, search_text
from .judging import Evidence, claims_of
from .report import Claim, DraftReport
from .text.claims import Sentence, find_claims

MAX_BYTES = 1_000_000
BATCH = 32  # sentences that are embedded together
EARLIER = 3  # passages found for the sentence before, in the same paragraph
MAX_CONTEXT = 12  # names that tell what a sentence is about


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
        text: The draft, plain text or Markdown; NUL and lone surrogates are replaced.
        search_filter: Which part of the archive is searched.
        day: When the draft was written, for words such as "yesterday".

    Raises:
        ArchiveError: The draft is too long, or the article to search is unknown.
    """
    started = time.perf_counter()
    text = UNSTORABLE.sub("\ufffd", text)
    if (size := len(text.encode())) > MAX_BYTES:
        raise ArchiveError(
            f"the draft has {size / 1e6:.1f} MB; the limit is {MAX_BYTES // 1_000_000} MB: "
            "check it in parts"
        )
    found, left_out = find_claims(text, day)
    vectors = threads.on_model_thread(_embed, encoder, found)

    def looked_up(snapshot: Snapshot) -> tuple[tuple[Claim, ...], tuple[NotAsked, ...]]:
        snapshot.settings.require_encoder(encoder, store.where)
        snapshot.settings.require_terms(store.where)
        if search_filter.article and snapshot.article(search_filter.article) is None:
            raise unknown_article(search_filter.article)
        searched = _searched(snapshot, found, vectors, search_filter, day)
        claims = [claim for each, evidence in searched for claim in claims_of(text, each, evidence)]
        return tuple(claims), missing_archives(snapshot)

    claims, not_asked = read(store, looked_up)
    return DraftReport(claims, left_out, time.perf_counter() - started, not_asked)


def _embed(encoder: Encoder, found: Sequence[Sentence]) -> list[Vectors]:
    vectors: list[Vectors] = []
    for at in range(0, len(found), BATCH):
        vectors += list(encoder.queries([search_text(s) for s in found[at : at + BATCH]]))
    return vectors


def _searched(
    snapshot: Snapshot,
    found: Sequence[Sentence],
    vectors: Sequence[Vectors],
    search_filter: SearchFilter,
    day: datetime.date | None,
) -> Iterator[tuple[Sentence, Evidence]]:
    """Yield each sentence with the passages nearest to it and to the one before it."""
    earlier: list[Hit] = []
    context: list[str] = []
    paragraph = -1
    for sentence, vector in zip(found, vectors, strict=True):
        hits = hits_of(snapshot, vector, sentence, search_filter)
        if sentence.paragraph != paragraph:
            paragraph, earlier = sentence.paragraph, []
        named = (sentence.text[slice(*sentence.at(m))] for m in sentence.mentions if m.is_name)
        context = list(dict.fromkeys([*context, *named]))[-MAX_CONTEXT:]
        yield sentence, Evidence(snapshot, search_filter, [*hits, *earlier], context, day)
        earlier = hits[:EARLIER]

"""`Searcher`: the passages of an index for a question; ranking is in `qa/retrieval`."""

from collections.abc import Sequence
from dataclasses import replace

from index import threads
from index.encoder.sentence import Encoder
from index.errors import ArchiveError
from index.store.base.protocol import Snapshot, Store
from index.store.base.search_filter import Day, SearchFilter, parse_day
from index.store.several.store import narrowed, read
from qa.answers.question import check_question
from qa.drafts.checking import check_draft
from qa.drafts.report import DraftReport
from qa.facets.facets import Facets
from qa.facets.table import NameTable, Wanted
from qa.retrieval.retriever import Hit, SearchResult, retrieve

from .catalogue import Catalogue, unknown_article

FACET_HITS = 200  # passages whose articles are counted
MIN_SHARE = 0.4  # of the best passage's score, which others have that are about the same


class Searcher(Catalogue):
    """An index that can be searched; it needs no reader."""

    def __init__(self, store: Store, encoder: Encoder) -> None:
        super().__init__(store)
        self._encoder = encoder

    @property
    def encoder(self) -> Encoder:
        """The encoder of the passages; updating the index takes the same."""
        return self._encoder

    def search(  # noqa: PLR0913 - every filter
        self,
        question: str,
        k: int = 10,
        *,
        after: Day | None = None,
        before: Day | None = None,
        language: str | None = None,
        article: str | None = None,
        archive: str | None = None,
        names: str | Sequence[str] = (),
    ) -> list[Hit]:
        """Return up to `k` passages for a question, best first.

        Args:
            question: At most 2,000 characters, in any language.
            k: The most passages to return.
            after: First day to include, a date or "2025-10-28"; leaves out undated articles.
            before: Last day to include, likewise.
            language: Language of the passages, like "en" or "zh".
            article: Id of the only article to search.
            archive: Of several archives, the name of the only one to search.
            names: Only articles that name all of these: a `key` of `facets`, or any spelling.

        Raises:
            ArchiveError: If the question is empty or too long, k < 1, a date or language does not
                parse, or the article, the archive or a name is unknown.
        """
        only = SearchFilter.of(after, before, language, article, archive, names)
        return self._search(question, k, only).hits

    def facets(
        self,
        question: str | None = None,
        *,
        after: Day | None = None,
        before: Day | None = None,
        language: str | None = None,
        article: str | None = None,
        names: str | Sequence[str] = (),
    ) -> Facets:
        """Return the people, places, organisations and days that articles name, and their dates.

        The first call reads the names of all articles, some minutes for 20,000; later ones read
        only what has changed.

        Args:
            question: Count only the articles of its passages, at most 200; None counts all.
            after: As in `search`, and so the others; `language` is the article's.
            before: As in `search`.
            language: As in `search`.
            article: As in `search`.
            names: As in `search`.

        Raises:
            ArchiveError: As `search`.
        """
        if self.archives:
            raise ArchiveError("names are counted in one archive alone: open it by itself")
        search_filter = SearchFilter.of(after, before, language, article, names=names)
        return self.facets_of(self.names.table(), search_filter, question)

    def facets_of(
        self,
        table: NameTable,
        search_filter: SearchFilter,
        question: str | None = None,
        wanted: Wanted | None = None,
    ) -> Facets:
        """Return what `facets` does from a table that may be incomplete still."""
        if not question:
            return table.facets(search_filter, wanted=wanted)
        hits = self._search(question, FACET_HITS, search_filter).hits
        least = MIN_SHARE * hits[0].score if hits else 0.0
        found = {hit.article.id for hit in hits if hit.score >= least}
        # the passages may be in another language than their article
        return table.facets(replace(search_filter, language=None), found, wanted)

    def explain(  # noqa: PLR0913 - every filter
        self,
        question: str,
        k: int = 10,
        *,
        after: Day | None = None,
        before: Day | None = None,
        language: str | None = None,
        article: str | None = None,
        archive: str | None = None,
        names: str | Sequence[str] = (),
    ) -> SearchResult:
        """Return the hits of `search` with the terms that were looked up and the kind of order."""
        only = SearchFilter.of(after, before, language, article, archive, names)
        return self._search(question, k, only)

    def check_draft(  # noqa: PLR0913 - every filter
        self,
        text: str,
        *,
        day: Day | None = None,
        after: Day | None = None,
        before: Day | None = None,
        language: str | None = None,
        article: str | None = None,
        archive: str | None = None,
    ) -> DraftReport:
        """Return what the archive says of each quotation, number, date and name of a draft.

        Args:
            text: The draft, plain text or Markdown, at most 1 MB.
            day: When it was written; without it, words such as "yesterday" are no claims.
            after: As in `search`, and so the others.
            before: As in `search`.
            language: As in `search`.
            article: As in `search`.
            archive: As in `search`.

        Raises:
            ArchiveError: If the draft is too long, or as `search`.
        """
        only = SearchFilter.of(after, before, language, article, archive)
        store, search_filter = narrowed(self._store, only)
        return check_draft(store, self._encoder, text, search_filter, parse_day("day", day))

    def _search(self, question: str, k: int, search_filter: SearchFilter) -> SearchResult:
        """Check the arguments and rank passages in one snapshot of the archive.

        Only the encoder and FAISS run in the model thread, so that one question's database queries
        overlap with the model calls of another.
        """
        if k < 1:
            raise ArchiveError(f"k is {k}: ask for at least one passage")
        question = check_question(question)
        (vector,) = threads.on_model_thread(self._encoder.queries, [question])
        store, only = narrowed(self._store, self.resolved(search_filter))

        def ranked(snapshot: Snapshot) -> SearchResult:
            snapshot.settings.require_encoder(self._encoder, self.where)
            snapshot.settings.require_terms(self.where)
            article = only.article
            if article is not None and snapshot.article(article) is None:
                raise unknown_article(article)
            return retrieve(snapshot, vector, question, k, only)

        return read(store, ranked)

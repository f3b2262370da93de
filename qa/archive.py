"""`Archive`: an index opened for questions.

Ties the rooms together and decides nothing itself: the choice of an answer is in `qa/answers`,
searching in `qa/searcher.py`, access to whole articles in `qa/catalogue.py`.
"""

import threading
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Self

from index import threads
from index.encoder.sentence import Encoder, SentenceEncoder
from index.errors import ArchiveError
from index.store.base.error_rate import ErrorRate, in_force
from index.store.base.protocol import Store
from index.store.base.search_filter import NO_FILTER, Day, SearchFilter
from index.store.doors import Where, open_stores
from index.store.several.part import NotAsked
from index.store.several.store import narrowed
from qa.answers.answering import Answer, TimelineEntry
from qa.answers.completing import complete
from qa.answers.question import check_question
from qa.answers.selection import CITATION_POOL
from qa.answers.stages import Stage, answer_stages, answers_over_time, best_answer
from qa.batch.outcomes import Models, Request, outcomes
from qa.question_log.log import QuestionLog
from qa.retrieval.missing import content_words
from qa.retrieval.retriever import Hit

from .searcher import Searcher

if TYPE_CHECKING:  # imports torch, which takes seconds
    from qa.reader.reader import Reader


class Archive(Searcher):
    """An index, open for questions; safe to use from several threads at once."""

    def __init__(self, store: Store, encoder: Encoder, reader: "Reader | str | None") -> None:
        super().__init__(store, encoder)
        self._given_reader = reader
        self._reader_lock = threading.Lock()
        self.log: QuestionLog | None = None  # every question is recorded there
        self._earlier: Self | None = None

    @property
    def _reader(self) -> "Reader":
        """The reader, loaded for the first answer; searching does without."""
        with self._reader_lock:
            if self._given_reader is None or isinstance(self._given_reader, str):
                from qa.reader.reader import Reader

                self._given_reader = Reader.load(self._given_reader)
            return self._given_reader

    @classmethod
    def open(
        cls,
        index: Where | Sequence[Where] | Mapping[str, Where] = ".index",
        *,
        reader: "Reader | str | None" = None,
        encoder: Encoder | None = None,
    ) -> Self:
        """Open an index.

        Args:
            index: Its folder, or its address such as "postgresql://host/database". Several of them,
                also by name or as "NAME=WHERE", are asked together, as if they were one archive.
            reader: An extractive question-answering model of Hugging Face, by name or folder, or
                "fast", the smaller bundled one; None is the default.
            encoder: Only for an index that was built with an encoder that has no name to load.

        Raises:
            ArchiveError: If there is no index, or it was made with another encoder or other rules.
                Of several, one that cannot be read is left out, which each `Answer` says.
        """
        store = open_stores(index)
        encoder = encoder or SentenceEncoder(store.settings.encoder)
        store.require_encoder(encoder)
        return cls(store, encoder, reader)

    def earlier(self) -> Self:
        """Open the earlier texts of articles, which `archive-qa build --versions keep` keeps.

        They are searched and cited likewise; their ids end in the day and a digest.

        Raises:
            ArchiveError: None are kept, or a build did not bring them up to date.
        """
        from index.ingest.updating.earlier_texts import opened_earlier_texts  # imports all formats

        own = opened_earlier_texts(self._store), self._encoder, self._given_reader
        self._earlier = type(self)(*own) if self._earlier is None else self._earlier
        return self._earlier

    def error_rate(self) -> tuple[ErrorRate | None, str]:
        """Return the error rate in force, if any, and why the one kept with the index is not."""
        return self._error_rate(self._store)

    def _error_rate(self, store: Store) -> tuple[ErrorRate | None, str]:
        return in_force(store, lambda: self._reader.digest)

    def warm_up(self) -> None:
        """Load the models now, so that the first question does not wait for them."""
        threads.on_model_thread(self._encoder.queries, ["?"])
        self._reader.read("?", ["."])
        content_words("问 asked")  # loads its dictionaries, which the first refusal needs

    def answer(  # noqa: PLR0913 - every filter
        self,
        question: str,
        history: Sequence[Answer] = (),
        *,
        after: Day | None = None,
        before: Day | None = None,
        language: str | None = None,
        article: str | None = None,
        archive: str | None = None,
        names: str | Sequence[str] = (),
    ) -> Answer:
        """Return the best verbatim answer with its citations, or a refusal with the closest ones.

        `history` holds the earlier answers of the conversation, oldest first. They complete a
        follow-up such as "And when?"; the answer's `understood` then has the full question. The
        other arguments and the errors are those of `search`.
        """
        search_filter = SearchFilter.of(after, before, language, article, archive, names)
        *_, last = self.stages(question, history, search_filter)
        assert last.answer is not None
        return last.answer

    def timeline(  # noqa: PLR0913 - every filter
        self, question: str, *, after: Day | None = None, before: Day | None = None,
        language: str | None = None, article: str | None = None, archive: str | None = None,
        names: str | Sequence[str] = (),
    ) -> list[TimelineEntry]:  # fmt: skip
        """Return what dated articles answered over time, the latest last; [] if none does.

        Each distinct value has the first and the last day on which it was reported. The arguments
        and the errors are those of `search`.
        """
        search_filter = SearchFilter.of(after, before, language, article, archive, names)
        hits = self._search(question, CITATION_POOL, search_filter).hits
        chosen, _ = self._error_rate(narrowed(self._store, search_filter)[0])
        return answers_over_time(self._reader_for(chosen), check_question(question), hits)

    def stages(
        self,
        question: str,
        history: Sequence[Answer] = (),
        search_filter: SearchFilter = NO_FILTER,
    ) -> Iterator[Stage]:
        """Yield what `answer` does step by step: the passages found, then with them the answer."""
        store, within = narrowed(self._store, search_filter)
        chosen, _ = self._error_rate(store)
        not_asked: list[NotAsked] = []

        def search(text: str) -> tuple[list[Hit], Sequence[str]]:
            result = self._search(text, CITATION_POOL, search_filter)
            not_asked.extend(result.not_asked)
            return result.hits, result.terms.unknown

        found = answer_stages(
            question,
            history,
            search,
            read=lambda text, hits, most: best_answer(self._reader_for(chosen), text, hits, most),
        )
        # the rate was measured on questions to the whole archive
        for stage in complete(found, store, None if within else chosen, not_asked):
            if self.log and stage.answer:
                self.log.record(stage.answer, narrowed=bool(search_filter))
            yield stage

    def _reader_for(self, chosen: ErrorRate | None) -> "Reader":
        return self._reader.with_threshold(chosen.threshold) if chosen else self._reader

    def answer_many(  # noqa: PLR0913 - every filter
        self, questions: Iterable[str], *, after: Day | None = None, before: Day | None = None,
        language: str | None = None, article: str | None = None, archive: str | None = None,
        names: str | Sequence[str] = (),
    ) -> Iterator[Answer]:  # fmt: skip
        """Yield the answer to each question, in order, several of them computed together.

        The arguments and the errors are those of `answer`; questions do not refer to each other.
        """
        filters = SearchFilter.of(after, before, language, article, archive, names).arguments()
        for outcome in self.outcomes(Request(question, filters) for question in questions):
            if isinstance(outcome, ArchiveError):
                raise outcome
            yield outcome

    def outcomes(self, requests: Iterable[Request]) -> Iterator[Answer | ArchiveError]:
        """Yield the answer to each request, or what is wrong with it, so that others go on."""
        return outcomes(requests, self.models())

    def models(self) -> Models:
        """Return what answers: the index, its encoder, and the reader with today's threshold."""
        chosen, _ = self.error_rate()
        return Models(self._store, self._encoder, self._reader_for(chosen), chosen, self.resolved)

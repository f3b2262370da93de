"""`/healthz` and `/metrics`: whether questions can be answered, and figures for Prometheus.

Nothing of a question, an answer or an article is in either.
"""

import time
from collections.abc import Iterator, Sequence
from math import nan
from typing import Any, Self

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, ProcessCollector
from prometheus_client.exposition import CONTENT_TYPE_LATEST, generate_latest
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from index.errors import ArchiveError, StorageError
from index.store.base.search_filter import NO_FILTER, SearchFilter
from qa.answers.answering import Answer
from qa.answers.stages import Stage
from qa.archive import Archive
from qa.drafts.report import DraftReport
from qa.facets.table import NameTable
from qa.retrieval.retriever import Hit, SearchResult

from .guard import Guard, Rules
from .identity.access import Refusal

PATHS = frozenset(("/healthz", "/metrics"))
SECONDS = (0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30)  # upper bounds of the buckets
OUTCOMES = ("answered", "refused", "invalid", "failed")


class Meters:
    """The figures of one process.

    A question's outcome is "answered", "refused" (the archive does not hold the answer), "invalid"
    (the caller's error) or "failed" (ours).
    """

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        ProcessCollector(registry=self.registry)
        self.questions = Counter(
            "archive_qa_questions", "Questions, by outcome.", ["outcome"], registry=self.registry
        )
        for outcome in OUTCOMES:  # shown from the start, so that rates are right
            self.questions.labels(outcome)
        self.in_progress = Gauge(
            "archive_qa_questions_in_progress",
            "Questions that are being answered now.",
            registry=self.registry,
        )
        self.seconds = Histogram(
            "archive_qa_stage_seconds",
            "Seconds that each stage of a question took.",
            ["stage"],
            buckets=SECONDS,
            registry=self.registry,
        )
        self.turned_away = Counter(
            "archive_qa_http_refused",
            "Requests that were not served, by HTTP status.",
            ["status"],
            registry=self.registry,
        )
        self.generation = Gauge(
            "archive_qa_index_generation",
            "The build that questions are answered from; it counts up.",
            registry=self.registry,
        )

    def count_refusal(self, refusal: Refusal) -> None:
        """Count a request that the guard did not serve."""
        self.turned_away.labels(str(refusal.status)).inc()

    def watch(self, stages: Iterator[Stage]) -> Iterator[Stage]:
        """Yield the stages of a question; measure each, and count the question by its outcome."""
        with self.in_progress.track_inprogress():
            yield from self._measured(stages)

    @property
    def busy(self) -> bool:
        """Whether a question is being answered."""
        (metric,) = self.in_progress.collect()
        return metric.samples[0].value > 0

    def _measured(self, stages: Iterator[Stage]) -> Iterator[Stage]:
        while True:
            started = time.perf_counter()
            try:
                stage = next(stages, None)
            except Exception as error:
                invalid = isinstance(error, ArchiveError) and not isinstance(error, StorageError)
                self.questions.labels("invalid" if invalid else "failed").inc()
                raise
            if stage is None:
                return
            name = "search" if stage.answer is None else "read"
            self.seconds.labels(name).observe(time.perf_counter() - started)
            if stage.answer is not None:
                self.questions.labels("answered" if stage.answer.answered else "refused").inc()
            yield stage


class MeteredArchive(Archive):
    """An archive that counts and measures its questions."""

    def __init__(self, *args: Any) -> None:
        super().__init__(*args)
        self.meters = Meters()
        self.meters.generation.set_function(self._generation)

    def stages(
        self,
        question: str,
        history: Sequence[Answer] = (),
        search_filter: SearchFilter = NO_FILTER,
    ) -> Iterator[Stage]:
        """Yield the stages of answering."""
        return self.meters.watch(super().stages(question, history, search_filter))

    def earlier(self) -> Self:
        """Open the earlier texts of articles; questions to them count as well."""
        try:
            opened = super().earlier()
        except StorageError:
            raise
        except ArchiveError:  # says where the index is, which concerns its operator
            raise ArchiveError(
                "the archive keeps no earlier texts to search, or they are not up to date: it must "
                "be open alone, and built with  --versions keep"
            ) from None
        opened.meters = self.meters
        return opened

    def search(self, question: str, k: int = 10, **only: Any) -> list[Hit]:
        """Return up to `k` passages for a question, best first."""
        with (
            self.meters.in_progress.track_inprogress(),
            self.meters.seconds.labels("search").time(),
        ):
            return super().search(question, k, **only)

    def explain(self, question: str, k: int = 10, **only: Any) -> SearchResult:
        """Return the hits of `search` with what became of the terms."""
        with (
            self.meters.in_progress.track_inprogress(),
            self.meters.seconds.labels("search").time(),
        ):
            return super().explain(question, k, **only)

    def check_draft(self, text: str, **options: Any) -> DraftReport:
        """Return what the archive says of each claim of a draft."""
        with self.meters.in_progress.track_inprogress():
            return super().check_draft(text, **options)

    def names_to_search(self) -> NameTable:
        """Return the names that are known by now: nobody waits while those of others are read."""
        return self.names.table_so_far()

    def check(self) -> None:
        """Raise StorageError or ArchiveError if the index cannot be read now."""
        with self._store.snapshot() as snapshot:
            snapshot.settings.require_encoder(self._encoder, self.where)

    def _generation(self) -> float:
        try:
            return self._store.settings.generation
        except ArchiveError:  # /healthz says so
            return nan


def app_options(rules: Rules, archive: MeteredArchive | None) -> dict[str, Any]:
    """Return the arguments by which a Starlette application has the guard and the two pages."""
    if archive is None:
        return {"middleware": [Middleware(Guard, rules=rules)], "routes": [*rules.routes]}
    guard = Middleware(Guard, rules=rules, on_refusal=archive.meters.count_refusal)
    return {"middleware": [guard], "routes": [*_routes(archive), *rules.routes]}


def _routes(archive: MeteredArchive) -> list[Route]:
    def healthz(request: Request) -> Response:
        try:
            archive.check()
        except ArchiveError:
            return PlainTextResponse("the index cannot be read: see  archive-qa check\n", 503)
        missing = "".join(f"not asked: {each.archive}\n" for each in archive.not_asked())
        return PlainTextResponse(f"ok\n{missing}")

    def metrics(request: Request) -> Response:
        text = generate_latest(archive.meters.registry)
        return Response(text, headers={"content-type": CONTENT_TYPE_LATEST})

    return [Route("/healthz", healthz), Route("/metrics", metrics)]

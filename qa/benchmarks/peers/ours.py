"""This project as one of the compared systems."""

from collections.abc import Sequence
from pathlib import Path

from index import build
from index.encoder.sentence import SentenceEncoder
from qa.archive import Archive
from qa.evaluation.measure import reader_inputs
from qa.reader.reader import Reader

from .plan import Plan
from .system import Prediction


class Ours:
    """An `Archive` over the plan's contexts."""

    def __init__(self, plan: Plan, folder: Path) -> None:
        self._plan, self._folder = plan, folder
        self._encoder, self._reader = SentenceEncoder(), Reader.load()
        self._encoder.passages(["warm-up"])
        self._positions = {(piece.article, piece.start): n for n, piece in enumerate(plan.pieces)}

    def build(self) -> None:
        """Build the index; unlike the others it also reads the seeds and splits them."""
        build(self._plan.seeds, self._folder, encoder=self._encoder)
        self._archive = Archive.open(self._folder, reader=self._reader, encoder=self._encoder)

    def save(self) -> None:
        """Do nothing: the index is on disk already."""

    def search(self, question: str, k: int) -> list[int]:
        """Return the positions of up to `k` passages, best first."""
        hits = self._archive.search(question, k)
        return [self._positions[hit.passage.article_id, hit.passage.start] for hit in hits]

    def answer(self, question: str) -> Prediction:
        """Answer; if the archive refuses, the prediction is its reader's best span."""
        *_, last = self._archive.stages(question)
        hits, answer = last.hits, last.answer
        assert answer is not None
        if answer.answered:
            return Prediction(answer.text or "", False)
        return self._predict(question, *reader_inputs(hits))

    def read(self, question: str, positions: Sequence[int]) -> Prediction:
        """Read the passages at these positions."""
        return self._predict(question, [self._plan.pieces[n].text for n in positions])

    def _predict(
        self, question: str, texts: Sequence[str], scores: Sequence[float] = ()
    ) -> Prediction:
        spans = self._reader.read(question, texts, scores)
        if not spans:
            return Prediction("", True)
        best = spans[0]
        text = texts[best.passage][best.start : best.end]
        return Prediction(text, best.confidence < (best.threshold or self._reader.threshold))

"""This project as one of the systems that are compared."""

from collections.abc import Sequence
from pathlib import Path

from index import build
from index.encoder.sentence import SentenceEncoder
from qa.archive import Archive
from qa.evaluation.measure import reader_inputs
from qa.reader.reader import Reader

from .plan import Plan
from .system import Said


class Ours:
    def __init__(self, plan: Plan, folder: Path) -> None:
        self._plan, self._folder = plan, folder
        self._encoder, self._reader = SentenceEncoder(), Reader.load()
        self._encoder.passages(["warm"])
        self._numbers = {(piece.article, piece.start): n for n, piece in enumerate(plan.pieces)}

    def build(self) -> None:
        """Reads, cuts and stores as well, which the others are not asked to do."""
        build(self._plan.seeds, self._folder, encoder=self._encoder)
        self._archive = Archive.open(self._folder, reader=self._reader, encoder=self._encoder)

    def save(self) -> None:
        """It is on disk already."""

    def search(self, question: str, k: int) -> list[int]:
        hits = self._archive.search(question, k)
        return [self._numbers[hit.passage.article_id, hit.passage.start] for hit in hits]

    def answer(self, question: str) -> Said:
        hits, answer = self._archive.stages(question)
        assert isinstance(hits, list)
        assert not isinstance(answer, list)
        if answer.answered:
            return Said(answer.text or "", False)
        return self._said(question, *reader_inputs(hits))

    def read(self, question: str, numbers: Sequence[int]) -> Said:
        return self._said(question, [self._plan.pieces[n].text for n in numbers])

    def _said(self, question: str, texts: Sequence[str], scores: Sequence[float] = ()) -> Said:
        spans = self._reader.read(question, texts, scores)
        if not spans:
            return Said("", True)
        best = spans[0]
        text = texts[best.passage][best.start : best.end]
        return Said(text, best.confidence < self._reader.threshold)

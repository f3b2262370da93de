"""txtai as its documentation puts it together: hybrid search, and extractive question answering.

Its RAG pipeline would join the passages to one text of which the model reads the first 512 tokens,
of ten passages about three; a model that was trained on single passages then refuses nearly
everything. Here its `Questions` reads them one by one, best first, and the first answer counts, as
it gives no score to choose by. It raises a TypeError whenever the model points at the null answer;
that counts as none.

https://neuml.github.io/txtai/pipeline/llm/rag
"""

from collections.abc import Sequence
from pathlib import Path

from index.errors import requires_extra

from .plan import READER_TOP_K, Plan
from .system import Said

with requires_extra("benchmarks"):
    from txtai import Embeddings
    from txtai.pipeline import Questions


class Txtai:
    def __init__(self, plan: Plan, folder: Path) -> None:
        self._plan, self._folder = plan, folder
        self._embeddings = Embeddings(
            path=str(plan.encoder),
            instructions={"query": "query: ", "data": "passage: "},
            hybrid=True,
            content=True,
            gpu=False,
        )
        self._questions = Questions(str(plan.reader), gpu=False)

    def build(self) -> None:
        self._embeddings.index((n, piece.text, None) for n, piece in enumerate(self._plan.pieces))

    def save(self) -> None:
        self._embeddings.save(str(self._folder))

    def search(self, question: str, k: int) -> list[int]:
        return [int(found["id"]) for found in self._embeddings.search(question, k)]

    def answer(self, question: str) -> Said:
        return self.read(question, self.search(question, READER_TOP_K))

    def read(self, question: str, numbers: Sequence[int]) -> Said:
        for number in numbers:
            try:
                (text,) = self._questions([question], [self._plan.pieces[number].text])
            except TypeError:  # the null answer
                continue
            if text:
                return Said(text, False)
        return Said("", True)

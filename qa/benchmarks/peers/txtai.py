"""txtai set up as in its documentation: hybrid search, and extractive question answering.

Its RAG pipeline would join the passages into one text, of which the model reads the first 512
tokens: about three passages of ten. A model trained on single passages then refuses nearly
everything. Here its `Questions` reads them one by one, best first, and the first answer counts, as
it returns no score to choose by. It raises a TypeError whenever the model chooses the null answer;
that counts as no answer.

https://neuml.github.io/txtai/pipeline/llm/rag
"""

from collections.abc import Sequence
from pathlib import Path

from index.errors import requires_extra

from .plan import READER_TOP_K, Plan
from .system import Prediction

with requires_extra("benchmarks"):
    from txtai import Embeddings
    from txtai.pipeline import Questions


class Txtai:
    """Hybrid embeddings, and `Questions` over one passage at a time."""

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
        """Embed and store all passages of the plan."""
        self._embeddings.index((n, piece.text, None) for n, piece in enumerate(self._plan.pieces))

    def save(self) -> None:
        """Write the store to the folder."""
        self._embeddings.save(str(self._folder))

    def search(self, question: str, k: int) -> list[int]:
        """Return the positions of up to `k` passages, best first."""
        return [int(result["id"]) for result in self._embeddings.search(question, k)]

    def answer(self, question: str) -> Prediction:
        """Search, then read the best passages."""
        return self.read(question, self.search(question, READER_TOP_K))

    def read(self, question: str, positions: Sequence[int]) -> Prediction:
        """Read the passages at these positions, best first, until one answers."""
        for position in positions:
            try:
                (text,) = self._questions([question], [self._plan.pieces[position].text])
            except TypeError:  # the null answer
                continue
            if text:
                return Prediction(text, False)
        return Prediction("", True)

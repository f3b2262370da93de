"""haystack-ai set up as in its documentation: hybrid retrieval and an extractive reader.

https://haystack.deepset.ai/tutorials/33_hybrid_retrieval
"""

from collections.abc import Sequence
from pathlib import Path

from index.errors import requires_extra

from .plan import READER_TOP_K, Plan
from .system import Prediction

with requires_extra("benchmarks"):
    from haystack import Document, Pipeline
    from haystack.components.joiners import DocumentJoiner
    from haystack.components.retrievers.in_memory import (
        InMemoryBM25Retriever,
        InMemoryEmbeddingRetriever,
    )
    from haystack.document_stores.in_memory import InMemoryDocumentStore
    from haystack_integrations.components.embedders.sentence_transformers import (
        SentenceTransformersDocumentEmbedder,
        SentenceTransformersTextEmbedder,
    )
    from haystack_integrations.components.readers.transformers import TransformersExtractiveReader


class Haystack:
    """Hybrid retrieval in memory, fused by reciprocal rank, and the extractive reader."""

    def __init__(self, plan: Plan, folder: Path) -> None:
        self._plan, self._folder = plan, folder
        self._store = InMemoryDocumentStore(embedding_similarity_function="cosine")
        model = str(plan.encoder)
        self._embedder = SentenceTransformersDocumentEmbedder(
            model=model, prefix="passage: ", progress_bar=False
        )
        self._embedder.warm_up()
        self._pipeline = Pipeline()
        components = {
            "embedder": SentenceTransformersTextEmbedder(
                model=model, prefix="query: ", progress_bar=False
            ),
            "dense": InMemoryEmbeddingRetriever(self._store),
            "keywords": InMemoryBM25Retriever(self._store),
            "joiner": DocumentJoiner(join_mode="reciprocal_rank_fusion"),
        }
        for name, component in components.items():
            self._pipeline.add_component(name, component)
        self._pipeline.connect("embedder.embedding", "dense.query_embedding")
        self._pipeline.connect("dense", "joiner")
        self._pipeline.connect("keywords", "joiner")
        self._reader = TransformersExtractiveReader(model=str(plan.reader))
        self._reader.warm_up()

    def build(self) -> None:
        """Embed and store all passages of the plan."""
        documents = [
            Document(id=str(number), content=piece.text)
            for number, piece in enumerate(self._plan.pieces)
        ]
        self._store.write_documents(self._embedder.run(documents)["documents"])

    def save(self) -> None:
        """Write the store to the folder."""
        self._folder.mkdir()
        self._store.save_to_disk(str(self._folder / "store.json"))

    def search(self, question: str, k: int) -> list[int]:
        """Return the positions of up to `k` passages, best first."""
        return [int(document.id) for document in self._retrieve(question, k)]

    def answer(self, question: str) -> Prediction:
        """Search, then read the best passages."""
        return self._predict(question, self._retrieve(question, READER_TOP_K))

    def read(self, question: str, positions: Sequence[int]) -> Prediction:
        """Read the passages at these positions."""
        return self._predict(
            question, [Document(content=self._plan.pieces[n].text) for n in positions]
        )

    def _retrieve(self, question: str, k: int) -> "list[Document]":
        inputs = {
            "embedder": {"text": question},
            "dense": {"top_k": k},
            "keywords": {"query": question, "top_k": k},
            "joiner": {"top_k": k},
        }
        documents: list[Document] = self._pipeline.run(inputs)["joiner"]["documents"]
        return documents

    def _predict(self, question: str, documents: "list[Document]") -> Prediction:
        answers = self._reader.run(query=question, documents=documents)["answers"]
        texts = [answer.data for answer in answers]
        return Prediction(next(filter(None, texts), ""), not texts or texts[0] is None)

"""haystack-ai as its documentation puts it together: hybrid retrieval and an extractive reader.

https://haystack.deepset.ai/tutorials/33_hybrid_retrieval
"""

from collections.abc import Sequence
from pathlib import Path

from index.errors import requires_extra

from .plan import READER_TOP_K, Plan
from .system import Said

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
    def __init__(self, plan: Plan, folder: Path) -> None:
        self._plan, self._folder = plan, folder
        self._store = InMemoryDocumentStore(embedding_similarity_function="cosine")
        model = str(plan.encoder)
        self._embedder = SentenceTransformersDocumentEmbedder(
            model=model, prefix="passage: ", progress_bar=False
        )
        self._embedder.warm_up()
        self._pipeline = Pipeline()
        parts = {
            "embedder": SentenceTransformersTextEmbedder(
                model=model, prefix="query: ", progress_bar=False
            ),
            "dense": InMemoryEmbeddingRetriever(self._store),
            "keywords": InMemoryBM25Retriever(self._store),
            "joiner": DocumentJoiner(join_mode="reciprocal_rank_fusion"),
        }
        for name, part in parts.items():
            self._pipeline.add_component(name, part)
        self._pipeline.connect("embedder.embedding", "dense.query_embedding")
        self._pipeline.connect("dense", "joiner")
        self._pipeline.connect("keywords", "joiner")
        self._reader = TransformersExtractiveReader(model=str(plan.reader))
        self._reader.warm_up()

    def build(self) -> None:
        documents = [
            Document(id=str(number), content=piece.text)
            for number, piece in enumerate(self._plan.pieces)
        ]
        self._store.write_documents(self._embedder.run(documents)["documents"])

    def save(self) -> None:
        self._folder.mkdir()
        self._store.save_to_disk(str(self._folder / "store.json"))

    def search(self, question: str, k: int) -> list[int]:
        return [int(document.id) for document in self._found(question, k)]

    def answer(self, question: str) -> Said:
        return self._said(question, self._found(question, READER_TOP_K))

    def read(self, question: str, numbers: Sequence[int]) -> Said:
        return self._said(question, [Document(content=self._plan.pieces[n].text) for n in numbers])

    def _found(self, question: str, k: int) -> "list[Document]":
        given = {
            "embedder": {"text": question},
            "dense": {"top_k": k},
            "keywords": {"query": question, "top_k": k},
            "joiner": {"top_k": k},
        }
        found: list[Document] = self._pipeline.run(given)["joiner"]["documents"]
        return found

    def _said(self, question: str, documents: "list[Document]") -> Said:
        answers = self._reader.run(query=question, documents=documents)["answers"]
        texts = [answer.data for answer in answers]
        return Said(next(filter(None, texts), ""), not texts or texts[0] is None)

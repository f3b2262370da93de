"""Choose which of the retrieved passages the reader reads: reading is the slowest step.

Ranking is in `qa/retrieval/retriever.py`; how the reader weighs retrieval scores is in
`qa/reader/reader.py`.
"""

from collections.abc import Sequence

from qa.reader.settings import READER_TOP_K
from qa.retrieval.retriever import Hit

CITATION_POOL = 30  # passages searched for further occurrences of the answer's sentence


def select_for_reader(hits: Sequence[Hit], count: int = READER_TOP_K) -> list[Hit]:
    """Return the first `count` hits with different texts, always with the best by keywords.

    The best keyword match takes the last place if it ranks lower: a question for a rare name or
    number needs the passage that holds it, whatever its overall rank.
    """
    by_text: dict[str, Hit] = {}
    for hit in hits:
        by_text.setdefault(hit.passage.text, hit)
    distinct = list(by_text.values())
    best_by_keywords = [hit for hit in distinct[count:] if hit.keyword_rank == 1]
    return [*distinct[: count - len(best_by_keywords)], *best_by_keywords]


def texts_and_scores(selected: Sequence[Hit]) -> tuple[list[str], list[float]]:
    """Return the texts and the retrieval scores of the selected hits, as the reader takes them."""
    return [hit.passage.text for hit in selected], [hit.score for hit in selected]

"""What every system is given: the same passages, questions and models, as JSON in a folder."""

import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

from index.article import Article
from index.ingest.reading import read_articles
from index.passage import passages
from qa.evaluation.datasets import Case, contexts_of, read_cases, sample_evenly

SEEDS = "contexts.jsonl"
PASSAGE_TOKENS = 128  # tiktoken tokens, as in our own index
READER_TOP_K = 10  # passages read for an answer


@dataclass(frozen=True, slots=True)
class Piece:
    """A passage's text and where it is: its article's id and offset."""

    article: str
    start: int
    text: str


@dataclass(frozen=True, slots=True)
class Plan:
    """`seeds` is a folder with the contexts; `pieces` are their passages in order."""

    seeds: Path
    pieces: list[Piece]
    cases: list[Case]
    encoder: Path
    reader: Path


def write_plan(file: Path, folder: Path, limit: int, encoder: Path, reader: Path) -> None:
    """Write the plan for a question set to a new folder, with at most `limit` questions."""
    seeds = folder / "seeds"
    seeds.mkdir(parents=True)
    lines = ({"id": name, "text": text} for name, text in contexts_of(file))
    (seeds / SEEDS).write_text("\n".join(json.dumps(line) for line in lines), "utf-8")
    plan = {
        "pieces": [asdict(piece) for piece in _pieces(seeds)],
        "cases": [asdict(case) for case in sample_evenly(read_cases(file), limit)],
        "encoder": str(encoder),
        "reader": str(reader),
    }
    (folder / "plan.json").write_text(json.dumps(plan), "utf-8")


def _pieces(seeds: Path) -> Iterator[Piece]:
    for article in read_articles(seeds / SEEDS, SEEDS):
        assert isinstance(article, Article), article
        for passage in passages(article, PASSAGE_TOKENS):
            yield Piece(passage.article_id, passage.start, passage.text)


def read_plan(folder: Path) -> Plan:
    """Read what `write_plan` wrote."""
    plan = json.loads((folder / "plan.json").read_text("utf-8"))
    cases = [Case(**{**case, "answers": tuple(case["answers"])}) for case in plan["cases"]]
    return Plan(
        folder / "seeds",
        [Piece(**piece) for piece in plan["pieces"]],
        cases,
        Path(plan["encoder"]),
        Path(plan["reader"]),
    )

"""Questions with a test for the passages that answer them, and the archives to ask."""

import json
import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from index.passage import Passage
from index.text import scripts
from qa.evaluation.datasets import read_records, sample_evenly
from qa.training.variants.code_switching import CodeSwitcher

SEED = 12  # of the words that are put into the other language


@dataclass(frozen=True, slots=True)
class JudgedQuestion:
    """A question, the group that its figures belong to, and which passages are relevant."""

    question: str
    group: str
    is_relevant: Callable[[Passage], bool]


def load_questions(file: Path, limit: int | None = None) -> list[JudgedQuestion]:
    """Read the answerable questions of a set; at most `limit`, spaced evenly.

    A passage is relevant if an answer begins in it.
    """
    name = set_name(file)
    questions = [
        JudgedQuestion(question["question"], name, _holds_start(f"{name}-{number}", starts))
        for number, record in enumerate(read_records(file))
        for question in record["questions"]
        if question["question"].strip() and (starts := [a["start"] for a in question["answers"]])
    ]
    return sample_evenly(questions, limit)


def _holds_start(article: str, starts: Sequence[int]) -> Callable[[Passage], bool]:
    return lambda p: p.article_id == article and any(p.start <= s < p.end for s in starts)


def switched(questions: Sequence[JudgedQuestion], switcher: CodeSwitcher) -> list[JudgedQuestion]:
    """Put English and Chinese questions into the other language's words, where enough are known.

    Their group says from which language of the question to which of the passage: "zh>en".
    """
    rng = random.Random(SEED)  # noqa: S311
    found = []
    for judged in questions:
        way = "en>zh" if scripts.of_text(judged.question) == "Han" else "zh>en"
        if text := switcher.switch(judged.question, rng):
            found.append(replace(judged, question=text, group=f"{judged.group}, {way}"))
    return found


def load_own_questions(file: Path) -> list[JudgedQuestion]:
    """Read lines with "kind", "question" and the "evidence" that a relevant passage contains."""
    lines = map(json.loads, file.read_text("utf-8").splitlines())
    return [
        JudgedQuestion(line["question"], f"own, {line['kind']}", _contains(line["evidence"]))
        for line in lines
        if "evidence" in line
    ]


def _contains(evidence: str) -> Callable[[Passage], bool]:
    return lambda p: evidence in p.text


def set_name(file: Path) -> str:
    """Return the name of a question set's file without its extensions."""
    return file.name.removesuffix(".jsonl.xz")


def write_seeds(file: Path, seeds: Path) -> None:
    """Write the contexts of a set as articles to one file in the folder `seeds`."""
    seeds.mkdir(parents=True, exist_ok=True)
    with (seeds / f"{set_name(file)}.jsonl").open("w", encoding="utf-8") as lines:
        for number, record in enumerate(read_records(file)):
            article = {"id": f"{set_name(file)}-{number}", "text": record["context"]}
            if title := record.get("title"):
                article["title"] = title.replace("_", " ")
            lines.write(json.dumps(article, ensure_ascii=False) + "\n")

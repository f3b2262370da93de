"""Small question sets, and a reader that knows their answers."""

import json
import lzma
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any

from qa.reader.settings import Settings
from qa.reader.spans import Reading, Span, ranked

Record = dict[str, Any]


def record(context: str, question: str, answer: str | None, title: str | None = None) -> Record:
    """Make a context with one question; `answer` None makes it unanswerable."""
    answers = [] if answer is None else [{"text": answer, "start": context.index(answer)}]
    entry = {"id": question, "question": question, "answers": answers}
    return {"title": title, "context": context, "questions": [entry]}


def write_records(path: Path, records: Iterable[Record]) -> Path:
    """Write one record a line, compressed if the name ends in .xz."""
    path.parent.mkdir(parents=True, exist_ok=True)
    content = "\n".join(json.dumps(r, ensure_ascii=False) for r in records).encode()
    path.write_bytes(lzma.compress(content) if path.suffix == ".xz" else content)
    return path


COLOURS = [
    record(f"The {thing} in the house is {colour}.", f"{thing} colour", colour, thing)
    for thing, colour in (("door", "red"), ("roof", "green"), ("wall", "white"))
]


class ColourReader:
    """Marks the word after "is"; confident if the passage has the question's first word."""

    def __init__(self, threshold: float = 0.5) -> None:
        self.threshold, self.settings = threshold, Settings()
        self.highest_threshold = threshold

    def read(self, question: str, passages: Sequence[str], scores: object = ()) -> list[Span]:
        return self.reading(question, passages, scores).spans

    def reading(
        self,
        question: str,
        passages: Sequence[str],
        scores: object = (),
        weigh: Callable[[list[Span]], list[Span]] = list,
    ) -> Reading:
        spans = []
        for number, text in enumerate(passages):
            if " is " not in text:
                continue
            start = text.index(" is ") + 4
            end = text.index(".", start)
            confidence = 0.9 if question.split()[0] in text else 0.2
            spans.append(Span(number, start, end, confidence, confidence))
        return Reading(ranked(weigh(spans), self.threshold), [], len(passages))

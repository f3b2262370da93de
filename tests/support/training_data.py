"""A training set of four contexts, as files and as loaded contexts and questions."""

from pathlib import Path

from qa.training.data.contexts import Context, Question, load

from .question_sets import Record, write_records
from .tiny_models import tiny_tokenizer

TEXT = "Anna Smith signed the treaty in Berlin. It was in 1999. The cup was won by Boris. " * 8
RECORDS: list[Record] = [
    {
        "title": f"part {n // 2}",
        "context": TEXT + f"The end of number {n}.",
        "questions": [
            {"id": "1", "question": "Who signed?", "answers": [{"text": "Anna Smith", "start": 0}]},
            {"id": "2", "question": "Which number?", "answers": [
                {"text": f"number {n}", "start": len(TEXT) + 11},
                {"text": "not there", "start": 3},
            ]},
        ],
    }
    for n in range(4)
]  # fmt: skip


def write_training_data(folder: Path) -> Path:
    """Write train/ and dev/ with the same file; return the folder."""
    for part in ("train", "dev"):
        write_records(folder / part / "en-tiny.jsonl.xz", RECORDS)
    return folder


def load_training_data(folder: Path) -> tuple[list[Context], list[Question]]:
    """Load the eight questions of `RECORDS`."""
    path = write_records(folder / "en-tiny.jsonl.xz", RECORDS)
    return load([path], tiny_tokenizer())

"""Write what is never trained on: `python -m qa.training held-out --data DIR --out DIR`.

For every file of DIR/train it writes SOURCE.jsonl, questions over its held-out articles with their
answers, and near-SOURCE.jsonl, questions that these articles all but answer: near misses made by
rules, and those that people wrote, whose ids begin with "rule" and "person". `archive-qa evaluate`
reads both. Rules cannot tell whether another article answers a near miss.
"""

import argparse
import json
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from index.encoder.packed_file import read_wheel_model
from qa.evaluation.datasets import sample_evenly
from qa.training.corpus.contexts import (
    Context,
    Corpus,
    Question,
    data_files,
    load,
    part,
    with_simplified,
)
from qa.training.variants.word_vectors import WordVectors

from .assembly import WORD_EMBEDDINGS
from .question_variants import SourceNearMisses

LIMIT = 300  # questions a file
NEAR = "near-"

Asked = tuple[str, Question]  # how the question was made


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command."""
    options = _parser().parse_args(arguments)
    options.out.mkdir(parents=True, exist_ok=True)
    model = read_wheel_model()
    alike = WordVectors(model.tokenizer, model.tensors[WORD_EMBEDDINGS]).similarities
    for path in data_files(options.data / "train"):
        corpus = with_simplified(*load([path]))
        held = part(corpus, held_out=True)
        for name, asked in questions_by_file(held, SourceNearMisses(corpus, alike)).items():
            kept = sample_evenly(asked, options.limit)
            _write(options.out / f"{name}.jsonl", held[0], kept)
            print(f"{name}: {len(kept)} questions")


def questions_by_file(held: Corpus, near_misses: SourceNearMisses) -> dict[str, list[Asked]]:
    """Return the questions of each file to write, by its name without extension."""
    contexts, questions = held
    files: dict[str, list[Asked]] = defaultdict(list)
    for question in questions:
        context = contexts[question.context]
        if question.answers:
            files[context.source].append(("asked", question))
            for text in near_misses.of(question, context)[:1]:
                files[NEAR + context.source].append(
                    ("rule", replace(question, text=text, answers=()))
                )
        else:
            files[NEAR + context.source].append(("person", question))
    return files


def _write(path: Path, contexts: Sequence[Context], asked: Sequence[Asked]) -> None:
    """Write the questions with all contexts of their sources, asked of or not."""
    by_context: dict[int, list[Asked]] = defaultdict(list)
    for item in asked:
        by_context[item[1].context].append(item)
    sources = {contexts[number].source for number in by_context}
    with path.open("w", encoding="utf-8") as file:
        for number, context in enumerate(contexts):
            if context.source in sources:
                record = _record(context, by_context.get(number, []))
                file.write(json.dumps(record, ensure_ascii=False) + "\n")


def _record(context: Context, asked: Sequence[Asked]) -> Mapping[str, object]:
    questions = [
        {"id": f"{kind}-{n}", "question": question.text, "answers": _answers(context, question)}
        for n, (kind, question) in enumerate(asked)
    ]
    return {"title": context.title, "context": context.text, "questions": questions}


def _answers(context: Context, question: Question) -> list[Mapping[str, object]]:
    return [{"text": context.text[start:end], "start": start} for start, end in question.answers]


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m qa.training held-out", description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="folder with train/")
    parser.add_argument("--out", type=Path, required=True, help="folder for the files")
    parser.add_argument(
        "--limit", type=int, default=LIMIT, help=f"questions a file, evenly spaced ({LIMIT})"
    )
    return parser

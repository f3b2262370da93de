"""The selector, over a model whose scores each test sets."""

import json
import re
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

from index.errors import ArchiveError
from qa.reader.calibration import Calibration, features
from qa.reader.reader import (
    CANDIDATES,
    FIRST,
    LONGEST_CHARACTERS,
    LONGEST_WORDS,
    RETRIEVAL_PENALTY,
    Reader,
)
from qa.reader.span_model import Window
from qa.reader.span_rules import Extent, extent, grown, key, trimmed

PLAIN = Calibration({"en": (0.0, 5.0, 0.0, 1.0)}, 0.5)


class ScriptedModel:
    """Tokens are words, or single Chinese characters; a word's scores are (start, end)."""

    def __init__(self, scores: dict[str, tuple[float, float]]) -> None:
        self.scores = scores

    def read(self, question: str, passages: Sequence[str]) -> list[Window]:
        windows = []
        for number, text in enumerate(passages):
            tokens = list(re.finditer(r"[\u4e00-\u9fff]|\w+|[^\w\s]", text))
            if tokens:
                found = np.array([self.scores.get(t.group(), (-9, -9)) for t in tokens], np.float32)
                offsets = np.array([t.span() for t in tokens])
                windows.append(Window(number, offsets, found[:, 0], found[:, 1]))
        return windows


def answers(
    scores: dict[str, tuple[float, float]], *passages: str, question: str = "Who?"
) -> list[str]:
    reader = Reader(ScriptedModel(scores), PLAIN)  # type: ignore[arg-type]
    return [passages[s.passage][s.start : s.end] for s in reader.read(question, passages)]


def test_start_and_end_are_the_best_pair_in_order() -> None:
    # the best end alone stands before the best start
    scores = {"Anna": (1.0, 9.0), "Berlin": (8.0, 0.0), "1999": (0.0, 3.0)}
    assert answers(scores, "Anna went to Berlin in 1999")[0] == "Berlin in 1999"


def test_an_answer_stays_within_its_sentence() -> None:
    text = "She met Anna Smith. Boris came later."
    found = answers({"Anna": (9, 2), "Smith": (0, 4), "Boris": (0, 9)}, text)
    assert found[0] == "Anna Smith"
    assert not any("." in a for a in found)


def test_an_answer_has_a_longest_length() -> None:
    text = "first " + "and " * 60 + "last"
    found = answers({"first": (9, -9), "and": (-9, 1), "last": (-9, 9)}, text)
    assert len(found[0].split()) <= LONGEST_WORDS
    text = "首" + "的" * 100 + "尾"
    found = answers({"首": (9, -9), "的": (-9, 1), "尾": (-9, 9)}, text)
    assert len(found[0]) <= LONGEST_CHARACTERS


def test_better_passages_come_first_and_scores_compare() -> None:
    passages = ["Anna won", "Boris won", "nobody there"]
    model = ScriptedModel({"Anna": (2, 2), "Boris": (4, 4)})
    spans = Reader(model, PLAIN).read("Who?", passages)  # type: ignore[arg-type]
    assert [s.passage for s in spans[:2]] == [1, 0]
    assert spans[0].score == 8
    assert [s.confidence for s in spans] == sorted((s.confidence for s in spans), reverse=True)
    assert all(0 <= s.confidence <= 1 for s in spans)


def test_a_passage_that_was_found_less_well_must_answer_better() -> None:
    passages = ["Anna won", "Boris won"]
    reader = Reader(ScriptedModel({"Anna": (2, 2), "Boris": (2.5, 2.5)}), PLAIN)  # type: ignore[arg-type]
    for scores, first in (((), 1), ((0.9, 0.9), 1), ((0.9, 0.8), 1), ((0.9, 0.7), 0)):
        assert reader.candidates("Who?", passages, scores)[0].passage == first
        assert reader.read("Who?", passages, scores)[0].passage == first
    lost = reader.candidates("Who?", passages, (0.9, 0.7))[1]
    assert lost.score == pytest.approx(5 - 0.2 * RETRIEVAL_PENALTY)


def test_the_same_answer_elsewhere_is_support() -> None:
    model = ScriptedModel({"Anna": (1, 1), "Boris": (1.05, 1.05)})
    reader = Reader(model, PLAIN)  # type: ignore[arg-type]
    passages = ["Boris won", "It was Anna.", "ANNA", "and so Anna won"]
    found = reader.candidates("Who?", passages)
    support = {c.text: c.support for c in found}
    assert support == {"Boris": 0, "Anna": 1, "ANNA": 0} or support["Anna"] == 1
    spans = reader.read("Who?", passages)
    assert passages[spans[0].passage][spans[0].start : spans[0].end] == "Anna"


def test_copies_of_one_answer_are_one_candidate_and_few_are_given() -> None:
    passages = [f"Anna won prize{n}." for n in range(20)]
    scores = {"Anna": (5.0, 5.0)} | {f"prize{n}": (1.0, 1.0) for n in range(20)}
    found = answers(scores, *passages)
    assert found.count("Anna") == 1
    assert len(set(found)) == len(found) <= CANDIDATES


@pytest.mark.parametrize(
    "question",
    ["Why did she leave?", "How did it end?", "What happened then?", "她为什么离开?", "なぜ?"],
)
def test_questions_for_a_reason_get_the_sentence(question: str) -> None:
    text = "It was late. She left because the last train was due. Nobody saw it."
    found = answers({"train": (9, 9)}, text, question=question)
    assert found[0] == "She left because the last train was due."


@pytest.mark.parametrize("question", ["How many came?", "How long was it?", "多少人?", "Who?"])
def test_other_questions_get_the_phrase(question: str) -> None:
    assert extent(question) is Extent.PHRASE


def test_a_question_for_several_things_gets_the_clause_that_lists_them() -> None:
    text = "那是冬天。此外，他会说法语、德文和荷兰文，不会英文。"
    scores = {"法": (9.0, -9.0), "语": (-9.0, 9.0)}
    assert answers(scores, text, question="他会说哪些语言？")[0] == "他会说法语、德文和荷兰文"
    assert answers(scores, text, question="他会说什么语言？")[0] == "法语"


def test_a_clause_never_leaves_its_sentence() -> None:
    text = "甲。乙丙丁。戊"
    start, end = grown(text, 3, 4, (2, 6), Extent.CLAUSE)
    assert text[start:end] == "乙丙丁"


@pytest.mark.parametrize("passages", [[], [""], ["  \n "]])
def test_nothing_to_read_gives_nothing(passages: list[str]) -> None:
    assert Reader(ScriptedModel({}), PLAIN).read("Who?", passages) == []  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("text", "marked", "expected"),
    [
        ("He said “we won the cup” twice", "“we won", "we won"),
        ("the “Golden Gate” bridge", "“Golden Gate", "“Golden Gate”"),
        ("in 1999, they left", "1999,", "1999"),
        ("it cost $1,200.50 then", "1,200", "1,200.50"),
        ("the U.S. President", "U.S.", "U.S."),
        ("unbelievable", "believ", "unbelievable"),
        ("called Big Ben (the bell).", "Big Ben (the bell", "Big Ben (the bell)"),
        ("called Big Ben (the bell).", "Big Ben (", "Big Ben"),
        ("作者是《红楼梦》的曹雪芹。", "曹雪芹。", "曹雪芹"),
        ("他写了《红楼梦》。", "《红楼梦", "《红楼梦》"),
        ("于1945年成立", "1945年", "1945年"),
        ("Trump’s plan", "Trump", "Trump"),
    ],
)
def test_answers_are_trimmed_as_people_mark_them(text: str, marked: str, expected: str) -> None:
    at = text.index(marked)
    start, end = trimmed(text, at, at + len(marked), (0, len(text)))
    assert text[start:end] == expected


def test_trimming_never_leaves_its_bounds() -> None:
    text = "one (two) “three” 四《五》六."
    for start in range(len(text)):
        for end in range(start + 1, len(text) + 1):
            left, right = trimmed(text, start, end, (start, end))
            assert start <= left <= right <= end


def test_answers_that_say_the_same_have_the_same_key() -> None:
    assert key("The U.S. President") == key("U.S. president")
    assert key("１９９９年") == key("1999年")
    assert key("Anna") != key("Annan")


def test_confidence_grows_with_score_lead_and_support() -> None:
    calibration = Calibration({"en": (-1.0, 3.0, 1.0, 0.5), "zh": (0.0, 1.0, 0.0, 0.0)}, 0.4)
    low = calibration.confidence("en", features(1.0, 0.0, 0))
    assert calibration.confidence("en", features(5.0, 0.0, 0)) > low
    assert calibration.confidence("en", features(1.0, 4.0, 0)) > low
    assert calibration.confidence("en", features(1.0, 0.0, 2)) > low
    assert calibration.confidence("de", features(1.0, 0.0, 0)) == low  # as English
    assert calibration.confidence("zh", features(1.0, 0.0, 0)) != low


def test_a_damaged_calibration_is_named(tmp_path: Path) -> None:
    path = tmp_path / "calibration.json"
    for content in ("", json.dumps({"threshold": 0.5, "weights": {"zh": {}}})):
        path.write_text(content)
        with pytest.raises(ArchiveError, match=r"calibration\.json"):
            Calibration.load(path)


def test_an_answer_is_judged_by_the_language_of_its_passage() -> None:
    few = Calibration({"en": (0.0,) * 4, "zh": (1.0,) * 4}, 0.5)
    german = "Der Wärter zählte neun Schiffe vor dem Mittag und schrieb sie in sein Buch."
    assert few.language_of("灯塔看守人在中午之前数了九艘船。") == "zh"
    assert few.language_of(german) == "en"  # as all that have no weights of their own
    more = Calibration({**few.weights, "de": (2.0,) * 4}, 0.5)
    assert more.language_of(german) == "de"
    assert more.language_of("灯台守は九隻の船を数えた。") == "ja"


def test_the_rest_is_read_only_if_the_first_few_leave_it_in_doubt() -> None:
    class Counting(ScriptedModel):
        seen = 0

        def read(self, question: str, passages: Sequence[str]) -> list[Window]:
            self.seen += len(passages)
            return super().read(question, passages)

    passages = ["Anna won", *["nobody there"] * FIRST, "Boris lost"]
    for score, seen, best in ((9, FIRST, 0), (1, len(passages), len(passages) - 1)):
        model = Counting({"Anna": (score, score), "Boris": (3, 3)})
        spans = Reader(model, PLAIN).read("Who?", passages)  # type: ignore[arg-type]
        assert (model.seen, spans[0].passage) == (seen, best)
        assert passages[best][spans[0].start : spans[0].end] in ("Anna", "Boris")

"""Reading passages with a model whose scores each test sets."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from qa.reader.calibration import Calibration
from qa.reader.candidates import MAX_ANSWERS, MAX_CHARACTERS, MAX_WORDS
from qa.reader.identity import FAST
from qa.reader.reader import CALIBRATION, FAST_WEIGHTS, WEIGHTS, Reader
from qa.reader.settings import Growth, Mark, Settings
from qa.reader.span_model import SpanModel, Window
from tests.support.tiny_models import Scores, ScriptedModel

PLAIN = Calibration({"other": (0.0, 5.0, 0.0, 1.0)}, 0.5)
FIRST_PASSAGES = Settings().first_passages


def answers(scores: Scores, *passages: str, question: str = "Who?") -> list[str]:
    spans = Reader(ScriptedModel(scores), PLAIN).read(question, passages)
    return [passages[s.passage][s.start : s.end] for s in spans]


def test_start_and_end_are_the_best_pair_in_order() -> None:
    # the best end taken alone precedes the best start
    scores = {"Anna": (1.0, 9.0), "Berlin": (8.0, 0.0), "1999": (0.0, 3.0)}
    assert answers(scores, "Anna went to Berlin in 1999")[0] == "Berlin in 1999"


def test_an_answer_stays_within_its_sentence() -> None:
    text = "She met Anna Smith. Boris came later."
    texts = answers({"Anna": (9, 2), "Smith": (0, 4), "Boris": (0, 9)}, text)
    assert texts[0] == "Anna Smith"
    assert not any("." in a for a in texts)


def test_answers_have_a_maximum_length() -> None:
    text = "first " + "and " * 60 + "last"
    texts = answers({"first": (9, -9), "and": (-9, 1), "last": (-9, 9)}, text)
    assert len(texts[0].split()) <= MAX_WORDS
    text = "首" + "的" * 100 + "尾"
    texts = answers({"首": (9, -9), "的": (-9, 1), "尾": (-9, 9)}, text)
    assert len(texts[0]) <= MAX_CHARACTERS


def test_scores_compare_across_passages() -> None:
    passages = ["Anna won", "Boris won", "nobody there"]
    model = ScriptedModel({"Anna": (2, 2), "Boris": (4, 4)})
    spans = Reader(model, PLAIN).read("Who?", passages)
    assert [s.passage for s in spans[:2]] == [1, 0]
    assert spans[0].score == 8
    assert [s.confidence for s in spans] == sorted((s.confidence for s in spans), reverse=True)
    assert all(0 <= s.confidence <= 1 for s in spans)


def test_a_passage_with_a_lower_retrieval_score_must_answer_better() -> None:
    passages = ["Anna won", "Boris won"]
    reader = Reader(ScriptedModel({"Anna": (2, 2), "Boris": (2.5, 2.5)}), PLAIN)
    for scores, first in (((), 1), ((0.9, 0.9), 1), ((0.9, 0.8), 1), ((0.9, 0.7), 0)):
        assert reader.candidates("Who?", passages, scores)[0].passage == first
        assert reader.read("Who?", passages, scores)[0].passage == first
    lost = reader.candidates("Who?", passages, (0.9, 0.7))[1]
    assert lost.score == pytest.approx(5 - 0.2 * Settings().retrieval_penalty)


def test_a_reading_has_the_answers_that_suffice_alone_by_sentence() -> None:
    passages = ["Anna won. Boris lost.", "ANNA won", "Carol came"]
    model = ScriptedModel({"Anna": (2, 2), "ANNA": (1, 1), "Boris": (0.5, 0.5), "Carol": (-1, -1)})
    reading = Reader(model, PLAIN).reading("Who?", passages)
    found = [passages[s.passage][s.start : s.end] for s in reading.sentences]
    assert found == ["Anna", "ANNA", "Boris"]
    assert reading.passages == 3
    assert Reader(model, PLAIN).read("Who?", passages) == reading.spans


def test_reading_on_begins_where_a_reading_ended() -> None:
    passages = ["Anna won"] * FIRST_PASSAGES + ["Boris won"] * 20
    reader = Reader(ScriptedModel({"Anna": (9, 9), "Boris": (9, 9)}), PLAIN)
    reading = reader.reading("Who?", passages)
    assert reading.passages == FIRST_PASSAGES
    more = reader.read_on("Who?", passages, (), reading.passages)
    assert [span.passage for span in more] == list(range(FIRST_PASSAGES, len(passages)))


def test_other_passages_with_the_same_answer_support_it() -> None:
    model = ScriptedModel({"Anna": (1, 1), "Boris": (1.05, 1.05)})
    reader = Reader(model, PLAIN)
    passages = ["Boris won", "It was Anna.", "ANNA", "and so Anna won"]
    support = {c.text: c.support for c in reader.candidates("Who?", passages)}
    assert support == {"Anna": 1, "Boris": 0}
    spans = reader.read("Who?", passages)
    assert passages[spans[0].passage][spans[0].start : spans[0].end] == "Anna"


def test_equal_answers_are_merged_and_their_number_is_limited() -> None:
    passages = [f"Anna won prize{n}." for n in range(20)]
    scores = {"Anna": (5.0, 5.0)} | {f"prize{n}": (1.0, 1.0) for n in range(20)}
    texts = answers(scores, *passages)
    assert texts.count("Anna") == 1
    assert len(set(texts)) == len(texts) <= MAX_ANSWERS


@pytest.mark.parametrize(
    "question",
    ["Why did she leave?", "How did it end?", "What happened then?", "她为什么离开?", "なぜ?"],
)
def test_questions_for_a_reason_are_answered_by_a_sentence(question: str) -> None:
    text = "It was late. She left because the last train was due. Nobody saw it."
    texts = answers({"train": (9, 9)}, text, question=question)
    assert texts[0] == "She left because the last train was due."


def test_a_question_for_several_things_is_answered_by_the_clause_that_lists_them() -> None:
    text = "那是冬天。此外，他会说法语、德文和荷兰文，不会英文。"
    scores = {"法": (9.0, -9.0), "语": (-9.0, 9.0)}
    assert answers(scores, text, question="他会说哪些语言？")[0] == "他会说法语、德文和荷兰文"
    assert answers(scores, text, question="他会说什么语言？")[0] == "法语"


@pytest.mark.parametrize("passages", [[], [""], ["  \n "]])
def test_passages_without_text_give_no_answers(passages: list[str]) -> None:
    assert Reader(ScriptedModel({}), PLAIN).read("Who?", passages) == []


def test_later_passages_are_read_only_if_the_first_leave_doubt() -> None:
    class Counting(ScriptedModel):
        seen = 0

        def read(self, question: str, passages: Sequence[str]) -> list[Window]:
            self.seen += len(passages)
            return super().read(question, passages)

    passages = ["Anna won", *["nobody there"] * FIRST_PASSAGES, "Boris lost"]
    for score, seen, best in ((9, FIRST_PASSAGES, 0), (1, len(passages), len(passages) - 1)):
        model = Counting({"Anna": (score, score), "Boris": (3, 3)})
        spans = Reader(model, PLAIN).read("Who?", passages)
        assert (model.seen, spans[0].passage) == (seen, best)
        assert passages[best][spans[0].start : spans[0].end] in ("Anna", "Boris")


class Recording(ScriptedModel):
    """Keeps the questions that it is asked."""

    def __init__(self, scores: Scores) -> None:
        super().__init__(scores)
        self.questions: list[str] = []

    def read(self, question: str, passages: Sequence[str]) -> list[Window]:
        self.questions.append(question)
        return super().read(question, passages)


@pytest.mark.parametrize(
    ("mark", "who", "why"),
    [
        ("none", "Who left?", "Why did she leave?"),
        ("question", "Who left?", "clause: Why did she leave?"),
        ("clause", "clause: Who left?", "clause: Why did she leave?"),
    ],
)
def test_the_mark_asks_for_a_clause_where_the_settings_want_it(
    mark: Mark, who: str, why: str
) -> None:
    model = Recording({"Anna": (9, 9)})
    reader = Reader(model, replace(PLAIN, settings=Settings(mark=mark)))
    for question in ("Who left?", "Why did she leave?"):
        reader.read(question, ["Anna left."])
    assert model.questions == [who, why]


@pytest.mark.parametrize(
    ("grow", "why", "which"),
    [
        ("all", "那是冬天。", "他会说法语、德文和荷兰文"),
        ("sentence", "那是冬天。", "法语"),
        ("none", "冬", "法语"),
    ],
)
def test_rules_extend_answers_as_the_settings_want(grow: Growth, why: str, which: str) -> None:
    reader = Reader(
        ScriptedModel({"冬": (9, 9), "法": (9, -9), "语": (-9, 9)}),
        replace(PLAIN, settings=Settings(grow=grow)),
    )
    listed = "此外，他会说法语、德文和荷兰文，不会英文。"
    assert reader.candidates("为什么？", ["那是冬天。"])[0].text == why
    assert reader.candidates("他会说哪些语言？", [listed])[0].text == which


def test_no_more_than_top_k_passages_are_read() -> None:
    reader = Reader(ScriptedModel({"Anna": (9, 9)}), replace(PLAIN, settings=Settings(top_k=3)))
    passages = ["nobody"] * 3 + ["Anna"]
    assert all(span.passage < 3 for span in reader.read("Who?", passages))
    assert all(c.passage < 3 for c in reader.candidates("Who?", passages))


def test_a_span_has_the_threshold_of_its_languages_if_there_is_one() -> None:
    model = ScriptedModel({"Anna": (9, 9)})
    for thresholds, expected in (({}, None), ({"other": 0.2}, 0.2), ({"zh": 0.2}, None)):
        reader = Reader(model, replace(PLAIN, thresholds=thresholds))
        assert reader.read("Who?", ["Anna won"])[0].threshold == expected


def test_a_model_from_elsewhere_gets_no_mark_that_it_does_not_know(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    calibration = Calibration(
        {"other": (0.0, 1.0, 0.0, 0.0)}, 0.3, settings=Settings(mark="question", grow="none")
    )
    monkeypatch.setattr(SpanModel, "from_hugging_face", lambda name: None)
    monkeypatch.setattr(SpanModel, "load", lambda weights, encoder: None)
    assert Reader.load("some/model", calibration=calibration).settings == Settings()
    assert Reader.load(calibration=calibration).settings == calibration.settings


def test_the_name_fast_is_reserved_for_the_smaller_bundled_reader(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    loaded: list[object] = []
    monkeypatch.setattr(SpanModel, "from_hugging_face", loaded.append)
    monkeypatch.setattr(SpanModel, "load", lambda weights, encoder: loaded.append(weights))
    (tmp_path / FAST).mkdir()
    monkeypatch.chdir(tmp_path)
    default, fast = Reader.load(), Reader.load(FAST)
    Reader.load(f"./{FAST}")
    assert loaded == [WEIGHTS, FAST_WEIGHTS, f"./{FAST}"]
    assert default.calibration == Calibration.load(CALIBRATION)
    assert fast.calibration == Calibration.load(FAST_WEIGHTS.with_name("calibration.json"))
    # an error rate that was measured with one of them is not in force for the other
    assert len({Reader.load(name, calibration=PLAIN).digest for name in (None, FAST)}) == 2


def test_the_fast_reader_marks_answers_in_its_passages() -> None:
    reader = Reader.load(FAST)
    passages = ["Rain fell on Trier.", "The ferry to Bergen sails at nine.", "渡轮九点开往卑尔根。"]
    for question, passage, found in (
        ("Where does the ferry sail to?", passages[1], "Bergen"),
        ("渡轮开往哪里？", passages[2], "卑尔根"),
    ):
        best = reader.read(question, [passages[0], passage])[0]
        assert found in [passages[0], passage][best.passage][best.start : best.end]


def test_one_threshold_for_all_languages_only_changes_what_suffices() -> None:
    model = ScriptedModel({"Anna": (2, 2), "Boris": (4, 4)})
    reader = Reader(model, replace(PLAIN, thresholds={"other": 0.2}))
    strict = reader.with_threshold(0.9)
    assert (strict.threshold, reader.threshold) == (0.9, 0.5)
    spans = strict.read("Who?", ["Anna won", "Boris won"])
    assert {span.threshold for span in spans} == {None}
    before = reader.read("Who?", ["Anna won", "Boris won"])
    assert [replace(span, threshold=None) for span in before] == spans


def test_weights_and_calibration_make_the_digest(tmp_path: Path) -> None:
    model = ScriptedModel({})
    first = Reader(model, PLAIN, lambda: "weights").digest
    assert first == Reader(model, PLAIN, lambda: "weights").digest
    others = {
        Reader(model, PLAIN, lambda: "other").digest,
        Reader(model, replace(PLAIN, threshold=0.4), lambda: "weights").digest,
    }
    assert len({first, *others}) == 3


def test_a_model_from_elsewhere_is_known_by_its_files_or_its_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(SpanModel, "from_hugging_face", lambda name: None)
    monkeypatch.setattr(SpanModel, "load", lambda weights, encoder: None)
    (tmp_path / "weights").write_text("one")

    def digest(name: str | None) -> str:
        return Reader.load(name, calibration=PLAIN).digest

    before = digest(str(tmp_path))
    (tmp_path / "weights").write_text("two")
    digests = {before, digest(str(tmp_path)), digest("some/model"), digest("other/model")}
    assert len(digests | {digest(None)}) == 5

"""Groups of windows: one with the answer, the others surely without."""

import itertools
import random
from collections import Counter
from dataclasses import replace

import pytest

from qa.training.data import sampling
from qa.training.data.sampling import CONTEXT, LANGUAGE, RANKED, Group, GroupSampler
from qa.training.data.windows import Anchor, Shape, Window, cut_window
from qa.training.pack.pack_file import Texts
from tests.support.training_pack import PIECES, small_pack

PACK = small_pack(contexts=60)
TEXTS = PACK.splits["train"]
SAMPLER = GroupSampler(PACK, TEXTS)
QUESTIONS = range(len(TEXTS.question_context))
ANSWERABLE = [q for q in QUESTIONS if SAMPLER.anchors.of_question(q)]
MARK = PIECES.index("▁w1")


def draw(question: int, seed: int = 0) -> list[Group]:
    return SAMPLER.draw(question, random.Random(seed))


def test_the_first_window_holds_the_answer_and_no_other_does() -> None:
    for question in ANSWERABLE:
        group = draw(question)[0]
        assert len(group.windows) == 3
        answer = TEXTS.tokens[SAMPLER.anchors.of_question(question)[0].first]
        texts = [TEXTS.tokens[w.start : w.end].tolist() for w in group.windows]
        assert [answer in text for text in texts] == [True, False, False]
        assert [bool(spans) for spans in group.spans] == [True, False, False]


def test_an_unanswerable_question_has_a_window_of_its_own_context_and_none_with_an_answer() -> None:
    for question in set(QUESTIONS) - set(ANSWERABLE):
        (group,) = draw(question)
        assert group.windows[0].context == TEXTS.question_context[question]
        assert group.spans == [[], [], []]


def test_a_near_miss_is_read_over_the_window_that_held_the_answer() -> None:
    drawn = [groups for q in ANSWERABLE if len(groups := draw(q, seed=q)) == 2]
    assert len(drawn) / len(ANSWERABLE) == pytest.approx(0.35, abs=0.12)
    for first, near in drawn:
        assert near.windows[0] == first.windows[0]
        assert near.spans == [[], []]


def test_a_question_bears_the_mark_of_its_guide_nine_times_in_ten() -> None:
    rng = random.Random(0)
    for question in ANSWERABLE[:20]:
        start, end = TEXTS.question_start[question : question + 2]
        plain = TEXTS.question_tokens[start:end].tolist()
        put = Counter(SAMPLER.question(question, rng)[0] == MARK for _ in range(100))
        if TEXTS.question_guide[question] and plain[0] != MARK and plain[-1] != MARK:
            assert 75 <= put[True] < 100
        assert SAMPLER.mark(question) == [MARK] * int(TEXTS.question_guide[question])


def test_a_variant_replaces_the_question_now_and_then() -> None:
    rng = random.Random(0)
    start, end = TEXTS.question_start[:2]
    plain = TEXTS.question_tokens[start:end].tolist()
    kept = sum(SAMPLER.question(0, rng)[-len(plain) :] == plain for _ in range(400))
    assert kept / 400 == pytest.approx(0.85 * 0.87, abs=0.08)


def test_the_length_stays_the_same_however_many_anchors_are_tried(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    shapes: list[Shape] = []

    def cut(texts: Texts, anchor: Anchor, shape: Shape, rng: random.Random) -> Window | None:
        shapes.append(shape)
        return cut_window(texts, anchor, shape, rng)

    monkeypatch.setattr(sampling, "cut_window", cut)
    monkeypatch.setattr(GroupSampler, "holds_answer", lambda self, question, window: True)
    assert SAMPLER.window_without(ANSWERABLE[0], RANKED, random.Random(0)) is None
    assert len(shapes) > sampling.ATTEMPTS
    assert len(set(shapes)) == 1


def test_reviews_are_read_over_their_own_context_only() -> None:
    pack = replace(PACK, sources=["en-amazon-train", "en-reddit", "ja-made-up"])
    sampler = GroupSampler(pack, TEXTS)
    contexts = TEXTS.context_source[TEXTS.question_context] < 2
    for question in [q for q in QUESTIONS if contexts[q]]:
        for group in sampler.draw(question, random.Random(0)):
            own = TEXTS.question_context[question]
            assert {window.context for window in group.windows} == {own}


def test_passages_cover_the_context() -> None:
    for context in range(10):
        low, high = TEXTS.context_sentence[context : context + 2]
        windows = list(SAMPLER.passages(context))
        assert windows[0].start == TEXTS.sentence_start[low]
        assert windows[-1].end == TEXTS.sentence_start[high]
        assert all(a.end == b.start for a, b in itertools.pairwise(windows))


@pytest.mark.parametrize("source", [CONTEXT, LANGUAGE, RANKED])
def test_an_answer_in_other_letters_is_still_an_answer(source: int) -> None:
    pieces = [p.upper() if p.startswith("▁name") and int(p[5:]) % 2 else p for p in PIECES]
    sampler = GroupSampler(replace(PACK, pieces=pieces), TEXTS)
    question = ANSWERABLE[0]
    window = sampler.window_without(question, source, random.Random(0))
    assert window is not None
    assert not sampler.holds_answer(question, window)
    answer = sampler.anchors.of_question(question)[0]
    assert sampler.holds_answer(question, replace(window, start=answer.first, end=answer.last + 1))

"""Pairs: the passage answers the question, its neighbour does not, and both bear their prompts."""

import random
from dataclasses import replace

import numpy as np
import pytest

from index.encoder.bundled import PROMPTS, model_folder
from index.encoder.tokenizer import read_tokenizer
from index.errors import ArchiveError
from qa.training.pack.pack_file import END, PAD, START, SWITCHED, Pack
from qa.training.tuning import pairs
from qa.training.tuning.pairs import BLOCK, PASSAGE, QUERY, Batch, Pairs


@pytest.fixture
def batch(pack: Pack) -> Batch:
    return Pairs(pack, pack.splits["train"]).draw(8, random.Random(1))


def strip(ids: list[int]) -> list[int]:
    """A row without prompt, special pieces and padding."""
    return ids[ids.index(START) + 1 : ids.index(END)]


def test_prompts_are_those_of_the_bundled_encoder() -> None:
    tokenizer = read_tokenizer(model_folder())
    for name, ids in (("query", QUERY), ("document", PASSAGE)):
        assert tokenizer.encode(PROMPTS[name], add_special_tokens=False).ids == list(ids)


def test_a_batch_has_two_passages_a_question(batch: Batch) -> None:
    assert (len(batch.questions), len(batch.passages), len(batch.contexts)) == (8, 16, 16)
    for ids in (batch.questions, batch.passages):
        assert ids.shape[1] % BLOCK == 0
        assert (ids[:, 0] == START).all()
        assert ((ids == END).sum(1) == 1).all()
        assert (ids[(ids == END).cumsum(1) == 0] != PAD).all()


def test_texts_begin_with_their_prompts(pack: Pack, batch: Batch) -> None:
    places = {int(piece): place for place, piece in enumerate(pack.vocabulary)}
    for ids, prompt in ((batch.questions, QUERY), (batch.passages, PASSAGE)):
        expected = [places[piece] for piece in prompt]
        assert (ids[:, 1 : 1 + len(prompt)].numpy() == expected).all()


def test_the_first_passage_holds_the_answer_and_comes_from_its_context(pack: Pack) -> None:
    texts = pack.splits["train"]
    drawn = Pairs(pack, texts)
    assert len(drawn)
    answers = dict(zip(texts.answer_question.tolist(), texts.answer_first.tolist(), strict=True))
    for question, passage in zip(drawn._questions.tolist(), drawn._home.tolist(), strict=True):
        start, end = texts.sentence_start[texts.passage_start[passage : passage + 2]]
        assert start <= answers[question] < end
        context = texts.question_context[question]
        first, last = texts.context_passage[context : context + 2]
        assert first <= passage < last


def test_the_second_passage_is_one_ranked_for_the_question(pack: Pack) -> None:
    texts = pack.splits["train"]
    drawn = Pairs(pack, texts)
    ranked = {
        question: set(texts.ranked_passage[texts.ranked_question == question].tolist())
        for question in drawn._questions.tolist()
    }
    rng = random.Random(2)
    for question, allowed in ranked.items():
        assert not allowed or drawn._resembling(question, rng) in allowed


def test_without_a_ranked_passage_any_will_do(pack: Pack) -> None:
    nothing = np.zeros(0, np.int64)
    texts = replace(pack.splits["train"], ranked_question=nothing, ranked_passage=nothing)
    assert len(Pairs(pack, texts).draw(4, random.Random(3)).passages) == 8


def test_variants_are_asked_instead(pack: Pack, monkeypatch: pytest.MonkeyPatch) -> None:
    texts = pack.splits["train"]
    drawn, rng = Pairs(pack, texts), random.Random(4)
    question = int(drawn._questions[0])
    monkeypatch.setattr(pairs, "VARIANT_SHARES", {})
    asked = strip(drawn._question(question, rng))[len(QUERY) :]
    monkeypatch.setattr(pairs, "VARIANT_SHARES", {SWITCHED: 1.0})
    assert strip(drawn._question(question, rng))[len(QUERY) :] == asked[::-1]


def test_long_passages_are_cut(pack: Pack, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pairs, "PASSAGE_TOKENS", 20)
    batch = Pairs(pack, pack.splits["train"]).draw(8, random.Random(5))
    assert (batch.passages != PAD).sum(1).max() == 20 + len(PASSAGE) + 2


def test_equal_random_states_draw_equal_batches(pack: Pack) -> None:
    drawn = Pairs(pack, pack.splits["train"])
    first, second = (drawn.draw(4, random.Random(6)) for _ in range(2))
    assert (first.questions == second.questions).all()
    assert (first.passages == second.passages).all()


def test_sources_whose_questions_need_their_passage_are_left_out(pack: Pack) -> None:
    texts = pack.splits["train"]
    drawn = Pairs(replace(pack, sources=["en-reddit", *pack.sources[1:]]), texts)
    assert (texts.context_source[texts.question_context[drawn._questions]] > 0).all()
    with pytest.raises(ArchiveError, match="no question of the pack is answered"):
        Pairs(replace(pack, sources=["en-reddit"] * 3), texts)


def test_a_pack_without_the_prompts_is_an_error(pack: Pack) -> None:
    with pytest.raises(ArchiveError, match=r"lacks the pieces \[41, 1294, 12\]"):
        Pairs(replace(pack, vocabulary=pack.vocabulary + 10_000_000), pack.splits["train"])

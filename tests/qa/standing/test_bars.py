"""New passages that a search would read are never missed, and most others are ruled out."""

import random
from datetime import date

import numpy as np
import pytest

from index.store.base.protocol import Snapshot
from index.store.doors import open_store
from qa.answers.selection import CITATION_POOL
from qa.retrieval.across import Counterpart
from qa.retrieval.retriever import SearchResult, retrieve
from qa.standing.bars import bar_of, reached
from tests.support.fakes import FakeEncoder
from tests.support.hits import make_hit
from tests.support.written import WrittenIndex, article, whole

TOP_K = 10
WORDS = [
    "ferry", "bridge", "harbour", "mayor", "council", "storm", "orchard", "museum", "railway",
    "strike", "budget", "school", "river", "market", "hospital", "airport", "election", "festival",
    "library", "tunnel", "castle", "garden", "factory", "stadium",
]  # fmt: skip
CHINESE = "港口市长大桥风暴学校医院机场选举图书馆隧道花园工厂市场河流预算铁路罢工博物馆果园议会"
PLACES = ["奈良", "大阪", "广岛", "神户", "名古屋", "仙台"]  # names, which a dictionary has too
QUESTIONS = [
    "Who visited Nara and Osaka?",
    "Who visited Kobe and Nara?",
    "Who visited Sendai and Nagoya?",
    *(f"What happened in {a}?" for a in ("Nara", "Osaka", "Hiroshima", "Kobe", "Nagoya")),
    *(f"What did the {a} say of the {b}?" for a, b in zip(WORDS, WORDS[5:], strict=False)),
    *(f"{CHINESE[n : n + 4]}怎么样？" for n in range(0, 32, 4)),
    "What is the latest on the Ferry Harbour?",
]


def text(chance: random.Random) -> str:
    if chance.random() < 0.3:
        written = chance.choices(CHINESE, k=30)
        return "".join([*written, chance.choice(PLACES) if chance.random() < 0.3 else "", "。"])
    return " ".join(chance.choices(WORDS, k=chance.randrange(3, 40))).capitalize() + "."


def publish(index: WrittenIndex, chance: random.Random, names: range) -> None:
    made = []
    for name in names:
        words = text(chance)
        language = "en" if words.isascii() else "zh"
        day = date(2025, 1, 1 + name % 28)
        made.append(whole(article(str(name), words, language=language, date=day), language))
    index.publish_passages(*made)


def search(snapshot: Snapshot, encoder: FakeEncoder) -> list[SearchResult]:
    vectors = encoder.queries(QUESTIONS)
    return [
        retrieve(snapshot, vector, question, CITATION_POOL)
        for question, vector in zip(QUESTIONS, vectors, strict=True)
    ]


def test_no_passage_that_would_be_read_is_missed(where: str, encoder: FakeEncoder) -> None:
    chance, index = random.Random(1), WrittenIndex(where, encoder)
    publish(index, chance, range(150))
    vectors = encoder.queries(QUESTIONS)
    total = found = 0
    for first in (150, 152, 154, 156):
        with open_store(where).snapshot() as snapshot:
            results, last = search(snapshot, encoder), snapshot.last_passage()
        bars = [bar_of(r, v, "fake 1", TOP_K) for r, v in zip(results, vectors, strict=True)]
        publish(index, chance, range(first, first + 2))
        with open_store(where).snapshot() as snapshot:
            lasts = np.full(len(QUESTIONS), last)
            said = reached(snapshot, QUESTIONS, bars, lasts)
            again = search(snapshot, encoder)
            assert not reached(snapshot, QUESTIONS, bars, lasts + 2).any()
        for question, was, result in zip(QUESTIONS, said, again, strict=True):
            read = bar_of(result, vectors[0], "fake 1", TOP_K).read
            assert was or not np.any(read > last), question
        total, found = total + len(said), found + int(said.sum())
    assert 0 < found < 0.8 * total, "it rules questions out"


def test_with_room_for_more_any_passage_reaches_the_bar() -> None:
    hits = [make_hit(f"Text {n}.") for n in range(3)]
    result = SearchResult(hits, None, False, (1, 2, 3))  # type: ignore[arg-type]
    bar = bar_of(result, np.zeros(4, np.float32), "fake 1", TOP_K)
    assert bar.floor == -np.inf
    assert bar.read.tolist() == [1, 2, 3]
    bar = bar_of(result, np.zeros(4, np.float32), "fake 1", 2)
    assert bar.floor == pytest.approx(min(hit.score for hit in hits[:2]))
    assert bar.read.tolist() == [1, 2]


def test_a_word_in_two_languages_is_one_group_and_each_name_its_own() -> None:
    across = (
        Counterpart("Nara", "name", ("奈良", "平城")),
        Counterpart("Nara", "name", ("~nl:c:nara",)),
        Counterpart("Nara", "dictionary", ("奈良",), "zh"),
        Counterpart("visit", "dictionary", ("访问",), "zh"),
        Counterpart("visit", "dictionary", ("访问", "访れ"), "ja"),
    )
    result = SearchResult([], None, False, across=across)  # type: ignore[arg-type]
    bar = bar_of(result, np.zeros(4, np.float32), "fake 1", TOP_K)
    names, words = (("奈良", "平城"), ("~nl:c:nara",)), (("奈良",), ("访问", "访れ"))
    assert bar.groups == names + words


def test_no_question_no_work(where: str, encoder: FakeEncoder) -> None:
    WrittenIndex(where, encoder).publish(article("a", "Fog."))
    with open_store(where).snapshot() as snapshot:
        assert reached(snapshot, [], [], np.zeros(0, np.int64)).tolist() == []

"""Which questions ask for the newest, and the order of their hits."""

import datetime

import pytest

from qa.retrieval.recency import asks_for_newest, newest_first

DAYS = [datetime.date(2025, 10, day) for day in range(1, 10)]


@pytest.mark.parametrize(
    "question",
    [
        "What is the latest on the tariff talks?",
        "Latest news from Nara",
        "The latest figures for LNG imports?",
        "Who is the newest member of the cabinet?",
        "What did Takaichi say most recently?",
        "What was the most recent summit?",
        "What did Trump recently promise?",
        "latest?",
        "日本的最新国防开支是多少?",
        "最近的峰会在哪里举行?",
        "特朗普近日说了什么?",
        "關稅談判的最新進展",
        "首相の最新の発言は?",
        "直近の会談はいつですか?",
    ],
)
def test_recency_words_ask_for_the_newest(question: str) -> None:
    assert asks_for_newest(question)


@pytest.mark.parametrize(
    "question",
    [
        "Who hosts The Latest Show?",
        "Who wrote the column “the latest from Tokyo”?",
        'What does "the newest" mean?',
        "By when must the contracts end at the latest?",
        "What is the latest date for payment?",
        "Who will relate the story?",
        "Who drives a latest-model car?",
        "Which day was it?",
        "离东京最近的机场是哪个?",
        "距离酒店最近的车站叫什么?",
        "最近的地铁站在哪里?",
        "谁写了《最新消息》?",
        "最新型战机有多少架?",
        "他什么时候到的?",
        "",
    ],
)
def test_names_quotations_deadlines_and_distances_do_not(question: str) -> None:
    assert not asks_for_newest(question)


def test_only_hits_within_the_margin_of_the_best_are_ordered_by_date() -> None:
    assert newest_first([(1.0, DAYS[0]), (0.8, DAYS[1]), (0.6, DAYS[2])]) == [1, 0, 2]


def test_hits_of_one_day_and_undated_hits_keep_their_order() -> None:
    hits = [(1.0, None), (0.95, DAYS[0]), (0.9, None), (0.85, DAYS[0]), (0.8, DAYS[1])]
    assert newest_first(hits) == [4, 1, 3, 0, 2]
    assert newest_first([(1.0, None), (0.9, None)]) == [0, 1]
    assert newest_first([]) == []

"""The items of a list, and what several articles say, as lines."""

import datetime

from qa import AnswerItem
from qa.answers.answering import AnswerGroup
from qa.chat.groups import (
    MAX_SOURCES,
    count_articles,
    group_lines,
    has_timeline,
    item_citations,
    item_lines,
)
from tests.support.chats import SENTENCE, an_answer, citation

OCTOBER, NOVEMBER = datetime.date(2025, 10, 28), datetime.date(2025, 11, 2)
SAME = AnswerGroup("8.6 percent", (OCTOBER, NOVEMBER), (citation(SENTENCE),) * 3)
OTHER = AnswerGroup("9 percent", (), (citation(SENTENCE),), differs=True)


def test_lines_in_both_languages() -> None:
    answer = an_answer(groups=(SAME, OTHER), differs=True)
    lines = group_lines(answer, "en")
    assert [line.value for line in lines] == ["8.6 percent", "9 percent"]
    assert [line.about for line in lines] == ["3 articles, 2025-10-28 – 2025-11-02", "1 article"]
    assert [line.differs for line in lines] == [False, True]
    assert lines[0].code == "en"
    chinese = [line.about for line in group_lines(answer, "zh")]
    assert chinese == ["3 篇文章，2025-10-28 – 2025-11-02", "1 篇文章"]


def test_a_single_article_is_not_worth_a_line() -> None:
    alone = AnswerGroup("8.6 percent", (OCTOBER,), (citation(SENTENCE),))
    assert group_lines(an_answer(groups=(alone,)), "en") == []
    assert group_lines(an_answer(), "en") == []


def test_a_timeline_takes_several_days() -> None:
    assert has_timeline(an_answer(groups=(SAME,)))
    assert not has_timeline(an_answer(groups=(OTHER,)))


def test_large_counts_have_commas() -> None:
    assert count_articles(range(1200), "en") == "1,200 articles"


CITED, THIRD = citation(SENTENCE), citation("It rained.")


def test_sources_are_numbered_after_the_answers_own() -> None:
    own = an_answer().citations[0]
    items = (
        AnswerItem("3.5 million", 8, 19, (own, CITED)),
        AnswerItem("Ann Lee", 34, 41, (CITED,)),
        AnswerItem("rained", 15, 21, (THIRD,)),
    )
    answer = an_answer(items=items)
    assert item_citations(answer) == [CITED, THIRD]
    assert [(line.text, line.numbers) for line in item_lines(answer)] == [
        ("3.5 million", (1, 2)), ("Ann Lee", (2,)), ("rained", (3,)),
    ]  # fmt: skip
    assert item_lines(answer)[0].code == "en"


def test_no_items_no_lines() -> None:
    assert item_lines(an_answer()) == []
    assert item_citations(an_answer()) == []


def test_only_so_many_sources_are_shown() -> None:
    pieces = [SENTENCE[:n] for n in range(1, MAX_SOURCES + 5)]
    items = tuple(AnswerItem("a", 0, 1, (citation(piece),)) for piece in pieces)
    answer = an_answer(items=items)
    assert len(item_citations(answer)) == MAX_SOURCES
    assert item_lines(answer)[-1].numbers == ()

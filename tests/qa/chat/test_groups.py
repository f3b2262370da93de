"""What several articles say, as lines."""

import datetime

from qa.answers.answering import AnswerGroup
from qa.chat.groups import count_articles, group_lines, has_timeline
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

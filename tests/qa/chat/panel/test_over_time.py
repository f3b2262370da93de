"""A timeline as a table and as points."""

import datetime
from dataclasses import replace

from qa.answers.answering import TimelineEntry
from qa.chat.panel.over_time import plot_points, timeline_html
from tests.support.chats import SENTENCE, citation

DAYS = [datetime.date(2025, 3, day) for day in (1, 2, 9)]
FIRST = TimelineEntry("12", DAYS[0], DAYS[1], (citation(SENTENCE),) * 2, 12.0)
LAST = TimelineEntry("twenty-three", DAYS[2], DAYS[2], (citation(SENTENCE),), 23.0)


def test_the_table_marks_the_latest_value() -> None:
    html = timeline_html("How many?", [FIRST, LAST], "en")
    assert "2025&#45;03&#45;01 – 2025&#45;03&#45;02" in html
    assert html.index("twenty") > html.index('class="qa-latest"')
    assert html.count("qa-tag") == 1
    assert "2 articles" in html
    assert "最新" in timeline_html("多少？", [FIRST, LAST], "zh")


def test_nothing_to_show_says_so() -> None:
    assert "No dated article answers this" in timeline_html("How many?", [], "en")


def test_texts_are_never_markup() -> None:
    html = timeline_html("<b>", [replace(FIRST, value="<i>12</i>")], "en")
    assert "<b>" not in html
    assert "<i>" not in html


def test_a_plot_has_the_first_and_last_day_of_each_number() -> None:
    assert plot_points([FIRST, LAST]) == [(DAYS[0], 12.0), (DAYS[1], 12.0), (DAYS[2], 23.0)]


def test_names_and_single_values_are_not_plotted() -> None:
    assert plot_points([FIRST]) == []
    assert plot_points([FIRST, replace(LAST, number=None)]) == []

"""Answers of several articles with their citations, grouped and over time."""

import datetime
from dataclasses import replace

from qa.answers.grouping import Found, collect, group_answers, timeline
from qa.reader.spans import Span
from qa.retrieval.retriever import Hit
from tests.support.hits import make_hit

QUESTION = "How many people died in the Tarvik fire?"
POLICE = "The Tarvik fire killed 14 people on Tuesday, police said."
REPRINT = "The Tarvik fire killed 14 people on Tuesday, the police said."
MAYOR = "Fourteen people died in the Tarvik fire."
UNION = "It snowed. The Tarvik fire killed 19 people, a union said."
INJURED = "The Tarvik fire injured 23 people."


def hit(text: str, article: str, day: int | None = 28) -> Hit:
    found = make_hit(text, article_id=article)
    date = day and datetime.date(2025, 10, day)
    return replace(found, article=replace(found.article, date=date or None))


def found_in(*hits: Hit) -> list[Found]:
    numbers = ("14", "Fourteen", "19", "23")
    spans = [
        Span(i, at, at + len(number), 9.0, 0.9)
        for i, hit in enumerate(hits)
        for number in numbers
        if (at := hit.passage.text.find(number)) >= 0
    ]
    return collect(QUESTION, spans, hits, hits)


def test_near_duplicates_count_once_and_are_cited_together() -> None:
    (found,) = found_in(hit(POLICE, "a.txt"), hit(REPRINT, "b.txt"))
    assert found.citation.article_id == "a.txt"
    assert [place.article_id for place in found.citation.also_in] == ["b.txt"]


def test_a_copy_that_was_not_read_is_cited_too() -> None:
    read, copy = hit(MAYOR, "a.txt", 1), hit(MAYOR, "b.txt", 5)
    found = collect(QUESTION, [Span(0, 0, 8, 9.0, 0.9)], [read], [read, copy])
    (group,) = group_answers(found)
    assert [day.day for day in group.days] == [1, 5]
    assert len(group.citations) == 1


def test_an_article_counts_once() -> None:
    assert len(found_in(hit(POLICE, "a.txt"), hit(MAYOR, "a.txt"))) == 1


def test_the_largest_group_comes_first_even_if_it_is_not_the_answers() -> None:
    found = found_in(hit(UNION, "c.txt", 2), hit(POLICE, "a.txt", 3), hit(MAYOR, "b.txt", 1))
    groups = group_answers(found)
    assert [(g.value, len(g.citations), g.differs) for g in groups] == [
        ("14", 2, True), ("19", 1, False),
    ]  # fmt: skip
    assert [day.day for day in groups[0].days] == [1, 3]
    assert groups[1].citations[0].text == "The Tarvik fire killed 19 people, a union said."


def test_what_cannot_be_compared_is_in_no_group() -> None:
    groups = group_answers(found_in(hit(POLICE, "a.txt"), hit(INJURED, "b.txt")))
    assert [group.value for group in groups] == ["14"]
    assert group_answers([]) == ()


def test_an_undated_article_has_no_day() -> None:
    (group,) = group_answers(found_in(hit(POLICE, "a.txt", None)))
    assert group.days == ()


def test_a_timeline_has_the_first_and_last_day_of_each_value() -> None:
    found = found_in(
        hit(UNION, "c.txt", 9),
        hit(POLICE, "a.txt", 3),
        hit(MAYOR, "b.txt", 1),
        hit(INJURED, "d.txt", 12),
        hit(MAYOR + " It rained.", "e.txt", None),
    )
    first, last = timeline(found)
    assert (first.value, first.first.day, first.last.day, first.number) == ("14", 1, 3, 14.0)
    assert [citation.article_id for citation in first.citations] == ["b.txt", "a.txt"]
    assert (last.value, last.first.day, last.last.day) == ("19", 9, 9)


def test_no_dated_article_no_timeline() -> None:
    assert timeline(found_in(hit(POLICE, "a.txt", None))) == []

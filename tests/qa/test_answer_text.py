"""Answers as text for a terminal."""

from dataclasses import replace
from datetime import date

from qa import AnswerGroup, AnswerItem, Change, Location
from qa.answer_text import as_text
from tests.support.chats import an_answer


def test_the_page_or_the_time_of_a_source_is_printed() -> None:
    (cited,) = an_answer().citations
    on_page, heard = (replace(cited, location=at) for at in (Location(page=12), Location(None, 65)))
    printed = as_text(an_answer(citations=(on_page, heard)))
    assert "[1] Bridge · en · a.txt · page 12 (also in b.txt)" in printed
    assert "[2] Bridge · en · a.txt · 0:01:05 (also in b.txt)" in printed


def test_a_changed_source_and_its_other_articles_are_printed() -> None:
    (cited,) = an_answer().citations
    change = Change(date(2026, 11, 3), 2, 1)
    changed = replace(cited, also_in=(), changed=change, also_published=("b\x1b.txt", "c"))
    assert (
        "[1] Bridge · en · a.txt (also published as b.txt, c)"
        " (changed since 2026-11-03: 2 sentences differ)"
    ) in as_text(an_answer(citations=(changed,)))


def test_control_characters_do_not_reach_the_terminal() -> None:
    shown = as_text(an_answer(text="\x1b[31mred\x07", sentence="\x1b[31mred\x07"))
    assert "\x1b" not in shown
    assert "\x07" not in shown


def test_what_other_articles_say_is_printed() -> None:
    (cited,) = an_answer().citations
    days = (date(2025, 10, 28),)
    groups = (
        AnswerGroup("3.5 million euros", days, (cited, cited)),
        AnswerGroup("4 million euros", (), (cited,), differs=True),
    )
    printed = as_text(an_answer(groups=groups, differs=True)).splitlines()
    assert printed[2:5] == [
        "Sources differ:",
        "  3.5 million euros · 2 articles, 2025-10-28",
        "  4 million euros · 1 article",
    ]
    assert "Sources agree:" in as_text(an_answer(groups=groups[:1]))


def test_the_items_of_a_list_are_printed_with_their_sources() -> None:
    (cited,) = an_answer().citations
    other = replace(cited, article_id="b.txt", path="b.txt", place="b.txt")
    items = (
        AnswerItem("3.5 million", 8, 19, (cited, other)),
        AnswerItem("it\x1b[2J", 0, 2, (other,)),
    )
    printed = as_text(an_answer(items=items)).splitlines()
    assert printed[2:4] == ["  - 3.5 million [1][2]", "  - it[2J [2]"]
    assert printed[-1].startswith("[2] ")


def test_the_error_rate_in_force_and_an_open_yes_or_no_are_printed() -> None:
    assert "In force: at most 5% of the answers are wrong." in as_text(an_answer(error_rate=0.05))
    assert "is for you to judge." in as_text(an_answer(undecided=True))
    assert "judge" not in as_text(an_answer())

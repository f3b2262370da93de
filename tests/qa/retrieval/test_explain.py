"""The table that says where passages were found."""

import datetime
import re

from index.article import Article
from index.passage import Passage
from index.store.base.keywords import TermChoice
from qa.retrieval.explain import explained, matched
from qa.retrieval.retriever import Hit, SearchResult


def a_hit(text: str, dense: int | None, keyword: int | None, title: str | None = None) -> Hit:
    day = datetime.date(2025, 10, 28)
    article = Article("a.txt", title, text, day, "en", "a.txt")
    passage = Passage("a.txt", 0, len(text), text, "body", "en", None)
    return Hit(0.25, passage, article, dense, keyword)


CHOICE = TermChoice(("golden age", "ulm"), ("the",), ("zebra", "the zebra"))


def test_ranks_scores_and_words_are_shown() -> None:
    hits = [a_hit("A golden age.", 1, 12, "Rain over Ulm"), a_hit("An age.", None, 3)]
    lines = explained(SearchResult(hits, CHOICE, False)).splitlines()
    first = ["1", "0.250", "#1", "#12", "2025-10-28", "a.txt 0-13", "golden age, ulm"]
    assert re.split(" {2,}", lines[1]) == first
    assert lines[2] == "    “A golden age.”"
    assert lines[3].split()[:4] == ["2", "0.250", "-", "#3"]
    assert lines[-4:] == [
        "looked up:   golden age, ulm",
        "too common:  the",
        "nowhere:     zebra",
        "order:       best first",
    ]


def test_newest_first_is_said_and_nothing_found_too() -> None:
    shown = explained(SearchResult([], TermChoice((), (), ()), True))
    assert "nothing was found" in shown
    assert shown.endswith("newest first, as the question asks")


def test_words_match_as_they_were_indexed() -> None:
    hit = a_hit("The U.S. spent 8.6% on it; 高市早苗访问。", 1, 1)
    used = ["u.s.", "8.6", "高市", "it spent", "spent 8.6%", "pent"]
    assert matched(hit, used) == ["u.s.", "8.6", "高市", "spent 8.6%"]


def test_control_characters_do_not_reach_the_terminal() -> None:
    shown = explained(SearchResult([a_hit("\x1b[31mred\x07\n" * 9, 1, 1)], CHOICE, False))
    assert "\x1b" not in shown
    assert "\x07" not in shown

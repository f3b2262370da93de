"""The table that explains a search."""

import re

from index.store.base.keywords import TermChoice
from qa.retrieval.across import Counterpart
from qa.retrieval.explain import EXCERPT_LENGTH, format_search, matches_across, matching_terms
from qa.retrieval.retriever import SearchResult
from tests.support.hits import make_hit

CHOICE = TermChoice(("golden age", "ulm"), ("the",), ("zebra", "the zebra"))


def test_the_table_shows_ranks_scores_and_terms() -> None:
    hits = [
        make_hit("A golden age.", title="Rain over Ulm", score=0.25, keyword_rank=12),
        make_hit("An age.", score=0.125, dense_rank=None, keyword_rank=3),
    ]
    lines = format_search(SearchResult(hits, CHOICE, False)).splitlines()
    first = ["1", "0.250", "#1", "#12", "2025-10-28", "a.txt 0-13", "golden age, ulm"]
    assert re.split(" {2,}", lines[1]) == first
    assert lines[2] == "    “A golden age.”"
    assert lines[3].split()[:4] == ["2", "0.125", "-", "#3"]
    assert lines[-4:] == [
        "looked up:   golden age, ulm",
        "too common:  the",
        "nowhere:     zebra",
        "order:       best first",
    ]


def test_a_search_without_hits_says_so_and_how_it_would_be_ordered() -> None:
    shown = format_search(SearchResult([], TermChoice((), (), ()), True))
    assert "nothing was found" in shown
    assert shown.endswith("newest first, as the question asks")


def test_terms_match_as_they_were_indexed() -> None:
    hit = make_hit("The U.S. spent 8.6% on it; 高市早苗访问。")
    used = ["u.s.", "8.6", "高市", "it spent", "spent 8.6%", "pent"]
    assert matching_terms(hit, used) == ["u.s.", "8.6", "高市", "spent 8.6%"]


def test_words_and_names_that_match_across_scripts_are_shown_as_the_passage_has_them() -> None:
    hit = make_hit("The Prime Minister met Mr Macron.", title="Trump in Ulm")
    across = (
        Counterpart("马克龙", "name", ("~nkn:l:makron",)),
        Counterpart("特朗普", "name", ("~tnp:l:trump",)),
        Counterpart("首相", "dictionary", ("premier", "prime minister")),
        Counterpart("天气", "dictionary", ("weather",)),
    )
    found = [(one.word, text) for one, text in matches_across(hit, across)]
    assert found == [("马克龙", "Macron"), ("特朗普", "Trump"), ("首相", "prime minister")]
    _, line, *_, looked_up, _ = format_search(
        SearchResult([hit], CHOICE, False, across=across)
    ).splitlines()
    assert line.endswith(
        "马克龙 = Macron (name), 特朗普 = Trump (name), 首相 = prime minister (dictionary)"
    )
    words = "马克龙 (name), 特朗普 (name), 首相 (dictionary), 天气 (dictionary)"
    assert looked_up == f"across:      {words}"


def test_chinese_words_are_shown_without_the_overlap_of_their_terms() -> None:
    hit = make_hit("总统府昨天发表声明，泽连斯基也在。")
    president = Counterpart("presidential palace", "dictionary", ("总统 统府",))
    zelensky = Counterpart("Zelensky", "name", ("~snsk:z:zeliansigi",))
    found = matches_across(hit, [president, zelensky])
    assert found == [(president, "总统府"), (zelensky, "泽连斯基")]


def test_a_word_that_chinese_and_japanese_write_alike_is_shown_once() -> None:
    hit = make_hit("図書館は首相が生まれた町にある。")
    across = (
        Counterpart("premier", "dictionary", ("首相", "总理"), "zh"),
        Counterpart("premier", "dictionary", ("首相", "宰相"), "ja"),
        Counterpart("born", "dictionary", ("生ま まれ",), "ja"),
    )
    found = [(one.word, text) for one, text in matches_across(hit, across)]
    assert found == [("premier", "首相"), ("born", "生まれ")]


def test_ideographs_are_shown_as_the_passage_writes_them() -> None:
    hit = make_hit("宇和島城で木簡が見つかった。")
    across = (
        Counterpart("Uwajima", "name", ("宇和 和岛",)),
        Counterpart("found", "dictionary", ("见つ つか",), "ja"),
    )
    assert [text for _, text in matches_across(hit, across)] == ["宇和島", "見つか"]


def test_control_characters_do_not_reach_the_terminal() -> None:
    shown = format_search(SearchResult([make_hit("\x1b[31mred\x07\n" * 9)], CHOICE, False))
    assert "\x1b" not in shown
    assert "\x07" not in shown


def test_a_long_passage_is_cut_to_an_excerpt_on_one_line() -> None:
    shown = format_search(SearchResult([make_hit("word\n" * 50)], CHOICE, False)).splitlines()
    excerpt = shown[2].strip(" “”")
    assert len(excerpt) == EXCERPT_LENGTH
    assert excerpt.endswith("…")


def test_columns_align_with_wide_characters() -> None:
    hits = [make_hit("高市早苗。", article_id="高市.txt", keyword_rank=1), make_hit("Rain in Ulm.")]
    choice = TermChoice(("高市", "ulm"), (), ())
    header, first, _, second, *_ = format_search(SearchResult(hits, choice, False)).splitlines()
    column = header.index("terms matched")
    assert second.index("ulm") == column
    assert (
        first.index("高市", first.index(".txt")) == column - 2
    )  # two characters take four columns

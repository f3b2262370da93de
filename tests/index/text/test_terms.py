"""Keyword terms: what people type matches what papers print."""

import pytest

from index.text.terms import phrases, terms


@pytest.mark.parametrize(
    ("printed", "query"),
    [
        ("the Japan-U.S. alliance", "u.s."),
        ("U.S.-Japan talks", "U.S."),
        ("U.S troops", "U.S"),
        ("the 1990s", "1990s"),
        ("8.6 percent", "8.6"),
        ("8.6% more", "8.6%"),
        ("$550 billion", "550"),
        ("¥84 trillion", "84"),
        ("January 13-14", "14"),
        ("Sakhalin-2", "sakhalin"),
        ("Takaichi’s plan", "takaichi"),
        ("TAKAICHI'S plan", "Takaichi"),
        ("Straße", "STRASSE"),
        ("ｆｕｌｌ width", "full"),
        ("café", "cafe\u0301"),
        ("日本首相高市早苗", "高市"),
        ("日本 首相", "首相"),
        ("特朗普·Trump", "trump"),
        ("スカイツリー", "ツリ"),
        ("대통령", "통령"),
        ("www.example.com", "example"),
        ("Öl", "öl"),
        ("總統訪問臺灣", "总统"),
        ("总统访问台湾", "臺灣"),
        ("發展與頭髮", "头发"),
    ],
)
def test_a_query_shares_a_term_with_the_printed_form(printed: str, query: str) -> None:
    assert set(terms(query)) & set(terms(printed))


@pytest.mark.parametrize("text", ["", " ", "…", "!?", "😀", '"', "\0", "_", "\\"])
def test_no_terms(text: str) -> None:
    assert terms(text) == []


def test_terms_contain_no_white_space_quotes_or_nul() -> None:
    everything = "".join(map(chr, [*range(0xD800), *range(0xE000, 0x11000)]))
    assert not any(
        term.split() != [term] or '"' in term or "\0" in term for term in terms(everything)
    )


def test_long_runs_are_split_in_linear_time() -> None:
    assert terms("a" * 500_000) == ["a" * 500_000]
    assert len(terms("a." * 100_000)) == 1
    assert len(terms("a-" * 100_000)) == 100_001
    assert len(terms("中" * 100_000)) == 99_999


def test_only_ideographs_are_folded_to_simplified_script() -> None:
    assert terms("東京タワー") == terms("东京タワー")
    assert terms("ÀЖΩ") == ["àжω"]


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("Who sang “Blowin’ in the Wind” first?", ["blowin in the wind"]),
        ('Who said "never again"?', ["never again"]),
        ("谁写了《红楼梦》？", ["红楼 楼梦"]),
        ("Is the New York Times owned by Carlos Slim?", ["new york times", "carlos slim"]),
        ("When did the Bank of England raise rates?", ["bank of england"]),
        ("Takaichi said what?", []),  # a single word is a term already
        ("Why is “it” so?", []),
        ("“never closed", []),
        ('""', []),
    ],
)
def test_phrases(question: str, expected: list[str]) -> None:
    assert phrases(question) == expected


def test_phrases_of_a_long_question_take_linear_time() -> None:
    assert phrases("A " * 1000)
    assert phrases("“" * 2000) == []
    assert phrases("A'" * 1000) == []

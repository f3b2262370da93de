"""Quotations are found whatever was done to their spaces and hyphens, and nothing else is."""

import pytest

from qa.source_view.matching import Found, find_across, find_quote, fold


def cut(pieces: list[str], quote: str) -> list[str]:
    return [pieces[part.piece][part.start : part.end] for part in find_quote(pieces, quote)]


@pytest.mark.parametrize(
    ("pieces", "quote", "found"),
    [
        (["It rained.", "Nine ships came in."], "ships came", ["ships came"]),
        (["a well-", "kept of\ufb01ce, so"], "well-kept office", ["well", "kept of\ufb01ce"]),
        (["Nine ships were count-", "ed at noon."], "were counted at", ["were count", "ed at"]),
        (["渡 轮 载 了", "三百一十二 人"], "载了三百一十二人", ["载 了", "三百一十二 人"]),
        (["\u2f46\u8fd9"], "\u65e0\u8fd9", ["\u2f46\u8fd9"]),
        (["na\u0308chste Woche"], "n\u00e4chste", ["na\u0308chste"]),
        (["he said (so)"], "said )so(", ["said (so"]),
        (["soft\u00adware"], "software", ["soft\u00adware"]),
        (["a\ufffe", "b", "", "c"], "abc", ["a", "b", "c"]),
        (["It rained."], "It snowed.", []),
        (["It rained."], "...", []),
        (["It rained."], "", []),
        ([], "It", []),
    ],
)  # fmt: skip
def test_find_quote(pieces: list[str], quote: str, found: list[str]) -> None:
    assert cut(pieces, quote) == found


def test_paragraphs_are_found_alone_if_other_text_is_between_them() -> None:
    pieces = ["It rained.", "Photo: Lee", "Nine ships came in."]
    assert cut(pieces, "It rained.\n\nNine ships came in.") == ["It rained.", "Nine ships came in."]
    assert cut(pieces, "It rained.\n\nTen ships.") == ["It rained."]


def test_a_quotation_that_goes_on_on_the_next_page() -> None:
    pages = [["The keeper counted nine ships", "7"], ["The Gazette", "before noon on Monday."]]
    whole = "The keeper counted nine ships before noon on Monday."
    first, second = find_across(pages, whole)
    assert first == [Found(0, 0, 29)]
    assert second == [Found(1, 0, 22)]
    assert find_across(pages, "before noon") == [[], [Found(1, 0, 11)]]
    assert find_across(pages, "The keeper counted ten ships before noon on Monday.") == [[], []]
    assert find_across(pages, "ships 7 The Gazette before") == [[], []]
    assert find_across(pages[:1], "nine") == [[Found(0, 19, 23)]]
    assert find_across([], "nine") == []


def test_only_letters_and_the_like_are_compared() -> None:
    assert fold("“Nine” ships – 3.5 %\u200f\n") == "Nineships3.5%"

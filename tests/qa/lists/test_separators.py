"""Where enumerations are cut."""

import pytest

from qa.lists.separators import is_han, separators
from tests.support.quick import quick


def pieces(text: str) -> list[str]:
    cuts = separators(text, 0, len(text))
    starts, ends = [0, *(cut.end for cut in cuts)], [*(cut.start for cut in cuts), len(text)]
    return [text[a:b] for a, b in zip(starts, ends, strict=True)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Oslo, Bergen and Hull", ["Oslo", "Bergen", "Hull"]),
        ("Oslo, Bergen, and Hull", ["Oslo", "Bergen", "Hull"]),
        ("Kenya and Uganda, as well as Tanzania", ["Kenya", "Uganda", "Tanzania"]),
        ("Nordkredit, Hale and Sons, and Unibank", ["Nordkredit", "Hale and Sons", "Unibank"]),
        ("Croatia, Bosnia and Herzegovina", ["Croatia", "Bosnia and Herzegovina"]),
        ("1,200 and 1,300", ["1,200", "1,300"]),
        ("Oslo (with Voss, Odda) and Hull", ["Oslo (with Voss, Odda)", "Hull"]),
        ("Germany or France", ["Germany or France"]),
        ("Ireland and Portland", ["Ireland", "Portland"]),
        ("挪威、丹麦和瑞典", ["挪威", "丹麦", "瑞典"]),
        ("中华人民共和国和挪威", ["中华人民共和国", "挪威"]),
        ("罗格雷、阿德米，以及田中由纪", ["罗格雷", "阿德米", "田中由纪"]),
        ("《远山、近水》与《盐路》", ["《远山、近水》", "《盐路》"]),
        ("1887年和1932年", ["1887年", "1932年"]),
        ("ノルウェーとデンマーク", ["ノルウェー", "デンマーク"]),
    ],
)
def test_pieces(text: str, expected: list[str]) -> None:
    assert pieces(text) == expected


def test_a_word_is_told_from_a_mark() -> None:
    first, last = separators("A, B and C", 0, 10)
    assert (first.is_and, last.is_and) == (False, True)


def test_unbalanced_brackets_hide_nothing() -> None:
    assert pieces("Oslo (Bergen, Hull") == ["Oslo (Bergen", "Hull"]


def test_letters_tell_the_script() -> None:
    assert is_han("2004年")
    assert not is_han("In 2004")


@pytest.mark.parametrize("piece", [" ", ", ", "(", "“", "和", "、", ",  and ", "Bosnia and "])
def test_long_texts_take_no_long_time(piece: str) -> None:
    text = piece * (100_000 // len(piece))
    with quick():
        separators(text, 0, len(text))

"""What pieces of enumerations share."""

import pytest

from qa.lists.pieces import AGE, IS_TIME, without_edges


@pytest.mark.parametrize(
    ("text", "expected"),
    [(" Oslo,", "Oslo"), ("哈兰镇（一名男孩受伤）", "哈兰镇"), ("(Oslo)", "(Oslo)"), (" ,", "")],
)
def test_edges(text: str, expected: str) -> None:
    start, end = without_edges(text, 0, len(text))
    assert text[start:end] == expected


def test_times_and_ages() -> None:
    assert all(IS_TIME.search(text) for text in ("3 March", "Sundays", "周五", "二月", "May"))
    assert not IS_TIME.search("Mayor")
    assert AGE.fullmatch("34岁")
    assert not AGE.fullmatch("1987")

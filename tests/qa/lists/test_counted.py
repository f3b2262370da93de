"""The names behind a number."""

import pytest

from qa.lists.counted import counted_items


@pytest.mark.parametrize(
    ("sentence", "number", "expected"),
    [
        ("Three states did: Mongolia, Nepal and Laos.", "Three", ["Mongolia", "Nepal", "Laos"]),
        ("Two divers, Erik Voll and Sara Nim, were saved.", "Two", ["Erik Voll", "Sara Nim"]),
        ("三个国家批准了宪章：蒙古、尼泊尔和老挝。", "三个", ["蒙古", "尼泊尔", "老挝"]),
        ("Four states ratified it: Mongolia, Nepal and Laos.", "Four", []),
        ("Two people died in Hallam, Corby and Selby.", "Two", []),
        ("One state ratified it: Mongolia.", "One", []),
        ("Many states ratified it: Mongolia and Laos.", "Many", []),
        ("三个国家批准了宪章。", "三个", []),
    ],
)  # fmt: skip
def test_exactly_as_many_as_stated(sentence: str, number: str, expected: list[str]) -> None:
    start = sentence.index(number)
    found = counted_items(sentence, start, start + len(number))
    assert [sentence[a:b] for a, b in found] == expected

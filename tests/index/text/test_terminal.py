"""What a terminal shows has no control characters, and lines of a bounded length."""

import pytest

from index.text.terminal import printable, printable_lines, shorten


def test_control_characters_are_left_out_and_lines_stay() -> None:
    assert printable("港\x1b[31m务\u202e局\x07\r\n😀 é") == "港[31m务局\n😀 é"
    assert printable_lines(iter(["a\nb\x00", "", "c"])) == "ab\n\nc"


@pytest.mark.parametrize(
    ("text", "short"),
    [("a" * 10, "a" * 10), ("a" * 11, "a" * 9 + "…"), (" a \n\n b\t", "a b"), ("", ""),
     ("a b " * 1_000_000, "a b a b a…")],
    ids=["fits", "too long", "white space", "nothing", "far too long"],
)  # fmt: skip
def test_texts_are_shortened_to_one_line(text: str, short: str) -> None:
    assert shorten(text, 10) == short

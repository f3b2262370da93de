"""Only typesetting is forgiven."""

import pytest

from qa.drafts.typesetting import Normalised, bare, normalised


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("“It’s  over ...,”", "'It's over…'"),
        ("「今天很冷。」", "“今天很冷”"),
        ("“one – two\nthree”", '"one - two three"'),
    ],
)
def test_equal_texts(one: str, other: str) -> None:
    assert normalised(one) == normalised(other)


@pytest.mark.parametrize("other", ["“it's over”", "“It's, over”", "“It is over”"])
def test_a_capital_a_comma_or_a_word_is_not_forgiven(other: str) -> None:
    assert normalised("“It's over”") != normalised(other)


def test_places_lead_back_to_the_text() -> None:
    text = "a . . . “b”\n\n c"
    shaped = Normalised(text)
    at = shaped.text.index("'b'")
    start, end = shaped.span(at, at + 3)
    assert text[start:end] == "“b”"
    assert bare("“b,”") == "b"

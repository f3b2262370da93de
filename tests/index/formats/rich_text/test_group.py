"""Numbers of lists are read as they are shown; bullets are not."""

import pytest

from index.formats.rich_text.group import list_number


@pytest.mark.parametrize(
    ("label", "number"),
    [("1.\t", "1. "), ("(a)\t", "(a) "), ("7", "7 "), ("Article 5\t", "Article 5 "),
     ("•\t", ""), ("o\t", ""), ("\t", ""), ("", "")],
)  # fmt: skip
def test_labels(label: str, number: str) -> None:
    assert list_number(label) == number

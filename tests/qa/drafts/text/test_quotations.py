"""Quotations in the marks of any language, nested and unbalanced."""

import pytest

from qa.drafts.text.quotations import MAX_LENGTH, quotations
from tests.support.quick import quick


@pytest.mark.parametrize(
    ("text", "quoted"),
    [
        ('He said "no more rain" and left.', ['"no more rain"']),
        ("“We said ‘no more’ twice,” she wrote.", ["“We said ‘no more’ twice,”"]),
        (
            "„Es ist vorbei“, sagte er. »Nie wieder Regen«",
            ["„Es ist vorbei“", "»Nie wieder Regen«"],
        ),
        ("« C’est la vie », dit-il.", ["« C’est la vie »"]),
        ("他说：“今天下雨了。”她说：「我们『不去』了」", ["“今天下雨了。”", "「我们『不去』了」"]),
        ("‘I don’t know why,’ said Ann’s son.", ["‘I don’t know why,’"]),
        ("A “broken quotation\n\nand a “whole one here”", ["“whole one here”"]),
        ("An “unclosed one with a “nested part” in it", ["“nested part”"]),
        ('A man of 6\'2" and a pipe of 3" width', []),
        ("The so-called “experts” met in 「東京」", []),
        (f"“{'word ' * MAX_LENGTH}”", []),
    ],
)
def test_quotations_are_found_with_their_marks(text: str, quoted: list[str]) -> None:
    assert [text[start:end] for start, end in quotations(text)] == quoted


@pytest.mark.parametrize("marks", ['"', "“", "”", "“‘«", "“a b”", "'a "])
def test_any_number_of_marks_takes_linear_time(marks: str) -> None:
    with quick():
        quotations(marks * (100_000 // len(marks)))

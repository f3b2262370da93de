"""Questions are checked before anything is computed for them."""

import pytest

from index.errors import ArchiveError
from qa.answers.question import MAX_QUESTION_LENGTH, check_question


def test_surrounding_white_space_is_removed() -> None:
    assert check_question(" \n谁?\u3000") == "谁?"


def test_the_longest_question_is_accepted() -> None:
    assert len(check_question("x" * MAX_QUESTION_LENGTH)) == MAX_QUESTION_LENGTH


@pytest.mark.parametrize(
    ("question", "message"),
    [
        ("", "empty: ask something"),
        (" \n\u3000", "empty"),
        ("x" * 100_000, "100,000 characters, more than the limit of 2,000"),
        ("who \ud800", r"not text \(surrogates not allowed at offset 4\)"),
    ],
)
def test_an_unusable_question_is_an_error_that_says_why(question: str, message: str) -> None:
    with pytest.raises(ArchiveError, match=message):
        check_question(question)

"""Which languages a question and its answer are in."""

from dataclasses import replace

import pytest

from qa.chat.languages import languages_across
from tests.support.chats import SENTENCE, answer, citation


@pytest.mark.parametrize(
    ("question", "language", "expected"),
    [
        ("Who met her?", "zh", ("en", "zh")),
        ("Who is 李在明?", "zh-tw", ("en", "zh")),
        ("谁会见了她？", "en", ("zh", "en")),
        ("谁会见了她？", "zh-tw", None),
        ("Who met her?", "en", None),
        ("Who met her?", None, None),
        ("Tokyo", "zh", None),
    ],
)
def test_two_languages_are_named_only_where_they_differ(
    question: str, language: str | None, expected: tuple[str, str] | None
) -> None:
    found = replace(
        answer("Ann Lee", citation(SENTENCE)),
        question=question,
        citations=(replace(citation(SENTENCE), language=language),),
    )
    assert languages_across(found) == expected


def test_a_refusal_has_no_language() -> None:
    refused = replace(
        answer("Ann Lee", citation(SENTENCE)),
        question="谁会见了她？",
        answered=False,
        text=None,
        sentence=None,
    )
    assert languages_across(refused) is None

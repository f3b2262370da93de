"""Which languages a question and its answer are in."""

from dataclasses import replace

import pytest

from qa.chat.languages import languages_across, question_language
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


@pytest.mark.parametrize(
    ("question", "language"),
    [
        ("Was Tokyo hit?", None), ("Wo ist Bonn?", None), ("Wer gewann?", "de"),
        ("¿Cuándo?", "es"), ("Et quand ?", "fr"), ("متى؟", "ar"), ("هل فاز Obama؟", "ar"),
        ("کِی؟", None), ("کجا؟", None),
    ],
)  # fmt: skip
def test_short_questions_are_told_by_their_words(question: str, language: str | None) -> None:
    assert question_language(question) == language

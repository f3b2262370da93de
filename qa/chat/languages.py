"""Which language a question was asked in, and which one answered it, where they differ."""

import re

from index.text.language import detect
from qa.answers.answering import Answer

from .words import PAGE_LANGUAGES

ENGLISH_QUESTION = re.compile(
    r"\b(?:who|whom|whose|what|when|where|which|why|how|were|did|does)\b", re.I
)
START = 200  # characters of a question that are looked at


def question_language(question: str) -> str | None:
    """Return the language of a question, None if it is too short to tell.

    >>> [question_language(q) for q in ("谁会见了高市早苗？", "Who is 李在明?", "Tokyo")]
    ['zh', 'en', None]
    """
    start = question[:START]
    # "Who is 李在明?": a Chinese name alone does not make the question Chinese
    return "en" if ENGLISH_QUESTION.search(start) else detect(start)


def reply_language(question: str, page_language: str = "en") -> str:
    """Return the language to reply in: that of the question if the page knows it, else the page's.

    >>> [reply_language(q) for q in ("谁会见了高市早苗？", "Who met her?", "誰ですか", "Tokyo")]
    ['zh', 'en', 'ja', 'en']
    """
    asked = (question_language(question) or "").partition("-")[0]
    return asked if asked in PAGE_LANGUAGES else page_language


def languages_across(answer: Answer) -> tuple[str, str] | None:
    """Return the languages of a question and of the passage that answers it, if they differ."""
    if not answer.answered:
        return None
    asked, answered = question_language(answer.question), answer.citations[0].language
    if not asked or not answered:
        return None
    codes = asked.partition("-")[0], answered.partition("-")[0]
    return codes if codes[0] != codes[1] else None

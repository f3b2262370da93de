"""Which language a question was asked in, and which one answered it, where they differ."""

import re

from index.text.language import detect
from qa.answers.answering import Answer

from .words import PAGE_LANGUAGES

ENGLISH_QUESTION = re.compile(
    r"\b(?:who|whom|whose|what|when|where|which|why|how|were|did|does)\b", re.I
)
# Where the detector cannot tell: words that other languages hardly have in a question.
QUESTIONS = {
    "es": re.compile(r"¿|\b(?:quién(?:es)?|qué|cuándo|dónde|cuál(?:es)?|cuánt[oa]s?)\b", re.I),
    "fr": re.compile(r"\b(?:qui|quand|où|pourquoi|quels?|quelles?|combien)\b", re.I),
    "de": re.compile(r"\b(?:wer|wen|wem|wann|wohin|woher|warum|weshalb|welche[mnrs]?)\b", re.I),
    # Arabic letters, and none that Persian, Urdu or Kurdish write instead of them or beside them
    "ar": re.compile(r"\A[^پچژگکیےہھںٹڈڑڵێۆ]*[ء-ي]{2}[^پچژگکیےہھںٹڈڑڵێۆ]*\Z"),
}
START = 200  # characters of a question that are looked at


def question_language(question: str) -> str | None:
    """Return the language of a question, None if it is too short to tell.

    >>> [question_language(q) for q in ("谁会见了高市早苗？", "Who is 李在明?", "Tokyo")]
    ['zh', 'en', None]
    >>> [question_language(q) for q in ("Wer gewann?", "¿Y cuándo?", "متى وقعت الحرب؟")]
    ['de', 'es', 'ar']
    """
    start = question[:START]
    # "Who is 李在明?": a Chinese name alone does not make the question Chinese
    if ENGLISH_QUESTION.search(start):
        return "en"
    marked = (code for code, pattern in QUESTIONS.items() if pattern.search(start))
    return detect(start) or next(marked, None)


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

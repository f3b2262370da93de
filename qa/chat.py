"""A turn of the chat: message + history -> reply, with the paragraph around each piece of evidence.

Pure functions over an archive, with no page in sight: how a reply looks is `qa/chat_html.py`,
which questions to begin with is `qa/chat_examples.py`.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from index.article import Article
from index.errors import ArchiveError
from index.language import detect

from .archive import Answer, Citation

MOST_SOURCES = 5  # shown under an answer
AROUND = 600  # characters of its paragraph shown on each side of the evidence
ENGLISH_QUESTION = re.compile(
    r"\b(?:who|whom|whose|what|when|where|which|why|how|is|are|was|were|did|does|do)\b", re.I
)


class AnswersQuestions(Protocol):
    """What a turn needs of `qa.Archive`."""

    def answer(self, question: str, history: Sequence[Answer] = ()) -> Answer: ...

    def article(self, id: str) -> Article: ...


@dataclass(frozen=True, slots=True)
class Source:
    """A citation and the rest of its paragraph; "…" stands where a long paragraph is cut."""

    citation: Citation
    before: str = ""
    after: str = ""


@dataclass(frozen=True, slots=True)
class Reply:
    """What is said to a question: an answer with its sources, or the problem with the question."""

    question: str
    language: str  # of the words around the answer: "zh" | "en"
    answer: Answer | None = None
    sources: tuple[Source, ...] = ()
    problem: str | None = None


def respond(archive: AnswersQuestions, message: str, history: Sequence[Reply] = ()) -> Reply:
    """Answer `message`; a question that the archive refuses gives a reply that says why."""
    question = readable(message)
    language = language_of(question)
    earlier = tuple(reply.answer for reply in history if reply.answer)
    try:
        answer = archive.answer(question, history=earlier)
    except ArchiveError as error:
        return Reply(question, language, problem=str(error))
    sources = tuple(_source(archive, c) for c in answer.citations[:MOST_SOURCES])
    return Reply(question, language, answer, sources)


def failure(message: str) -> Reply:
    """The reply for when answering broke down; it says no more than that."""
    question = readable(message)
    return Reply(question, language_of(question))


def readable(message: str) -> str:
    """The message without white space around it; half characters (lone surrogates) become "?"."""
    return message.encode("utf-8", "replace").decode().strip()


def language_of(question: str) -> str:
    """The language to reply in.

    >>> language_of("谁会见了高市早苗？"), language_of("Who met her?"), language_of("誰ですか")
    ('zh', 'en', 'en')
    """
    start = question[:200]
    # "Who is 李在明?": the name alone does not make it a Chinese question
    if ENGLISH_QUESTION.search(start):
        return "en"
    return "zh" if detect(start) == "zh" else "en"


def paragraph(text: str, start: int, end: int) -> tuple[int, int]:
    r"""The bounds of the paragraph (or paragraphs) that text[start:end] stands in.

    >>> paragraph("One.\n\nTwo. Three.\n\nFour.", 11, 17)
    (6, 17)
    """
    before, after = text.rfind("\n\n", 0, start), text.find("\n\n", end)
    return (0 if before < 0 else before + 2), (len(text) if after < 0 else after)


def _source(archive: AnswersQuestions, citation: Citation) -> Source:
    try:
        text = archive.article(citation.article_id).text
    except ArchiveError:  # taken out of the archive since: the citation still bears its own words
        return Source(citation)
    start, end = paragraph(text, citation.start, citation.end)
    if citation.kind == "title":  # a headline alone says little: show how the article begins
        _, end = paragraph(text, start, min(end + 2, len(text)))
    before, after = text[start : citation.start], text[citation.end : end]
    if len(before) > AROUND:
        before = f"…{before[-AROUND:]}"
    if len(after) > AROUND:
        after = f"{after[:AROUND]}…"
    return Source(citation, before, after)

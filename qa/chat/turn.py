"""A turn of the chat: message + history -> reply, with the paragraph around each piece of evidence.

Pure functions over an archive, with no page in sight: how a reply looks is `qa/chat/reply.py`,
which questions to begin with is `qa/chat/examples.py`.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from index.article import Article
from index.errors import ArchiveError
from index.store.base.search_filter import NO_FILTER, SearchFilter
from index.text.language import detect
from qa.answers.answering import Answer
from qa.answers.citing import Citation
from qa.retrieval.retriever import Hit

from .plain_text import beginning, ending

MOST_SOURCES = 5  # shown under an answer
UNLIKELY = 0.05  # confidence below which another candidate is not worth a look
MOST_FOUND = 3  # articles named while an answer is being chosen
AROUND = 600  # characters of its paragraph shown on each side of the evidence
ENGLISH_QUESTION = re.compile(
    r"\b(?:who|whom|whose|what|when|where|which|why|how|is|are|was|were|did|does|do)\b", re.I
)


class AnswersQuestions(Protocol):
    """What a turn needs of `qa.Archive`."""

    def stages(
        self, question: str, history: Sequence[Answer] = (), only: SearchFilter = NO_FILTER
    ) -> Iterator[list[Hit] | Answer]: ...

    def article(self, id: str) -> Article: ...

    def count_undated(self) -> int: ...


@dataclass(frozen=True, slots=True)
class Source:
    """A citation and the rest of its paragraph; "…" stands where a long paragraph is cut."""

    citation: Citation
    before: str = ""
    after: str = ""
    answer: Answer | None = None  # the answer, or other candidate, that stands there


@dataclass(frozen=True, slots=True)
class Reply:
    """What is said to a question: an answer with its sources, or the problem with the question."""

    question: str
    language: str  # of the words around the answer: "zh" | "en"
    answer: Answer | None = None
    sources: tuple[Source, ...] = ()
    problem: str | None = None
    only: SearchFilter = field(default=NO_FILTER)  # the part of the archive that was asked
    undated: int = 0  # articles left out because they bear no date
    passages: int = 0  # found so far, before there is an answer
    found: tuple[str, ...] = ()  # titles of the articles that they stand in


def respond(archive: AnswersQuestions, message: str, history: Sequence[Reply] = ()) -> Reply:
    """Answer `message`; a question that the archive refuses gives a reply that says why."""
    *_, reply = responding(archive, message, history)
    return reply


def responding(
    archive: AnswersQuestions,
    message: str,
    history: Sequence[Reply] = (),
    **only: str | None,
) -> Iterator[Reply]:
    """The reply to `message` as it comes about: nothing yet, passages found, the answer.

    `only` narrows the archive: after, before, language, article.
    """
    question = readable(message)
    language = language_of(question)
    yield Reply(question, language)
    earlier = tuple(reply.answer for reply in history if reply.answer)
    try:
        narrowing = SearchFilter.of(**only)
        undated = archive.count_undated() if narrowing.dated else 0
        for stage in archive.stages(question, earlier, narrowing):
            if isinstance(stage, Answer):
                sources = tuple(_sources(archive, stage))
                yield Reply(question, language, stage, sources, only=narrowing, undated=undated)
            else:
                titles = dict.fromkeys(hit.article.title or hit.article.place for hit in stage)
                found = tuple(titles)[:MOST_FOUND]
                yield Reply(question, language, passages=len(stage), found=found)
    except ArchiveError as error:
        yield Reply(question, language, problem=str(error))


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


def _sources(archive: AnswersQuestions, answer: Answer) -> Iterator[Source]:
    """The sources of an answer, then those of the other candidates."""
    own = answer if answer.answered else None
    for citation in answer.citations[:MOST_SOURCES]:
        yield _source(archive, citation, own)
    for other in (o for o in answer.alternatives if o.confidence >= UNLIKELY):
        yield _source(archive, other.citations[0], other)


def _source(archive: AnswersQuestions, citation: Citation, answer: Answer | None) -> Source:
    try:
        text = archive.article(citation.article_id).text
    except ArchiveError:  # taken out of the archive since: the citation still bears its own words
        return Source(citation, answer=answer)
    start, end = paragraph(text, citation.start, citation.end)
    if citation.kind == "title":  # a headline alone says little: show how the article begins
        _, end = paragraph(text, start, min(end + 2, len(text)))
    before = ending(text[start : citation.start], AROUND)
    after = beginning(text[citation.end : end], AROUND)
    return Source(citation, before, after, answer)

"""How the conversation looks: questions, replies and the page's heading as HTML.

Python prepares plain values here; `templates/` holds the markup, and `rendering.py` sees to it that
no text from articles, titles, file names or questions is ever read as HTML or Markdown.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from index.text.terminal import shorten
from qa.answers.answering import Answer
from qa.question_log.log import VERDICTS

from .export import reference
from .groups import group_lines, has_timeline, item_lines
from .languages import languages_across
from .phrases.problems import explain
from .plain_text import keep_start, names_of
from .rendering import render
from .source import (
    Confidence,
    Quote,
    SourceDetails,
    describe,
    describe_confidence,
    filter_labels,
    language_code,
    language_name,
    split_quote,
)
from .turn import Reply, Source, archives_across
from .words import WORDS

MAX_QUESTION = 2000  # characters
MAX_PROBLEM = 240  # characters
NOTHING: dict[str, object] = {
    "answer": None, "undecided": False, "groups": (), "differs": False, "timeline": False,
    "items": (), "reference": "", "across": (), "permalink": None,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class _SourceItem:
    """One entry in the list of sources; `number` counts all sources of the reply from 1."""

    number: int
    details: SourceDetails
    text: str
    quote: Quote
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class _AnswerLine:
    """An answer in its sentence, with its confidence and the number of its source."""

    number: int
    code: str  # of the sentence's language
    quote: Quote
    confidence: Confidence


def messages(
    replies: Sequence[Reply], pending: Reply | None = None, *, judged: bool = False
) -> list[dict[str, str]]:
    """Return the conversation as Gradio chat messages.

    Args:
        replies: The finished turns, oldest first.
        pending: The question that is being answered, if any; it comes last.
        judged: Whether to ask under each answer if it is right.
    """
    shown: list[dict[str, str]] = []
    for turn, reply in enumerate(replies):
        last = pending is None and turn == len(replies) - 1
        shown.append(_message("user", question_html(reply.question)))
        shown.append(_message("assistant", reply_html(reply, turn, last=last, judged=judged)))
    if pending is not None:
        shown.append(_message("user", question_html(pending.question)))
        shown.append(_message("assistant", searching_html(pending)))
    return shown


def question_html(question: str) -> str:
    """Return the user's own message, as typed."""
    return render("question.html", question=keep_start(question, MAX_QUESTION))


def reply_html(reply: Reply, turn: int = 0, *, last: bool = False, judged: bool = False) -> str:
    """Return a reply as one line of HTML, which Markdown leaves alone.

    Args:
        reply: A finished reply.
        turn: Its index in the conversation, which citation buttons carry.
        last: Whether to offer corrections of how a follow-up question was understood.
        judged: Whether to ask if the answer is right.
    """
    answer = reply.answer if reply.answer and reply.answer.answered else None
    problem = None
    if reply.answer is None:
        words = WORDS[reply.language]
        problem = _as_sentence(explain(reply.problem or words["failed"], reply.language))
    return render(
        "reply.html",
        language=reply.language,
        words=WORDS[reply.language],
        turn=turn,
        last=last,
        problem=problem,
        understood=reply.answer.understood if reply.answer else None,
        filter_labels=filter_labels(reply.search_filter, reply.language, reply.earlier),
        undated=reply.undated,
        **(_shown(answer, reply.language) if answer else NOTHING),
        archives=archives_across(reply),
        names_counted=not (reply.earlier or any(s.citation.archive for s in reply.sources)),
        not_asked=names_of(reply.answer.not_asked if reply.answer else ()),
        sources=_source_items(reply) if reply.answer else [],
        missing=reply.answer.missing if reply.answer else (),
        other_answers=_other_answers(reply),
        verdicts=VERDICTS if judged and reply.answer and not reply.earlier else (),
        verdict=reply.verdict,
        stands=reply.stands,
    )


def searching_html(pending: Reply) -> str:
    """Return what is known while an answer is chosen: how many passages, from which articles."""
    return render(
        "searching.html",
        language=pending.language,
        words=WORDS[pending.language],
        passages_found=pending.passages_found,
        titles=pending.titles_found,
    )


def _message(role: str, content: str) -> dict[str, str]:
    return {"role": role, "content": content}


def _as_sentence(message: str) -> str:
    message = shorten(message, MAX_PROBLEM)
    return message[:1].upper() + message[1:] + ("" if message.endswith((".", "。")) else ".")


def _shown(answer: Answer, language: str) -> dict[str, object]:
    """Return what the template shows of an answer that is one."""
    codes = languages_across(answer) or ()
    return {
        "answer": _answer_line(1, answer, language),
        "undecided": answer.undecided,
        "groups": group_lines(answer, language),
        "differs": answer.differs,
        "timeline": has_timeline(answer),
        "items": item_lines(answer),
        "reference": reference(answer, language),
        "across": [(code, language_name(code, language)) for code in codes],
        "permalink": answer.permalink,
    }


def _answer_line(number: int, answer: Answer, language: str) -> _AnswerLine:
    cited = answer.citations[0]
    return _AnswerLine(
        number,
        language_code(cited.language),
        split_quote(cited, answer),
        describe_confidence(answer.confidence, language),
    )


def _source_items(reply: Reply) -> list[_SourceItem]:
    """Return the sources of the answer itself, or the closest passages if there is none."""
    return [
        _source_item(number, source, reply)
        for number, source in enumerate(reply.sources, start=1)
        if source.answer is None or source.answer is reply.answer
    ]


def _source_item(number: int, source: Source, reply: Reply) -> _SourceItem:
    citation = source.citation
    return _SourceItem(
        number,
        describe(citation, reply.language),
        citation.text,
        split_quote(citation, reply.answer if number == 1 else None),
        source.before,
        source.after,
    )


def _other_answers(reply: Reply) -> list[_AnswerLine]:
    """Return the other candidate answers, each with its confidence and source."""
    return [
        _answer_line(number, source.answer, reply.language)
        for number, source in enumerate(reply.sources, start=1)
        if source.answer and source.answer is not reply.answer
    ]

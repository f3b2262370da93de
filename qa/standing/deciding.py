"""Whether the answer to a standing question is news: it was found, lost, or says something else."""

import datetime

from qa.agreement.comparing import compare
from qa.agreement.names import same_text
from qa.agreement.statement import Statement

from .records import Kind, KnownAnswer


def kind_of_news(question: str, before: KnownAnswer, answer: KnownAnswer) -> Kind | None:
    """Return what changed since the answer before, or None if nothing that people would notice.

    Another source or sentence that says the same is no news ("8.6%" after "8.6 percent"); equal
    words that mean another thing are ("on Monday", of another week).
    """
    if answer.text is None:
        return None if before.text is None else "withdrawn"
    if before.text is None:
        return "answered"
    one, other = _statement(question, before), _statement(question, answer)
    relation = compare(one, other) if one and other else "also"
    if relation == "same" or (relation == "also" and same_text(before.text, answer.text)):
        return None
    return "changed"


def _statement(question: str, answer: KnownAnswer) -> Statement | None:
    text = answer.text or ""
    start = answer.sentence.find(text)
    if start < 0:
        return None
    day = answer.source.day if answer.source else None
    written = datetime.date.fromisoformat(day) if day else None
    return Statement(question, answer.sentence, start, start + len(text), written)

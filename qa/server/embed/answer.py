"""An answer as the embedded box shows it: plain texts, in the words of the browser's language."""

from typing import Any

from index.text.terminal import shorten
from qa.answers.answering import Answer
from qa.answers.citing import Citation
from qa.chat.plain_text import strip_invisible
from qa.chat.source import describe, describe_confidence, language_code, split_quote
from qa.chat.words import WORDS

MAX_SOURCES = 4
MAX_TEXT = 300  # characters of a source; the permalink leads to all of it


def box_answer(answer: Answer, language: str) -> dict[str, Any]:
    """Return what the box shows of an answer; without one, the closest passages."""
    words, citations = WORDS[language], answer.citations
    answered = answer.answered and answer.text is not None and bool(citations)
    said, sentence, sure = words["no_answer"], ["", "", ""], ""
    if answered:
        quote = split_quote(citations[0], answer)
        parts = (quote.before, quote.answer or "", quote.after)
        sentence = [strip_invisible(part) for part in parts]
        confidence = describe_confidence(answer.confidence, language)
        sure = f"{words[confidence.level]} ({confidence.percent})"
        said = words["undecided"] if answer.undecided else ""
    elif citations:
        said = f"{said} {words['closest']}"
    return {
        "said": said,
        "text": strip_invisible(answer.text or "") if answered else "",
        "sentence": sentence,
        "sure": sure,
        "language": language_code(citations[0].language) if citations else "",
        "sources": [_source(one, language, answered) for one in citations[:MAX_SOURCES]],
    }


def _source(citation: Citation, language: str, answered: bool) -> dict[str, Any]:
    """Return a source with its link; under an answer its text stands above already."""
    details = describe(citation, language)
    text = "" if answered else shorten(strip_invisible(citation.text), MAX_TEXT)
    return {
        "title": strip_invisible(details.title or details.place),
        "date": citation.date.isoformat() if citation.date else "",
        "text": text,
        "language": details.code,
        "link": citation.permalink or "",
    }

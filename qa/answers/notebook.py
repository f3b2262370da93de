"""Answers in a notebook: a small piece of HTML in which all text is escaped."""

from collections.abc import Sequence
from html import escape

from .citing import Citation, source_name


def answer_html(
    question: str,
    text: str | None,
    confidence: float,
    cited: list[Citation],
    items: Sequence[str] = (),
) -> str:
    """Return an answer with its items and sources, or that there is none, with closest passages.

    Nothing in it is a link or is loaded from anywhere.
    """
    rows = [f"<p><b>{escape(question)}</b></p>"]
    if text is None:
        rows.append("<p>The archive does not hold an answer to this. The closest passages:</p>")
    else:
        rows.append(f"<p>{escape(text)} <small>({confidence:.0%} confident)</small></p>")
    if items:
        rows.append(f"<ol>{''.join(f'<li>{escape(item)}</li>' for item in items)}</ol>")
    rows += [_source_html(citation) for citation in cited]
    return f"<div>{''.join(rows)}</div>"


def _source_html(citation: Citation) -> str:
    facts = (citation.title, citation.date, source_name(citation))
    about = " · ".join(escape(str(fact)) for fact in facts if fact)
    text = f'<bdi dir="auto">{escape(citation.text)}</bdi>'
    return f"<blockquote>{text}<br><small>{about}</small></blockquote>"

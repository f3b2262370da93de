"""Save a conversation: as Markdown for people, as JSON for programs, one answer as a reference.

Articles, questions and file names stay literal text: nothing in them becomes a link, a picture,
HTML or a heading of the Markdown.
"""

import json
import re
from collections.abc import Iterator, Sequence
from typing import Any

from index.text.terminal import shorten
from qa.answers.answering import Answer, as_dict
from qa.answers.citing import Citation, source_name

from .groups import GroupLine, ItemLine, group_lines, item_citations, item_lines
from .plain_text import names_of, strip_invisible
from .source import (
    change_line,
    confidence_level,
    filter_labels,
    language_name,
    location_name,
    url_at_page,
)
from .turn import Reply
from .words import WORDS

MAX_REFERENCE = 2000  # characters of a sentence or title in a reference
SPECIAL = re.compile(r"[\\`*_{}\[\]<>#|~&$^!=]|:(?=[/\w])")
AT_LINE_START = re.compile(r"^(\s*)(?:([-+])|(\d+)([.)]))")
BARE_LINK = re.compile(r"(?i)(www)\.")
AT_SIGNS = re.compile(r"@+")  # as code: GitHub links e-mail addresses even if they are escaped


def reference(answer: Answer, language: str) -> str:
    """Return an answer and its source on one line, for a footnote or a notebook.

    "Ann Lee" — "The mayor, Ann Lee, opened the bridge." The bridge, 2025-01-02, English, a.txt
    """
    citation = answer.citations[0]
    quotes = [answer.text or ""] if answer.text != citation.text else []
    quotes.append(citation.text)
    quoted = " — ".join(f"“{_reference_line(quote)}”" for quote in quotes)
    place = _reference_line(url_at_page(citation) or source_name(citation))
    location = location_name(citation.location, language)
    facts = filter(None, [*_known_facts(citation, language), place, location])
    return f"{quoted} {', '.join(facts)}"


def as_json(replies: Sequence[Reply]) -> str:
    """Return every field of every turn as JSON; dates as "2025-10-28"."""
    turns = [_fields(reply) for reply in replies]
    text = json.dumps({"conversation": turns}, ensure_ascii=False, default=str, indent=2)
    return text.encode("utf-8", "replace").decode()  # file names may hold lone surrogates


def as_markdown(replies: Sequence[Reply]) -> str:
    """Return the conversation with its citations; an empty one is only the heading."""
    blocks = ["# Archive QA"]
    for number, reply in enumerate(replies, start=1):
        blocks += _turn(number, reply)
    return "\n\n".join(blocks) + "\n"


def literal(text: str) -> str:
    r"""Escape text from outside so that Markdown shows it literally, on one line.

    >>> literal("[a](http://b.example) <i> 10:30")
    '\\[a\\](http\\://b.example) \\<i\\> 10\\:30'
    """
    line = " ".join(strip_invisible(text).split())
    line = BARE_LINK.sub(r"\1\\.", SPECIAL.sub(r"\\\g<0>", line))
    line = AT_LINE_START.sub(lambda m: f"\\{m[2]}" if m[2] else f"{m[3]}\\{m[4]}", line)
    return AT_SIGNS.sub(lambda match: f"`{match[0]}`", line)


def code_span(text: str) -> str:
    """Return a file name or an address as a Markdown code span, where nothing has a meaning.

    >>> code_span("a`b")
    '``a`b``'
    """
    line = " ".join(strip_invisible(text).split()) or " "
    longest_run = max((len(run) for run in re.findall("`+", line)), default=0)
    ticks = "`" * (longest_run + 1)
    padding = " " if line.startswith("`") or line.endswith("`") else ""
    return f"{ticks}{padding}{line}{padding}{ticks}"


def _turn(number: int, reply: Reply) -> Iterator[str]:
    """Yield the Markdown blocks of one turn."""
    words, answer = WORDS[reply.language], reply.answer
    yield f"## {number}\\. {literal(reply.question)}"
    if answer is None:
        yield literal(reply.problem or words["failed"])
        return
    if answer.understood:
        yield words["understood_as"].format(literal(answer.understood))
    if labels := filter_labels(reply.search_filter, reply.language, reply.earlier):
        yield words["searched_only"].format(" · ".join(map(literal, labels)))
    if answer.not_asked:
        yield words["not_asked"].format(literal(names_of(answer.not_asked)))
    if answer.answered:
        yield from _answered(answer, reply.language)
    else:
        yield words["no_answer"]
        if answer.missing:
            yield words["missing"].format(words["separator"].join(map(literal, answer.missing)))
    for position, citation in enumerate([*answer.citations, *item_citations(answer)], start=1):
        yield _cited(position, citation, reply.language)
    if not answer.answered and answer.alternatives:
        unsure = answer.alternatives[0]
        yield f"{words['unsure']} ({unsure.confidence:.2f}):"
        yield _cited(len(answer.citations) + 1, unsure.citations[0], reply.language)
    if reply.verdict:
        yield f"{words['verdict']} {words[reply.verdict]}"


def _answered(answer: Answer, language: str) -> Iterator[str]:
    """Yield an answer with its confidence, its items, and what the sources say."""
    words = WORDS[language]
    level = words[confidence_level(answer.confidence)]
    yield f"**{literal(answer.text or '')}** — {level} ({answer.confidence:.2f})"
    if answer.undecided:
        yield words["undecided"]
    if items := item_lines(answer):
        yield _items(items, words["items"].format(len(items)))
    if lines := group_lines(answer, language):
        heading = words["sources_differ" if answer.differs else "sources_agree"]
        yield _groups(lines, f"{heading}{words['colon'].rstrip()}")


def _items(lines: Sequence[ItemLine], heading: str) -> str:
    numbers = ("".join(rf"\[{number}\]" for number in line.numbers) for line in lines)
    items = [f"- {literal(line.text)} {n}" for line, n in zip(lines, numbers, strict=True)]
    return "\n".join([f"{literal(heading)}:", "", *items])


def _groups(lines: Sequence[GroupLine], heading: str) -> str:
    """Return what the sources say as a list under a heading."""
    items = [f"- {literal(line.value)} · {literal(line.about)}" for line in lines]
    return "\n".join([heading, "", *items])


def _cited(number: int, citation: Citation, language: str) -> str:
    """Return one citation as a block quote with its source."""
    quoted = "\n>\n".join(
        f"> {literal(line)}" for line in strip_invisible(citation.text).split("\n") if line.strip()
    )
    facts = [literal(fact) for fact in _known_facts(citation, language)]
    places = filter(None, [source_name(citation), url_at_page(citation)])
    location = literal(location_name(citation.location, language))
    source = ", ".join(filter(None, [*facts, *map(code_span, places), location]))
    also_in = list(dict.fromkeys(map(source_name, citation.also_in)))
    if also_in:
        also = WORDS[language]["also_in"].format(", ".join(map(code_span, also_in)))
        source += f" ({also})"
    if citation.changed:
        source += f" ({literal(change_line(citation.changed, language))})"
    if citation.permalink:  # nothing in it has a meaning in Markdown
        source += f", [{WORDS[language]['permalink']}]({citation.permalink})"
    return f"{quoted}\n>\n> \\[{number}\\] {source}"


def _known_facts(citation: Citation, language: str) -> list[str]:
    """Return title, date and language, as far as they are known."""
    date = citation.date.isoformat() if citation.date else ""
    name = language_name(citation.language, language)
    return [fact for fact in (_reference_line(citation.title or ""), date, name) if fact]


def _reference_line(text: str) -> str:
    return shorten(strip_invisible(text), MAX_REFERENCE)


def _fields(reply: Reply) -> dict[str, Any]:
    return {
        "question": reply.question,
        "only": reply.search_filter.arguments(),
        "earlier": reply.earlier,
        "undated": reply.undated,
        "problem": reply.problem,
        "answer": as_dict(reply.answer) if reply.answer else None,
        "verdict": reply.verdict,
    }

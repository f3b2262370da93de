"""A conversation to take away: Markdown for people, JSON for programs, an answer as a reference.

What articles, questions and file names say stays text: in the Markdown nothing of it becomes a
link, a picture, HTML or a heading.
"""

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from typing import Any

from qa.answers.answering import Answer
from qa.answers.citing import Citation, named

from .plain_text import shortened, visible
from .source import language_name, level, part
from .turn import Reply
from .words import WORDS

LONGEST_REFERENCE = 2000  # characters of a sentence or title in a reference
MARKS = re.compile(r"[\\`*_{}\[\]<>#|~&$^!=]|:(?=[/\w])")
AT_LINE_START = re.compile(r"^(\s*)(?:([-+])|(\d+)([.)]))")
LINK_WORD = re.compile(r"(?i)(www)\.")
AT_SIGNS = re.compile(r"@+")  # in a code span: some readers make links of addresses after escaping


def reference(answer: Answer, language: str) -> str:
    """An answer with its source, on one line, for a footnote or a notebook.

    "Ann Lee" — "The mayor, Ann Lee, opened the bridge." The bridge, 2025-01-02, English, a.txt
    """
    cited = answer.citations[0]
    quoted = [answer.text or ""] if answer.text != cited.text else []
    quoted.append(cited.text)
    said = " — ".join(f"“{_line(words)}”" for words in quoted)
    return f"{said} {', '.join(_about(cited, language))}"


def as_json(replies: Sequence[Reply]) -> str:
    """Every field of every turn; days as "2025-10-28"."""
    turns = [_fields(reply) for reply in replies]
    shown = json.dumps({"conversation": turns}, ensure_ascii=False, default=str, indent=2)
    return shown.encode("utf-8", "replace").decode()  # file names may hold half characters


def as_markdown(replies: Sequence[Reply]) -> str:
    """The conversation with its citations; an empty one is its heading alone."""
    parts = ["# Archive QA"]
    for number, reply in enumerate(replies, start=1):
        parts += _turn(number, reply)
    return "\n\n".join(parts) + "\n"


def literal(words: str) -> str:
    r"""Words from outside as Markdown that shows them as they are, on one line.

    >>> literal("[a](http://b.example) <i> 10:30")
    '\\[a\\](http\\://b.example) \\<i\\> 10\\:30'
    """
    line = " ".join(visible(words).split())
    line = LINK_WORD.sub(r"\1\\.", MARKS.sub(r"\\\g<0>", line))
    line = AT_LINE_START.sub(lambda m: f"\\{m[2]}" if m[2] else f"{m[3]}\\{m[4]}", line)
    return AT_SIGNS.sub(lambda found: f"`{found[0]}`", line)


def code(words: str) -> str:
    """A file name or an address as a code span, in which nothing means anything.

    >>> code("a`b")
    '``a`b``'
    """
    line = " ".join(visible(words).split()) or " "
    ticks = max((len(run) for run in re.findall("`+", line)), default=0)
    edge = " " if line.startswith("`") or line.endswith("`") else ""
    return f"{'`' * (ticks + 1)}{edge}{line}{edge}{'`' * (ticks + 1)}"


def _turn(number: int, reply: Reply) -> Iterator[str]:
    words, answer = WORDS[reply.language], reply.answer
    yield f"## {number}\\. {literal(reply.question)}"
    if answer is None:
        yield literal(reply.problem or words["failed"])
        return
    if answer.understood:
        yield words["understood"].format(literal(answer.understood))
    if reply.only:
        yield words["only"].format(" · ".join(map(literal, part(reply.only, reply.language))))
    if answer.answered:
        sure = f"{words[level(answer.confidence)]} ({answer.confidence:.2f})"
        yield f"**{literal(answer.text or '')}** — {sure}"
    else:
        yield words["none"]
    for place, citation in enumerate(answer.citations, start=1):
        yield _cited(place, citation, reply.language)


def _cited(number: int, citation: Citation, language: str) -> str:
    quoted = "\n>\n".join(
        f"> {literal(line)}" for line in visible(citation.text).split("\n") if line.strip()
    )
    about = [literal(part) for part in _known(citation, language)]
    places = [named(citation), *([citation.url] if citation.url else [])]
    where = ", ".join([*about, *map(code, places)])
    also = list(dict.fromkeys(map(named, citation.also_in)))
    if also:
        where += f" ({WORDS[language]['also'].format(', '.join(map(code, also)))})"
    return f"{quoted}\n>\n> \\[{number}\\] {where}"


def _about(citation: Citation, language: str) -> list[str]:
    return [*_known(citation, language), _line(citation.url or named(citation))]


def _known(citation: Citation, language: str) -> list[str]:
    """Title, date and language, as far as they are known."""
    day = citation.date.isoformat() if citation.date else ""
    spoken = language_name(citation.language, language)
    return [part for part in (_line(citation.title or ""), day, spoken) if part]


def _line(words: str) -> str:
    return shortened(visible(words), LONGEST_REFERENCE)


def _fields(reply: Reply) -> dict[str, Any]:
    return {
        "question": reply.question,
        "only": asdict(reply.only),
        "undated": reply.undated,
        "problem": reply.problem,
        "answer": asdict(reply.answer) if reply.answer else None,
    }

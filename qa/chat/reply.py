"""How a reply looks: HTML in which every word that is not ours is shown as text.

Articles, titles, file names and questions are written by anyone. `text` makes them inert for HTML
and for Markdown alike, because chat pages read both; nothing else here lets their characters by.
"""

from collections.abc import Sequence

from qa.answers.answering import Answer
from qa.answers.citing import Citation

from .export import reference
from .plain_text import attribute, beginning, shortened, text
from .source import elsewhere, evidence, language, level, line, link, part, where
from .turn import Reply, Source
from .words import WORDS, both

__all__ = ["begin_html", "heading_html", "messages", "question_html", "reply_html"]

LONGEST_QUESTION = 2000
LONGEST_TITLE = 140
LONGEST_PROBLEM = 240
LONGEST_PREVIEW = 90


def messages(replies: Sequence[Reply], asked: Reply | None = None) -> list[dict[str, str]]:
    """The conversation as chat messages; last a question that is being looked into."""
    shown: list[dict[str, str]] = []
    for turn, reply in enumerate(replies):
        shown.append({"role": "user", "content": question_html(reply.question)})
        last = asked is None and turn == len(replies) - 1
        shown.append({"role": "assistant", "content": reply_html(reply, turn, last=last)})
    if asked is not None:
        shown.append({"role": "user", "content": question_html(asked.question)})
        shown.append({"role": "assistant", "content": _looking(asked)})
    return shown


def question_html(question: str) -> str:
    """The user's own message, as typed."""
    shown = text(beginning(question, LONGEST_QUESTION))
    return f'<div class="qa-question" dir="auto">{shown}</div>'


def reply_html(reply: Reply, turn: int = 0, *, last: bool = False) -> str:
    """A reply on one line, so that Markdown sees one block of HTML and leaves it alone.

    `turn` is its place in the conversation, by which its citations are known to the page; in the
    `last` one it can be corrected how the question was understood.
    """
    words = WORDS[reply.language]
    if reply.answer is None:
        body = f'<div class="qa-problem">{text(_sentence(reply.problem or words["failed"]))}</div>'
    elif reply.answer.answered:
        body = _answered(reply, reply.answer, turn)
    else:
        body = f'<div class="qa-none">{words["none"]}</div>{_sources("closest", reply, turn)}'
    about = _understood(reply, last) + _narrowed(reply)
    return f'<div class="qa-reply" lang="{reply.language}">{about}{body}</div>'


def heading_html(articles: int) -> str:
    """The top of the page: what this is, how much it holds, and ways past it for the keyboard."""
    many = f"{articles:,} article" + ("" if articles == 1 else "s")
    counted = both(f"{many} in the archive", f"档案中有 {articles:,} 篇文章")
    skips = "".join(
        f'<button class="qa-act qa-{to}">{both(to)}</button>' for to in ("to-question", "to-source")
    )
    return (
        f'<nav class="qa-skip">{skips}</nav>'
        f'<header class="qa-head"><h1>Archive QA</h1><p>{both("what")}</p>'
        f'<p class="qa-count">{counted}</p></header>'
    )


def begin_html(questions: Sequence[str]) -> str:
    """What stands where there is no conversation yet: questions to begin with, as buttons."""
    label = f'<p class="qa-label">{both("begin")}</p>' if questions else ""
    listed = "".join(
        f'<li><button class="qa-ask" dir="auto" value="{attribute(question)}">{text(question)}'
        "</button></li>"
        for question in questions
    )
    return f'<div class="qa-begin"><h2>{both("welcome")}</h2>{label}<ul>{listed}</ul></div>'


def _looking(asked: Reply) -> str:
    """What is known while an answer is being chosen: the articles whose passages were found."""
    words = WORDS[asked.language]
    if not asked.passages:
        return f'<div class="qa-looking" lang="{asked.language}">{words["looking"]}</div>'
    found = words["found"].format(asked.passages)
    named = "".join(f"<li>{text(shortened(title, LONGEST_TITLE))}</li>" for title in asked.found)
    return f'<div class="qa-looking" lang="{asked.language}">{found}<ul>{named}</ul></div>'


def _understood(reply: Reply, last: bool) -> str:
    """How a follow-up question was read, and the two ways to correct it."""
    read = reply.answer.understood if reply.answer else None
    if not read:
        return ""
    words = WORDS[reply.language]
    said = words["understood"].format(f"<bdi>{text(shortened(read, LONGEST_PROBLEM))}</bdi>")
    ways = "".join(
        f'<button class="qa-act qa-{way}">{words[way]}</button>' for way in ("typed", "mend")
    )
    ways = f'<span class="qa-ways">{ways}</span>' if last else ""
    return f'<div class="qa-understood"><span>{said}</span>{ways}</div>'


def _narrowed(reply: Reply) -> str:
    """Which part of the archive was asked."""
    named = part(reply.only, reply.language)
    if not named:
        return ""
    words = WORDS[reply.language]
    shown = (f"<bdi>{text(shortened(one, LONGEST_PREVIEW))}</bdi>" for one in named)
    said = words["only"].format(" · ".join(shown))
    if reply.undated:
        said += f" {words['undated'].format(f'{reply.undated:,}')}"
    return f'<div class="qa-only">{said}</div>'


def _sentence(message: str) -> str:
    message = shortened(message, LONGEST_PROBLEM)
    return message[:1].upper() + message[1:] + ("" if message.endswith((".", "。")) else ".")


def _answered(reply: Reply, answer: Answer, turn: int) -> str:
    cited = answer.citations[0]
    return (
        f'<div class="qa-answer" {language(cited)} dir="auto">{evidence(cited, answer)} '
        f"{_cite(turn, 1, reply)}</div>"
        f'<div class="qa-about-it">{_confidence(answer, reply)}{_copy(answer, reply)}</div>'
        f"{_sources('sources', reply, turn)}{_others(reply, answer, turn)}"
    )


def _confidence(answer: Answer, reply: Reply) -> str:
    """In words, and in dots that are told apart without colour (chat.css)."""
    name = level(answer.confidence)
    percent = f"{min(99, round(100 * answer.confidence))}%"
    return (
        f'<span class="qa-confidence qa-{name}">{WORDS[reply.language][name]} '
        f'<span class="qa-percent">{percent}</span></span>'
    )


def _copy(answer: Answer, reply: Reply) -> str:
    """A button that bears what it copies: the answer as a reference."""
    words, copied = WORDS[reply.language], attribute(reference(answer, reply.language))
    return (
        f'<button class="qa-act qa-copy" value="{copied}"><span>{words["copy"]}</span>'
        f'<span class="qa-done" role="status" title="{words["copied"]}"></span></button>'
    )


def _cite(turn: int, number: int, reply: Reply) -> str:
    """A button that shows a source in the article beside the conversation."""
    label = WORDS[reply.language]["show"].format(number)
    return (
        f'<button class="qa-cite" value="{turn}-{number}" title="{label}" aria-label="{label}">'
        f"[{number}]</button>"
    )


def _others(reply: Reply, answer: Answer, turn: int) -> str:
    """The other candidate answers, each with its confidence and its source, one click away."""
    listed = [
        f'<li><span {language(other.citations[0])} dir="auto">'
        f"{evidence(other.citations[0], other)} {_cite(turn, number, reply)}</span>"
        f"{_confidence(other, reply)}</li>"
        for number, source in enumerate(reply.sources, start=1)
        if (other := source.answer) and other is not answer
    ]
    if not listed:
        return ""
    label = WORDS[reply.language]["others"].format(len(listed))
    return (
        f'<details class="qa-others"><summary>{label}</summary><ul>{"".join(listed)}</ul></details>'
    )


def _sources(label: str, reply: Reply, turn: int) -> str:
    own = [
        (number, source)
        for number, source in enumerate(reply.sources, start=1)
        if source.answer is None or source.answer is reply.answer
    ]
    listed = "".join(_source(number, source, reply, turn) for number, source in own)
    return f'<div class="qa-label">{WORDS[reply.language][label]}</div>{listed}' if own else ""


def _source(number: int, source: Source, reply: Reply, turn: int) -> str:
    """One citation; opened, it shows its paragraph with the evidence marked."""
    citation, answered = source.citation, reply.answer is not None and reply.answer.answered
    shown = text(citation.text)
    if answered and reply.answer:
        shown = f"<mark>{evidence(citation, reply.answer) if number == 1 else shown}</mark>"
    about = line("qa-title", citation.title, LONGEST_TITLE, citation)
    if not answered:
        about += line("qa-preview", citation.text, LONGEST_PREVIEW, citation)
    return (
        f'<details class="qa-source"><summary><span class="qa-number">[{number}]</span> '
        f'<span class="qa-about">{about}'
        f'<span class="qa-where">{where(citation, reply.language)}</span></span></summary>'
        f'<blockquote {language(citation)} dir="auto">'
        f"{text(source.before)}{shown}{text(source.after)}</blockquote>"
        f"{elsewhere(citation, reply.language)}{link(citation.url, reply.language)}"
        f"{_whole(citation, number, reply, turn)}</details>"
    )


def _whole(citation: Citation, number: int, reply: Reply, turn: int) -> str:
    label = WORDS[reply.language]["whole"]
    return f'<button class="qa-cite qa-whole" value="{turn}-{number}">{label}</button>'

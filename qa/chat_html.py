"""How a reply looks: HTML in which every word that is not ours is shown as text.

Articles, titles, file names and questions are written by anyone. `text` makes them inert for HTML
and for Markdown alike, because chat pages read both; nothing else here lets their characters by.
"""

import re
from collections.abc import Sequence
from urllib.parse import urlsplit

from .archive import Answer, Citation
from .chat import Reply, Source, language_of
from .chat_words import LANGUAGES, WORDS

LONGEST_QUESTION = 2000
LONGEST_TITLE = 140
LONGEST_PROBLEM = 240
LONGEST_PREVIEW = 90
LONGEST_PATH = 90
LONGEST_URL = 2000
MOST_PLACES = 4  # named in "also in ..."
HIGH, FAIR = 0.75, 0.4  # confidence from which on it is called so

# What is left out of display: control characters, and those that reorder or embed text around them.
INVISIBLE = re.compile(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]+")
LINE_ENDS = re.compile(r"\r\n?|[\u2028\u2029\x85]")
PUNCTUATION = re.compile(r"[!-/:-@\[-`{-~]")
LANGUAGE_CODE = re.compile(r"[a-zA-Z]{2,3}(-[a-zA-Z0-9]{1,8})*")


def text(words: str) -> str:
    """`words` as HTML that shows them literally, in Markdown too: punctuation becomes entities.

    >>> text("<b>$5</b>")
    '&#60;b&#62;&#36;5&#60;&#47;b&#62;'
    """
    shown = PUNCTUATION.sub(lambda found: f"&#{ord(found[0])};", visible(words))
    return shown.replace("\n", "<br>")


def visible(words: str) -> str:
    """`words` without the characters that hide or reorder what stands beside them."""
    whole = words.encode("utf-8", "replace").decode()  # file names may hold half characters
    return INVISIBLE.sub("", LINE_ENDS.sub("\n", whole).replace("\t", " "))


def shortened(words: str, most: int) -> str:
    """At most `most` characters on one line, "…" for what is cut."""
    line = " ".join(words[: 4 * most].split())
    return line if len(line) <= most else f"{line[: most - 1]}…"


def messages(replies: Sequence[Reply], asked: str | None = None) -> list[dict[str, str]]:
    """The conversation as chat messages; last a question `asked` that is being looked into."""
    shown: list[dict[str, str]] = []
    for reply in replies:
        shown.append({"role": "user", "content": question_html(reply.question)})
        shown.append({"role": "assistant", "content": reply_html(reply)})
    if asked is not None:
        looking = WORDS[language_of(asked)]["looking"]
        shown.append({"role": "user", "content": question_html(asked)})
        shown.append({"role": "assistant", "content": f'<div class="qa-looking">{looking}</div>'})
    return shown


def question_html(question: str) -> str:
    """The user's own message, as typed."""
    shown = question if len(question) <= LONGEST_QUESTION else f"{question[:LONGEST_QUESTION]}…"
    return f'<div class="qa-question" dir="auto">{text(shown)}</div>'


def reply_html(reply: Reply) -> str:
    """A reply on one line, so that Markdown sees one block of HTML and leaves it alone."""
    words = WORDS[reply.language]
    if reply.answer is None:
        body = f'<div class="qa-problem">{text(_sentence(reply.problem or words["failed"]))}</div>'
    elif reply.answer.answered:
        body = _answered(reply, reply.answer)
    else:
        body = f'<div class="qa-none">{words["none"]}</div>{_sources("closest", reply)}'
    return f'<div class="qa-reply" lang="{reply.language}">{body}</div>'


def heading_html(articles: int) -> str:
    """The top of the page: what this is, and how much it holds."""
    many = f"{articles:,} article" + ("" if articles == 1 else "s")
    return (
        '<header class="qa-head"><h1>Archive QA</h1>'
        "<p>Ask in any language. Every answer is a sentence of the archive, word for word, "
        f'with its source.</p><p class="qa-count">{many} · {articles:,} 篇文章</p></header>'
    )


def begin_html() -> str:
    """What stands above the questions to begin with."""
    return '<div class="qa-label">Questions to begin with · 可以这样问</div>'


def _sentence(message: str) -> str:
    message = shortened(message, LONGEST_PROBLEM)
    return message[:1].upper() + message[1:] + ("" if message.endswith((".", "。")) else ".")


def _answered(reply: Reply, answer: Answer) -> str:
    words, level = WORDS[reply.language], _level(answer.confidence)
    evidence = _evidence(answer.citations[0], answer)
    return (
        f'<div class="qa-answer" {_language(answer.citations[0])} dir="auto">{evidence} '
        '<span class="qa-number">[1]</span></div>'
        f'<div class="qa-confidence qa-{level}">{words[level]}</div>'
        f"{_sources('sources', reply)}"
    )


def _level(confidence: float) -> str:
    if confidence >= HIGH:
        return "high"
    return "fair" if confidence >= FAIR else "low"


def _evidence(citation: Citation, answer: Answer) -> str:
    """The cited text, with the short answer in bold where it holds it."""
    start, end = answer.start, answer.end
    if start is None or end is None or not citation.start <= start < end <= citation.end:
        return text(citation.text)
    before = citation.text[: start - citation.start]
    after = citation.text[end - citation.start :]
    return f"{text(before)}<strong>{text(answer.text or '')}</strong>{text(after)}"


def _sources(label: str, reply: Reply) -> str:
    if not reply.sources:
        return ""
    listed = "".join(_source(number, s, reply) for number, s in enumerate(reply.sources, start=1))
    return f'<div class="qa-label">{WORDS[reply.language][label]}</div>{listed}'


def _source(number: int, source: Source, reply: Reply) -> str:
    """One citation; opened, it shows its paragraph with the evidence marked."""
    citation, answered = source.citation, reply.answer is not None and reply.answer.answered
    evidence = text(citation.text)
    if answered and number == 1 and reply.answer:
        evidence = _evidence(citation, reply.answer)
    if answered:
        evidence = f"<mark>{evidence}</mark>"
    about = _line("qa-title", citation.title, LONGEST_TITLE, citation)
    if not answered:
        about += _line("qa-preview", citation.text, LONGEST_PREVIEW, citation)
    return (
        f'<details class="qa-source"><summary><span class="qa-number">[{number}]</span> '
        f'<span class="qa-about">{about}'
        f'<span class="qa-where">{_where(citation, reply.language)}</span></span></summary>'
        f'<blockquote {_language(citation)} dir="auto">'
        f"{text(source.before)}{evidence}{text(source.after)}</blockquote>"
        f"{_elsewhere(citation, reply.language)}{_link(citation.url, reply.language)}</details>"
    )


def _line(kind: str, words: str | None, most: int, citation: Citation) -> str:
    if not words:
        return ""
    return f'<bdi class="{kind}" {_language(citation)}>{text(shortened(words, most))}</bdi>'


def _where(citation: Citation, language: str) -> str:
    """Date, language and file: "2025-10-28 · English · teaser found in a.txt"."""
    file = _file(citation.path)
    if citation.kind == "teaser":
        file = WORDS[language]["teaser"].format(file)
    name = _language_name(citation.language, language)
    known = (citation.date and citation.date.isoformat(), name, file)
    return " · ".join(part for part in known if part)


def _language_name(code: str | None, language: str) -> str:
    if not code or not LANGUAGE_CODE.fullmatch(code):
        return ""
    names = LANGUAGES.get(code.lower().split("-")[0], (text(code), text(code)))
    return names[language == "zh"]


def _language(citation: Citation) -> str:
    """The attribute by which a browser chooses between Chinese and Japanese letter shapes."""
    code = citation.language or ""
    return f'lang="{code}"' if LANGUAGE_CODE.fullmatch(code) else 'lang=""'


def _file(path: str) -> str:
    """A file's name; of a long one the end, which tells it apart."""
    shown = path if len(path) <= LONGEST_PATH else f"…{path[1 - LONGEST_PATH :]}"
    return f'<bdi class="qa-file">{text(" ".join(shown.split()))}</bdi>'


def _elsewhere(citation: Citation, language: str) -> str:
    words = WORDS[language]
    paths = list(dict.fromkeys(place.path for place in citation.also_in))
    if not paths:
        return ""
    named = [_file(path) for path in paths[:MOST_PLACES]]
    if len(paths) > MOST_PLACES:
        named.append(words["more"].format(len(paths) - MOST_PLACES))
    return f'<div class="qa-also">{words["also"].format(", ".join(named))}</div>'


def _link(url: str | None, language: str) -> str:
    """A link only where it leads to a plain web address; it loads nothing until it is followed."""
    host = _web_host(url or "")
    if not url or not host:
        return ""
    label = WORDS[language]["original"].format(f"<bdi>{text(host)}</bdi>")
    return (
        f'<div class="qa-link"><a href="{text(url)}" target="_blank" '
        f'rel="noopener noreferrer nofollow">{label}</a></div>'
    )


def _web_host(url: str) -> str | None:
    if len(url) > LONGEST_URL or not url.isprintable() or re.search(r"[\s\\]", url):
        return None
    try:
        parts = urlsplit(url)
    except ValueError:
        return None
    return parts.hostname if parts.scheme.lower() in ("http", "https") else None

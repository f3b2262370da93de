"""What is shown of a citation: its words with the answer marked, title, date, language, file."""

import re
from urllib.parse import urlsplit

from index.store.base.search_filter import SearchFilter
from qa.answers.answering import Answer
from qa.answers.citing import Citation, named

from .plain_text import shortened, text
from .words import LANGUAGES, WORDS

LONGEST_PATH = 90
LONGEST_URL = 2000
MOST_PLACES = 4  # named in "also in ..."
HIGH, FAIR = 0.75, 0.4  # confidence from which on it is called so
LANGUAGE_CODE = re.compile(r"[a-zA-Z]{2,3}(-[a-zA-Z0-9]{1,8})*")


def level(confidence: float) -> str:
    """The name of a confidence: "high" | "fair" | "low"."""
    if confidence >= HIGH:
        return "high"
    return "fair" if confidence >= FAIR else "low"


def part(only: SearchFilter, language: str) -> list[str]:
    """Which part of the archive is meant, in words that are not yet made inert."""
    days = f"{only.after or '…'} – {only.before or '…'}" if only.dated else ""
    return [x for x in (days, language_name(only.language, language), only.article or "") if x]


def evidence(citation: Citation, answer: Answer) -> str:
    """The cited text, with the short answer in bold where it holds it."""
    start, end = answer.start, answer.end
    if start is None or end is None or not citation.start <= start < end <= citation.end:
        return text(citation.text)
    before = citation.text[: start - citation.start]
    after = citation.text[end - citation.start :]
    return f"{text(before)}<strong>{text(answer.text or '')}</strong>{text(after)}"


def line(kind: str, words: str | None, most: int, citation: Citation) -> str:
    if not words:
        return ""
    return f'<bdi class="{kind}" {language(citation)}>{text(shortened(words, most))}</bdi>'


def where(citation: Citation, language: str) -> str:
    """Date, language and place: "2025-10-28 · English · teaser found in a.zip#b.txt"."""
    file = file_name(named(citation))
    if citation.kind == "teaser":
        file = WORDS[language]["teaser"].format(file)
    name = language_name(citation.language, language)
    known = (citation.date and citation.date.isoformat(), name, file)
    return " · ".join(part for part in known if part)


def language_name(code: str | None, language: str) -> str:
    """What a language is called in the page's language; its code where that is not known."""
    if not code or not LANGUAGE_CODE.fullmatch(code):
        return ""
    names = LANGUAGES.get(code.lower().split("-")[0], (code, code))
    return names[language == "zh"]


def language(citation: Citation) -> str:
    """The attribute by which a browser chooses between Chinese and Japanese letter shapes."""
    code = citation.language or ""
    return f'lang="{code}"' if LANGUAGE_CODE.fullmatch(code) else 'lang=""'


def file_name(place: str) -> str:
    """A file, and where in it; of a long name the end, which tells it apart."""
    shown = place if len(place) <= LONGEST_PATH else f"…{place[1 - LONGEST_PATH :]}"
    return f'<bdi class="qa-file">{text(" ".join(shown.split()))}</bdi>'


def elsewhere(citation: Citation, language: str) -> str:
    words = WORDS[language]
    places = list(dict.fromkeys(map(named, citation.also_in)))
    if not places:
        return ""
    shown = [file_name(place) for place in places[:MOST_PLACES]]
    if len(places) > MOST_PLACES:
        shown.append(words["more"].format(len(places) - MOST_PLACES))
    return f'<div class="qa-also">{words["also"].format(", ".join(shown))}</div>'


def link(url: str | None, language: str) -> str:
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

"""What the page says about a citation, as plain data: title, date, language, file, quoted words.

No HTML here: `templates/macros.html` lays these values out, and escapes them.
"""

import re
from dataclasses import dataclass
from urllib.parse import urlsplit

from index.article import Location
from index.store.base.search_filter import SearchFilter
from qa.answers.answering import Answer
from qa.answers.citing import Change, Citation, source_name

from .phrases.cldr import counted, day, name_of_language, percent
from .words import WORDS

MAX_URL = 2000  # characters; a longer address is not linked
MAX_PLACES = 4  # named in "also in ..."
MAX_PATH = 90  # characters of a file name on the page
HIGH, FAIR = 0.75, 0.4  # lowest confidence of each level
ARCHIVE = re.compile(r"[\w.-]{1,40}: ")  # before a file name, of several archives
LANGUAGE_CODE = re.compile(r"[a-zA-Z]{2,3}(-[a-zA-Z0-9]{1,8})*")


@dataclass(frozen=True, slots=True)
class Quote:
    """A cited text in three parts; `answer` is None where no part of it is emphasised."""

    before: str
    answer: str | None = None
    after: str = ""


@dataclass(frozen=True, slots=True)
class SourceDetails:
    """What is known of a citation and its file, in the words of the page's language."""

    title: str | None
    code: str  # for the HTML attribute `lang`; "" if unknown
    facts: tuple[str, ...]  # date and language, as far as they are known
    place: str  # the file, and the member or line in it
    location: str  # "page 12" | "0:01:05" | ""
    is_teaser: bool
    also_in: tuple[str, ...]  # at most MAX_PLACES other places with the same text
    more_places: int  # further ones that are only counted
    also_published: tuple[str, ...]  # at most MAX_PLACES ids of articles with the same URL
    changed: str  # that the article had another text before, or ""
    url: str | None  # None unless it is a plain web address; that of a PDF names the page
    host: str | None


@dataclass(frozen=True, slots=True)
class Confidence:
    """A confidence as it is shown: "high" | "fair" | "low" and "87%"."""

    level: str
    percent: str


def describe(citation: Citation, language: str) -> SourceDetails:
    """Return what the page, in `language`, says about a citation."""
    date = citation.date.isoformat() if citation.date else ""
    places = list(dict.fromkeys(map(source_name, citation.also_in)))
    host = web_host(citation.url or "")
    return SourceDetails(
        title=citation.title,
        code=language_code(citation.language),
        facts=tuple(filter(None, (date, language_name(citation.language, language)))),
        place=source_name(citation),
        location=location_name(citation.location, language),
        is_teaser=citation.kind == "teaser",
        also_in=tuple(places[:MAX_PLACES]),
        more_places=max(0, len(places) - MAX_PLACES),
        also_published=citation.also_published[:MAX_PLACES],
        changed=change_line(citation.changed, language) if citation.changed else "",
        url=url_at_page(citation) if host else None,
        host=host,
    )


def change_line(change: Change, language: str) -> str:
    """Return "Changed since 2026-11-03: 2 sentences differ" in `language`."""
    since = WORDS[language]["changed_since"].format(day(change.since, language))
    return f"{since}{differing(change.sentences, language)}"


def differing(count: int, language: str) -> str:
    """Return ": 2 sentences differ" in `language`, or "" if it is not known how many do."""
    return counted("differ", count, language) if count else ""


def location_name(location: Location | None, language: str) -> str:
    """Return the page and the time of a location in `language`, or "".

    >>> location_name(Location(page=12), "en"), location_name(Location(seconds=65.5), "en")
    ('page 12', '0:01:05')
    """
    if location is None:
        return ""
    names = [] if location.page is None else [WORDS[language]["page"].format(location.page)]
    if location.seconds is not None:
        minutes, seconds = divmod(int(location.seconds), 60)
        names.append(f"{minutes // 60}:{minutes % 60:02}:{seconds:02}")
    return ", ".join(names)


def url_at_page(citation: Citation) -> str | None:
    """Return the citation's address; browsers open that of a PDF at the page named after "#"."""
    url, page = citation.url, citation.location and citation.location.page
    if not (url and page and web_host(url)) or "#" in url:
        return url
    is_pdf = urlsplit(url).path.lower().endswith(".pdf")
    return f"{url}#page={page}" if is_pdf else url


def split_quote(citation: Citation, answer: Answer | None) -> Quote:
    """Split the cited text around the short answer, if that lies within it."""
    if answer is None or answer.start is None or answer.end is None:
        return Quote(citation.text)
    if not citation.start <= answer.start < answer.end <= citation.end:
        return Quote(citation.text)
    before = citation.text[: answer.start - citation.start]
    after = citation.text[answer.end - citation.start :]
    return Quote(before, answer.text or "", after)


def confidence_level(confidence: float) -> str:
    """Return the name of a confidence between 0 and 1: "high" | "fair" | "low"."""
    if confidence >= HIGH:
        return "high"
    return "fair" if confidence >= FAIR else "low"


def describe_confidence(confidence: float, language: str = "en") -> Confidence:
    """Return a confidence as the page shows it in `language`; never 100%."""
    rounded = min(99, round(100 * confidence)) / 100
    return Confidence(confidence_level(confidence), percent(rounded, language))


def filter_labels(search_filter: SearchFilter, language: str, earlier: bool = False) -> list[str]:
    """Describe what was searched: `earlier` texts, or which days, language, article, names ..."""
    first, last = search_filter.after or "…", search_filter.before or "…"
    labels = (
        WORDS[language]["earlier_texts"] if earlier else "",
        f"{first} – {last}" if search_filter.dated else "",
        language_name(search_filter.language, language),
        search_filter.article or "",
        search_filter.archive or "",
        *search_filter.names,
    )
    return [label for label in labels if label]


def language_name(code: str | None, language: str) -> str:
    """Return a language's name in `language`, or its code if we have no name for it."""
    if not language_code(code):
        return ""
    assert code is not None
    return name_of_language(code, language)


def language_code(code: str | None) -> str:
    """Return a well-formed language code as it is, anything else as "".

    Browsers choose between Chinese and Japanese letter shapes by it.
    """
    return code if code and LANGUAGE_CODE.fullmatch(code) else ""


def shorten_path(place: str) -> str:
    """Cut a long file name at its start: its end tells files apart. An archive's name stays.

    >>> shorten_path("x" * 500 + ".txt")[-5:], len(shorten_path("x" * 500))
    ('x.txt', 90)
    """
    archive = ARCHIVE.match(place)
    name = archive[0] if archive else ""
    shown = place if len(place) <= MAX_PATH else f"{name}…{place[1 + len(name) - MAX_PATH :]}"
    return " ".join(shown.split())


def web_host(url: str) -> str | None:
    """Return the host of a plain http(s) address, None for anything else.

    >>> web_host("https://news.example/1"), web_host("javascript:alert(1)")
    ('news.example', None)
    """
    if len(url) > MAX_URL or not url.isprintable() or re.search(r"[\s\\]", url):
        return None
    try:
        parts = urlsplit(url)
    except ValueError:
        return None
    return parts.hostname or None if parts.scheme.lower() in ("http", "https") else None

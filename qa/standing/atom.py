"""News of standing questions as an Atom feed (RFC 4287); every text in it is plain text."""

import re
import uuid
from collections.abc import Sequence

from lxml import etree
from lxml.builder import ElementMaker

from .records import KnownAnswer, News

CONTENT_TYPE = "application/atom+xml; charset=utf-8"
ATOM = "http://www.w3.org/2005/Atom"
EPOCH = "1970-01-01T00:00:00+00:00"  # of a feed without news: it has never been updated
# What XML 1.0 cannot hold, and marks that turn the direction of the text around them
NOT_XML = re.compile(
    "[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]|[\u202a-\u202e\u2066-\u2069]"
)
KINDS = {
    "answered": "Answered",
    "changed": "Answered differently",
    "withdrawn": "No longer answered",
}


def atom(name: str, archive: str, news: Sequence[News]) -> bytes:
    """Return the feed of a name; its links are relative to where it was read from.

    So nothing in it depends on the name that a request, or a proxy, has for this server.

    Args:
        name: The feed's name.
        archive: What tells this archive from others, for the feed's id; it is not shown.
        news: The newest first.
    """
    make = ElementMaker(namespace=ATOM, nsmap={None: ATOM})
    identity = uuid.uuid5(uuid.NAMESPACE_URL, f"{archive} {name}")
    feed = make.feed(
        make.id(identity.urn),
        make.title(f"Standing questions: {name}"),
        make.updated(max((one.updated for one in news), default=EPOCH)),
        make.author(make.name("Archive QA")),
        make.link(rel="self", href=f"/feeds/{name}.atom"),
        *(_entry(make, one) for one in news),
    )
    text: bytes = etree.tostring(feed, xml_declaration=True, encoding="utf-8")
    return text


def _entry(make: ElementMaker, news: News) -> etree._Element:
    source = news.answer.source
    links = []
    if source and source.permalink:
        href = _clean(source.permalink)
        links.append(make.link(rel="alternate", type="text/html", href=href))
    return make.entry(
        make.id(uuid.UUID(news.key).urn),
        make.title(_clean(f"{KINDS[news.kind]}: {news.question}"), type="text"),
        make.updated(news.updated),
        make.content(_clean(_content(news)), type="text"),
        *links,
    )


def _content(news: News) -> str:
    """Return what changed, in lines: the answer now, where it stands, and the answer before."""
    lines = [f"Now: {_shown(news.answer)}"]
    if news.answer.sentence:
        lines.append(f"“{news.answer.sentence}”")
    if source := news.answer.source:
        lines.append(", ".join(filter(None, (source.title, source.day, source.place))))
    lines.append(f"Before: {_shown(news.before)}")
    if news.filters:
        named = ", ".join(f"{name} {value}" for name, value in news.filters.items())
        lines.append(f"Only: {named}")
    return "\n".join(lines)


def _shown(answer: KnownAnswer) -> str:
    return answer.text or "not in the archive"


def _clean(text: str) -> str:
    return NOT_XML.sub("", text)

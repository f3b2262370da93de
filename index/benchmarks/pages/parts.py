"""The parts that generated pages share: paragraphs, share buttons, header and footer."""

from dataclasses import dataclass
from html import escape

from .content import Content

SPACELESS = ("zh", "ja")


@dataclass(frozen=True, slots=True)
class Page:
    """A page with what a reader of it must give, and what it must not."""

    html: str
    expected: tuple[str, ...]
    furniture: tuple[str, ...]
    is_article: bool = True  # a front page or list of links is to be refused


def joined(c: Content, sentences: tuple[str, ...]) -> str:
    """Return the sentences as a paragraph of their language."""
    return ("" if c.language in SPACELESS else " ").join(sentences)


def paragraphs(c: Content, start: int = 0, stop: int | None = None) -> str:
    """Return some of the article's paragraphs as `p`."""
    return texts(tuple(joined(c, p) for p in c.paragraphs[start:stop]))


def texts(lines: tuple[str, ...]) -> str:
    """Return lines as `p`."""
    return "".join(f"<p>{escape(line)}</p>" for line in lines)


def share(c: Content) -> str:
    """Return a row of share buttons."""
    return '<div class="share"><a href="/f">Facebook</a> <a href="/w">WhatsApp</a></div>'


def page(
    c: Content,
    body: str,
    expected: tuple[str, ...],
    furniture: tuple[str, ...],
    *,
    is_article: bool = True,
) -> Page:
    """Put a body among the header, navigation and footer that every page has."""
    nav = "".join(f'<li><a href="/{n}">{escape(n)}</a></li>' for n in c.nav)
    html = (
        f'<!doctype html><html lang="{c.language}"><head><meta charset="utf-8">'
        f"<title>{escape(c.title)}</title></head><body><header><nav><ul>{nav}</ul></nav></header>"
        f"{body}<footer><p>{escape(c.footer)}</p></footer></body></html>"
    )
    return Page(html, expected, (*furniture, c.footer, *c.nav), is_article)

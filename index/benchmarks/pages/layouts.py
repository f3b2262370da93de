"""The layouts of generated pages, as those of news sites are built."""

from collections.abc import Callable
from html import escape

from .content import Content
from .parts import Page, joined, page, paragraphs, share, texts

Layout = Callable[[Content], Page]


def article_tag(c: Content) -> Page:
    """An `article` with a title, among a header, navigation and a footer."""
    body = f"<article><h1>{escape(c.title)}</h1>{paragraphs(c)}</article>{share(c)}"
    return page(c, body, (c.title, *c.sentences), ())


def nested_divs(c: Content) -> Page:
    """Only `div`, with the class names that a style compiler makes up; no `article`, no `main`."""
    inner = "".join(
        f'<div class="sc-1x{at}a css-9k2"><div><span>{escape(joined(c, p))}</span></div></div>'
        for at, p in enumerate(c.paragraphs)
    )
    body = (
        f'<div class="css-1q"><div class="css-77"><div><h1>{escape(c.title)}</h1></div>'
        f'<div class="css-4d"><div>{inner}</div></div></div></div>'
    )
    return page(c, body, (c.title, *c.sentences), ())


def amp(c: Content) -> Page:
    """Accelerated Mobile Pages, with their own elements for pictures, menus and advertisements."""
    menu = "".join(f'<li><a href="/{n}">{escape(n)}</a></li>' for n in c.nav)
    body = (
        f"<amp-sidebar><ul>{menu}</ul></amp-sidebar><main><article><h1>{escape(c.title)}</h1>"
        f'<amp-img src="a.jpg" width="9" height="9"></amp-img>{paragraphs(c, stop=4)}'
        f'<amp-ad width="300" height="250"></amp-ad>{paragraphs(c, start=4)}</article></main>'
        f'<amp-consent><div id="consent">{texts(c.cookies)}</div></amp-consent>'
    )
    return page(c, body, (c.title, *c.sentences), c.cookies)


def live_blog(c: Content) -> Page:
    """Entries with a time, the newest first."""
    entries = "".join(
        f'<div class="live-entry" id="e{at}"><time datetime="2025-10-28T1{at}:00">1{at}:00</time>'
        f"<p>{escape(joined(c, p))}</p></div>"
        for at, p in enumerate(c.paragraphs)
    )
    body = f'<main><h1>{escape(c.title)}</h1><div class="live-blog">{entries}</div></main>'
    return page(c, body, (c.title, *c.sentences), ())


def paywall_stub(c: Content) -> Page:
    """Two paragraphs, then the offer of a subscription."""
    body = (
        f"<article><h1>{escape(c.title)}</h1>{paragraphs(c, stop=2)}</article>"
        f'<div class="paywall subscription-offer">{texts(c.paywall)}</div>'
    )
    shown = tuple(sentence for p in c.paragraphs[:2] for sentence in p)
    return page(c, body, (c.title, *shown), c.paywall)


def comments(c: Content) -> Page:
    """Readers' comments below the article, in elements that say nothing."""
    boxes = "".join(
        f'<div class="css-c1"><b>User{at}</b><p>{escape(comment)}</p></div>'
        for at, comment in enumerate(c.comments)
    )
    body = (
        f'<div class="css-4d"><h1>{escape(c.title)}</h1>{paragraphs(c)}</div>'
        f'<div class="css-c0"><h2>{escape(c.comments_heading)}</h2>{boxes}</div>'
    )
    return page(c, body, (c.title, *c.sentences), (c.comments_heading, *c.comments))


def cookie_wall(c: Content) -> Page:
    """A dialog about cookies before everything else, in classes that say nothing."""
    wall = (
        f'<div role="dialog" class="css-1w2"><div>{texts(c.cookies)}</div><button>OK</button></div>'
    )
    body = f'{wall}<div class="css-4d"><h1>{escape(c.title)}</h1>{paragraphs(c)}</div>'
    return page(c, body, (c.title, *c.sentences), c.cookies)


def related_box(c: Content) -> Page:
    """A box of related articles between two paragraphs."""
    links = "".join(f'<li><a href="/r{at}">{escape(r)}</a></li>' for at, r in enumerate(c.related))
    box = f'<div class="box"><h3>{escape(c.related_heading)}</h3><ul>{links}</ul></div>'
    body = (
        f"<article><h1>{escape(c.title)}</h1>{paragraphs(c, stop=4)}{box}"
        f"{paragraphs(c, start=4)}</article>"
    )
    return page(c, body, (c.title, *c.sentences), (c.related_heading, *c.related))


def newsletter_box(c: Content) -> Page:
    """An invitation to a newsletter in the middle, in classes that say nothing."""
    box = (
        f'<div class="css-8f"><p>{escape(c.newsletter)}</p>'
        '<form><input type="email"><button>OK</button></form></div>'
    )
    body = (
        f"<article><h1>{escape(c.title)}</h1>{share(c)}{paragraphs(c, stop=4)}{box}"
        f"{paragraphs(c, start=4)}</article>"
    )
    return page(c, body, (c.title, *c.sentences), (c.newsletter,))


def table(c: Content) -> Page:
    """A table with a sentence in each cell, between paragraphs."""
    rows = "".join(
        f"<tr>{''.join(f'<td>{escape(sentence)}</td>' for sentence in p)}</tr>"
        for p in c.paragraphs[4:6]
    )
    body = (
        f"<article><h1>{escape(c.title)}</h1>{paragraphs(c, stop=4)}<table>{rows}</table>"
        f"{paragraphs(c, start=6)}</article>"
    )
    return page(c, body, (c.title, *c.sentences), ())


def figure(c: Content) -> Page:
    """A picture with a caption, which is part of the article."""
    picture = f'<figure><img src="a.jpg"><figcaption>{escape(c.caption)}</figcaption></figure>'
    body = (
        f"<main><h1>{escape(c.title)}</h1>{paragraphs(c, stop=3)}{picture}"
        f"{paragraphs(c, start=3)}</main>"
    )
    return page(c, body, (c.title, c.caption, *c.sentences), ())


def line_breaks(c: Content) -> Page:
    """An old page: one `td` with `br` between paragraphs."""
    text = "<br><br>".join(escape(joined(c, p)) for p in c.paragraphs)
    body = f'<table width="100%"><tr><td><b>{escape(c.title)}</b><br><br>{text}</td></tr></table>'
    return page(c, body, c.sentences, ())


def lists_and_quotes(c: Content) -> Page:
    """Headings, a list and a quotation within the article."""
    items = "".join(f"<li>{escape(sentence)}</li>" for p in c.paragraphs[3:5] for sentence in p)
    body = (
        f"<article><h1>{escape(c.title)}</h1>{paragraphs(c, stop=3)}<ul>{items}</ul>"
        f"<blockquote><p>{escape(joined(c, c.paragraphs[5]))}</p></blockquote>"
        f"<h2>{escape(c.caption)}</h2>{paragraphs(c, start=6)}</article>"
    )
    return page(c, body, (c.title, c.caption, *c.sentences), ())


def front_page(c: Content) -> Page:
    """A front page: linked headlines, each with a teaser."""
    cards = "".join(
        f'<div class="card"><h2><a href="/n{at}">{escape(headline)}</a></h2>'
        f"<p>{escape(p[0])}</p></div>"
        for at, (headline, p) in enumerate(zip(c.related * 3, c.paragraphs, strict=True))
    )
    return page(c, f"<main>{cards}</main>", (), (), is_article=False)


def link_list(c: Content) -> Page:
    """A topic page: nothing but linked headlines with a date."""
    items = "".join(
        f'<li><span>{at + 1}.10.2025</span> <a href="/n{at}">{escape(sentence)}</a></li>'
        for at, sentence in enumerate(c.sentences)
    )
    return page(c, f"<main><ul>{items}</ul></main>", (), (), is_article=False)


LAYOUTS: dict[str, Layout] = {
    layout.__name__: layout
    for layout in (
        article_tag, nested_divs, amp, live_blog, paywall_stub, comments, cookie_wall, related_box,
        newsletter_box, table, figure, line_breaks, lists_and_quotes, front_page, link_list,
    )
}  # fmt: skip

"""What the page shows around a conversation: its heading, notices, and examples to begin with.

Also the two small pages that need no Gradio: the one to sign in on, and the embedded box.
"""

import base64
import hashlib
from collections.abc import Sequence
from functools import cache

from index.store.base.error_rate import ErrorRate, percent

from .rendering import TEMPLATES, render
from .words import PAGE

RIGHT_TO_LEFT = ("ar", "fa", "he")


def heading_html(articles: int, name: str = "") -> str:
    """Return the page's heading, with the number of articles and skip links for the keyboard.

    `name` is that of the token or user who signed in, and may sign out.
    """
    return render(
        "heading.html",
        articles=f"{articles:,}",
        count_key="one-article" if articles == 1 else "articles",
        name=name,
    )


def preferred_language(accept_language: str) -> str:
    """Return the page's language that a browser's header Accept-Language prefers, else "en".

    >>> preferred_language("zh-CN,zh;q=0.9,en;q=0.8"), preferred_language("xx, en-GB;q=0.5")
    ('zh', 'en')
    """
    for entry in accept_language.lower().split(",")[:20]:
        code = entry.partition(";")[0].strip().partition("-")[0]
        if code in PAGE:
            return code
    return "en"


def sign_in_html(accept_language: str, problem: str = "") -> str:
    """Return the page to sign in on; `problem` is "", "wrong" or "slow"."""
    language = preferred_language(accept_language)
    words = PAGE[language]
    body = render("sign_in.html", words=words, problem=problem)
    return _document(language, body, "sign_in")


def box_html(accept_language: str, *, logged: bool) -> str:
    """Return the embedded box; `logged` if questions are kept in a log."""
    language = preferred_language(accept_language)
    return _document(language, render("box.html", words=PAGE[language], logged=logged), "box")


def inline_sources(name: str) -> tuple[str, str]:
    """Return what a policy allows of a page: its style and its script, by their digests."""
    style, script = _inline(name)
    return _source(style), _source(script)


def _document(language: str, body: str, name: str) -> str:
    style, script = _inline(name)
    direction = "rtl" if language in RIGHT_TO_LEFT else "ltr"
    code = "zh-CN" if language == "zh" else language
    return (
        f'<!doctype html><html lang="{code}" dir="{direction}"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width"><title>Archive QA</title>'
        f"<style>{style}</style></head><body>{body}<script>{script}</script></body></html>"
    )


@cache
def _inline(name: str) -> tuple[str, str]:
    files = ("plain.css", f"{name}.css", f"{name}.js")
    common, style, script = ((TEMPLATES / file).read_text(encoding="utf-8") for file in files)
    return common + style, script


def _source(text: str) -> str:
    digest = base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
    return f"'sha256-{digest}'"


def notices_html(*, logged: bool, chosen: ErrorRate | None = None, void: bool = False) -> str:
    """Return what holds for the whole page: that a log is kept, and the error rate in force."""
    values = chosen and (percent(chosen.rate), percent(chosen.certainty), chosen.questions)
    return render("notices.html", logged=logged, error_rate=values, void=void)


def standing_line_html(standing: int, news: int, problem: str = "") -> str:
    """Return the line that opens the list of standing questions; nothing if there are none."""
    key = "standing" if not news else "one-standing-news" if news == 1 else "standing-news"
    return render(
        "standing_line.html", standing=standing, key=key, count=f"{news or standing:,}", news=news,
        problem=problem,
    )  # fmt: skip


def start_html(questions: Sequence[str]) -> str:
    """Return what an empty conversation shows: example questions as buttons."""
    return render("start.html", questions=questions)

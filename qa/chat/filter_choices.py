"""Which part of the archive is asked: from the page's fields to the names of `Archive.answer`."""

from collections.abc import Iterable, Sequence

from .plain_text import shortened, visible
from .words import LANGUAGES, both

LONGEST = 90  # characters of a title to choose by
MOST_LISTED = 300  # articles to choose from; others from the table, or from beside an answer
ANY = ("—", "")
TRANSLATED = "__i18n__"  # gradio puts words of its own where a label holds it


def days_html() -> str:
    """Two native date fields, each with its name and what may be wrong with it."""
    fields = "".join(
        f'<label class="qa-day"><span>{both(name)}</span><input type="date" name="{name}" '
        f'max="9999-12-31"><span class="qa-wrong qa-unfinished">{both("unfinished")}</span>'
        f'<span class="qa-wrong qa-exchanged">{both("exchanged")}</span></label>'
        for name in ("after", "before")
    )
    return f'<div class="qa-days">{fields}</div>'


def only(days: object, language: object, article: object) -> dict[str, str]:
    """What to ask, by the names of `Archive.answer`; "" is everything.

    >>> only({"after": "2025-01-01"}, "zh", None)
    {'after': '2025-01-01', 'before': '', 'language': 'zh', 'article': ''}
    """
    known = days if isinstance(days, dict) else {}
    return {
        "after": str(known.get("after") or ""),
        "before": str(known.get("before") or ""),
        "language": str(language or ""),
        "article": str(article or ""),
    }


def languages(codes: Sequence[str]) -> list[tuple[str, str]]:
    """Languages to choose from, in both of the page's languages: ("Chinese · 中文", "zh")."""
    named = ((LANGUAGES.get(code, (code, code)), code) for code in codes)
    return [ANY, *((" · ".join(dict.fromkeys(pair)), code) for pair, code in named)]


def articles(titles: Iterable[tuple[str | None, str]], chosen: str = "") -> list[tuple[str, str]]:
    """Articles to choose from, (title, id), the chosen one among them.

    They never become fewer: gradio's list fails in the browser when they do.
    """
    listed = [(_label(title or name), name) for title, name in titles]
    if chosen and chosen not in (name for _, name in listed):
        listed.append((_label(chosen), chosen))
    return [ANY, *listed]


def _label(words: str) -> str:
    """Words for a list of gradio's own, which shows them as text but for one sign."""
    return visible(shortened(words, LONGEST)).replace(TRANSLATED, "__i18n\u2060__")

"""The fields of "Narrow the search" as values: their choices, and what was chosen."""

from collections.abc import Iterable, Sequence
from typing import Any

from index.text.terminal import shorten
from qa.facets.facets import FacetValue

from .phrases.cldr import label_of_language
from .plain_text import strip_invisible
from .rendering import render
from .words import PAGE

MAX_TITLE = 90  # characters of a title in the list
MAX_ARTICLES = 300  # in the list; the table and the panel offer every other
ANY = ("—", "")  # label and value of "no restriction"
TRANSLATION_MARK = "__i18n__"  # Gradio replaces a label that contains it
WORD_JOINER = "\u2060"


def date_fields_html() -> str:
    """Return two native date fields, each with its name and its error messages."""
    return render("date_fields.html")


def filter_values(
    days: object, language: object, article: object, archive: object = "", names: object = ()
) -> dict[str, Any]:
    """Return the fields' values under the parameter names of `Archive.answer`; "" for any.

    >>> filter_values({"after": "2025-01-01"}, "zh", None)  # doctest: +NORMALIZE_WHITESPACE
    {'after': '2025-01-01', 'before': '', 'language': 'zh', 'article': '', 'archive': '',
     'names': ()}
    """
    dates = days if isinstance(days, dict) else {}
    return {
        "after": str(dates.get("after") or ""),
        "before": str(dates.get("before") or ""),
        "language": str(language or ""),
        "article": str(article or ""),
        "archive": str(archive or ""),
        "names": tuple(map(str, names)) if isinstance(names, list | tuple) else (),
    }


def archive_choices(
    names: Sequence[str], *, any_of_them: bool = False, language: str = "en"
) -> list[tuple[str, str]]:
    """Return (label, name) pairs for the archives that are open together.

    With `any_of_them`, the first label says so, in the page's language.
    """
    every = PAGE[language]["all-archives"]
    return [(every, "") if any_of_them else ANY, *((_label(name), name) for name in names)]


def language_choices(codes: Sequence[str], language: str | None = None) -> list[tuple[str, str]]:
    """Return (label, code) pairs, such as ("Chinese · 中文", "zh") on a page in English.

    Args:
        codes: The languages to choose from.
        language: Of the page; without it, each language has only its own name.
    """
    return [ANY, *((label_of_language(code, language), code) for code in codes)]


def article_choices(
    titles: Iterable[tuple[str | None, str]], chosen: str = ""
) -> list[tuple[str, str]]:
    """Return (label, id) pairs for (title, id) pairs, the chosen id among them.

    The list must never get shorter: Gradio's drop-down then fails in the browser.
    """
    choices = [(_label(title or article_id), article_id) for title, article_id in titles]
    if chosen and chosen not in (article_id for _, article_id in choices):
        choices.append((_label(chosen), chosen))
    return [ANY, *choices]


def name_choices(values: Iterable[FacetValue], chosen: Sequence[str]) -> list[tuple[str, str]]:
    """Return (label, key) pairs for names of the archive, the chosen keys among them."""
    choices = {value.key: f"{_label(value.name)} ({value.articles:,})" for value in values}
    labels = {key: _label(key) for key in chosen} | choices
    return [(label, key) for key, label in labels.items()]


def _label(title: str) -> str:
    """Return a title for a drop-down, which shows all text literally but the translation mark."""
    broken_mark = f"__i18n{WORD_JOINER}__"
    return strip_invisible(shorten(title, MAX_TITLE)).replace(TRANSLATION_MARK, broken_mark)

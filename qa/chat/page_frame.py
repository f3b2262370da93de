"""What the page shows around a conversation: its heading, notices, and examples to begin with."""

from collections.abc import Sequence

from index.store.base.error_rate import ErrorRate
from index.store.several.part import NotAsked

from .phrases.cldr import counted, label_of_language, number, percent
from .phrases.problems import explain
from .plain_text import names_of
from .rendering import render
from .words import PAGE, PAGE_LANGUAGES


def heading_html(articles: int, language: str | None = None, name: str = "") -> str:
    """Return the page's heading, with the number of articles and skip links for the keyboard.

    Args:
        articles: How many the archive has.
        language: Of the page, if it is known: then there is a menu to choose another.
        name: Of the token or user who signed in, and may sign out.
    """
    names = [(code, label_of_language(code)) for code in PAGE_LANGUAGES]
    return render(
        "heading.html",
        articles=articles,
        name=name,
        language=language,
        languages=names if language else (),
        words=PAGE[language or "en"],
    )


def notices_html(
    *,
    logged: bool,
    chosen: ErrorRate | None = None,
    void: bool = False,
    language: str = "en",
    not_asked: Sequence[NotAsked] = (),
) -> str:
    """Return what holds for the whole page: a log, the error rate, archives that are not asked."""
    values = chosen and (
        percent(chosen.rate, language),
        percent(chosen.certainty, language),
        number(chosen.questions, language),
    )
    missing, words = names_of(not_asked), PAGE[language]
    return render(
        "notices.html",
        logged=logged, error_rate=values, void=void, not_asked=missing, words=words,
    )  # fmt: skip


def standing_line_html(standing: int, news: int, problem: str = "", language: str = "en") -> str:
    """Return the line that opens the list of standing questions; nothing if there are none."""
    line = PAGE[language]["standing"].format(number(standing, language))
    if news:
        line = counted("standing-news", news, language)
    problem = explain(problem, language)
    return render("standing_line.html", standing=standing, line=line, news=news, problem=problem)


def start_html(questions: Sequence[str]) -> str:
    """Return what an empty conversation shows: example questions as buttons."""
    return render("start.html", questions=questions)

"""What the page shows around a conversation: its heading, notices, and examples to begin with."""

from collections.abc import Sequence

from index.store.base.error_rate import ErrorRate, percent
from index.store.several.part import NotAsked

from .plain_text import names_of
from .rendering import render


def heading_html(articles: int) -> str:
    """Return the page's heading, with the number of articles and skip links for the keyboard."""
    return render(
        "heading.html",
        articles=f"{articles:,}",
        count_key="one-article" if articles == 1 else "articles",
    )


def notices_html(
    *,
    logged: bool,
    chosen: ErrorRate | None = None,
    void: bool = False,
    not_asked: Sequence[NotAsked] = (),
) -> str:
    """Return what holds for the whole page: a log, the error rate, archives that are not asked."""
    values = chosen and (percent(chosen.rate), percent(chosen.certainty), chosen.questions)
    missing = names_of(not_asked)
    return render("notices.html", logged=logged, error_rate=values, void=void, not_asked=missing)


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

"""Front pages and lists of links are told from articles with links."""

import lxml.html
import pytest

from index.formats.web.link_pages import leads_elsewhere, links_away

HEADLINES = [f"Ship number {n} reaches the harbour" for n in range(9)]
LINKS = frozenset(HEADLINES)
LONG = "The town council opened the harbour on Monday. " * 5


def test_linked_headlines_with_teasers_are_a_front_page() -> None:
    lines = ["The Ulm Gazette", *(line for h in HEADLINES for line in (h, "It came at noon."))]
    assert leads_elsewhere(lines, LINKS)


@pytest.mark.parametrize("form", ["- {}", "1.10.2025 {}", "{} | Monday", "{}"])
def test_links_with_bullets_or_dates_are_a_list(form: str) -> None:
    assert leads_elsewhere(["Harbour", *map(form.format, HEADLINES)], LINKS)


def test_an_article_above_a_list_of_links_is_an_article() -> None:
    assert not leads_elsewhere([LONG, LONG, *HEADLINES], LINKS)
    assert not leads_elsewhere([*HEADLINES, LONG, LONG, LONG], LINKS)


def test_few_links_make_no_front_page() -> None:
    assert not leads_elsewhere(HEADLINES[:7], LINKS)


def test_long_entries_below_linked_headlines_are_an_article() -> None:
    lines = [line for h in HEADLINES for line in (h, LONG, LONG)]
    assert not leads_elsewhere(lines, LINKS)


def test_links_within_the_page_lead_nowhere() -> None:
    root = lxml.html.fromstring('<div><a href="#e1">Noon</a><a>Bare</a><a href="/n">News</a></div>')
    assert links_away(root) == {"News"}

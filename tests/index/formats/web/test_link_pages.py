"""Front pages and lists of links are told from articles with links."""

import lxml.html
import pytest

from index.formats.web.link_pages import leads_elsewhere, links_away
from tests.support.builds import Make, counts
from tests.support.files import zipped
from tests.support.reading import Read, why_refused

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


MENU = [f"Section {n}" for n in range(9)] * 4


@pytest.mark.parametrize("text", [LONG, "港务局周二开会，同意在冬季之前疏浚北航道，费用为三百万。"])
def test_a_menu_makes_no_front_page_of_a_short_article(text: str) -> None:
    assert not leads_elsewhere([*MENU, text], frozenset(MENU))
    assert not leads_elsewhere([text, *MENU], frozenset(MENU))
    assert leads_elsewhere(["Harbour", *MENU], frozenset(MENU))


def test_few_links_make_no_front_page() -> None:
    assert not leads_elsewhere(HEADLINES[:7], LINKS)


def test_long_entries_below_linked_headlines_are_an_article() -> None:
    lines = [line for h in HEADLINES for line in (h, LONG, LONG)]
    assert not leads_elsewhere(lines, LINKS)


def test_links_within_the_page_lead_nowhere() -> None:
    root = lxml.html.fromstring('<div><a href="#e1">Noon</a><a>Bare</a><a href="/n">News</a></div>')
    assert links_away(root) == {"News"}


FRONT_PAGE = "<html><body><main><h1>The Ulm Gazette</h1>" + "".join(
    f"<div><h2><a href='/n'>{h}</a></h2><p>It came at noon, and was grey.</p></div>"
    for h in HEADLINES
) + "</main></body></html>"  # fmt: skip


def test_a_front_page_is_refused_with_what_to_do(read: Read) -> None:
    why = why_refused(read("a.html", FRONT_PAGE))
    assert why.endswith("not an article: build with --front-pages to read it all the same")


def test_front_pages_are_read_if_asked_for_and_go_again(
    make: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("index.ingest.seed_files.SETTLED", -(10**18))
    seeds = {"a.html": FRONT_PAGE, "b.zip": zipped({"c.html": FRONT_PAGE}), "d.txt": LONG}
    report = make(seeds)
    assert counts(report) == (1, 0, 0, 0)
    assert [path for path, _ in report.skipped] == ["a.html", "b.zip#c.html"]
    assert counts(make({}, front_pages=True)) == (2, 0, 0, 1)
    assert counts(make({})) == (0, 0, 0, 3)  # remembered
    report = make({}, front_pages=False)
    assert counts(report) == (0, 0, 2, 1)
    assert len(report.skipped) == 2
    assert counts(make({})) == (0, 0, 0, 1)

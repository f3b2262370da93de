"""The panel of names and days: its HTML, and what its buttons do."""

import datetime

import pytest

from index.errors import ArchiveError
from index.store.base.search_filter import MAX_NAMES, NO_FILTER, SearchFilter
from qa.chat.panel.facets_panel import (
    FEW,
    facets_error_html,
    facets_html,
    opened,
    pressed,
    read_query,
    wanted_for,
)
from qa.chat.words import PAGE, PAGE_LANGUAGES
from qa.facets.facets import Facets, FacetValue, TimeBar
from tests.support.hostile import ParsedHtml

DAY = datetime.date(2025, 10, 28)
HOSTILE = "<img src=x onerror=alert(1)>\"'`$&__i18n__\u202e"


def value(name: str, articles: int = 1) -> FacetValue:
    return FacetValue("person", name, name, articles, (name,))


def buttons(html: str) -> list[str]:
    return [str(v) for name, v in ParsedHtml(html).attributes if name == "value"]


def test_each_name_has_a_button_and_each_bar_too() -> None:
    bars = (TimeBar("2025-10", DAY, DAY, 3), TimeBar("2025-11", DAY, DAY, 0))
    html = facets_html(Facets(3, 1, people=(value("Ann Lee", 3),), over_time=bars), NO_FILTER)
    parsed = ParsedHtml(html)
    assert "Ann Lee" in parsed.text
    assert "2025-10: 3" in parsed.text
    assert parsed.tags.count("rect") == 2
    assert buttons(html)[-1] == "name=Ann+Lee"
    assert buttons(html)[0] == "after=2025-10-28&before=2025-10-28"
    assert ("disabled", None) in parsed.attributes or ("disabled", "") in parsed.attributes


@pytest.mark.parametrize("language", PAGE_LANGUAGES)
def test_the_panel_is_in_the_language_of_the_page(language: str) -> None:
    words = PAGE[language]
    found = Facets(3, 2, people=(value("Ann Lee", 3),))
    html = facets_html(found, SearchFilter.of(names=["Bo"]), language=language)
    for key in ("facet-person", "facet-remove", "facet-ask"):
        assert words[key] in ParsedHtml(html).text, key
    assert words["facet-undated"].split("{}")[0] in ParsedHtml(html).text
    error = facets_error_html(ArchiveError("too many"), SearchFilter.of(names=["Bo"]), language)
    assert words["facet-remove"] in ParsedHtml(error).text


def test_a_hostile_name_is_text() -> None:
    html = facets_html(Facets(1, 0, people=(value(HOSTILE),)), SearchFilter.of(names=HOSTILE))
    parsed = ParsedHtml(html)
    assert "img" not in parsed.tags
    assert "<img src=x" in parsed.text
    assert pressed(NO_FILTER, buttons(html)[-1]).names == (HOSTILE,)
    assert pressed(SearchFilter.of(names=HOSTILE), buttons(html)[0]) == NO_FILTER


def test_a_long_list_can_be_opened() -> None:
    people = tuple(value(f"P{n}") for n in range(FEW + 1))
    html = facets_html(Facets(9, 0, people=people), NO_FILTER)
    assert opened(buttons(html)[-1]) == "person"
    assert f"P{FEW}" not in ParsedHtml(html).text
    html = facets_html(Facets(9, 0, people=people), NO_FILTER, "person")
    assert f"P{FEW}" in ParsedHtml(html).text
    assert wanted_for("x", None).most < wanted_for("x", "person").most


def test_buttons_change_the_filter() -> None:
    only = pressed(pressed(NO_FILTER, "name=A"), "name=B&after=2025-01-01&before=2025-02-01")
    assert only == SearchFilter.of("2025-01-01", "2025-02-01", names=("A", "B"))
    assert pressed(only, "drop=A").names == ("B",)
    assert pressed(only, "drop=days") == SearchFilter.of(names=("A", "B"))
    assert pressed(only, "more=place") == only
    assert pressed(only, "") == only


@pytest.mark.parametrize("query", ["after=nonsense", "after=2025-02-01&before=2025-01-01"])
def test_days_that_cannot_be_are_errors(query: str) -> None:
    with pytest.raises(ArchiveError):
        pressed(NO_FILTER, query)


def test_what_no_button_has_is_bounded() -> None:
    with pytest.raises(ArchiveError, match="at most"):
        pressed(SearchFilter.of(names=list(map(str, range(MAX_NAMES)))), "name=more")
    assert read_query("&".join(f"name={n}" for n in range(1_000))) == {}
    assert opened("more=robots") is None
    assert pressed(NO_FILTER, "%%%=&\0") == NO_FILTER


def test_beside_the_chat_names_narrow_the_search() -> None:
    facets = Facets(1, 0, people=(value("Ann Lee"),), read=1, total=2)
    html = facets_html(facets, SearchFilter.of(names="x"), question="Who <b>?")
    parsed = ParsedHtml(html)
    assert ("class", "qa-narrow-names") in parsed.attributes
    assert "Who <b>?" in parsed.text
    assert "Names of 1 of 2 articles read so far" in parsed.text


def test_a_filter_that_cannot_be_can_be_removed() -> None:
    html = facets_error_html(ArchiveError("no <b>"), SearchFilter.of("2025-01-01", names="A"))
    assert "no <b>" in ParsedHtml(html).text
    assert buttons(html) == ["drop=A", "drop=days"]

"""robots.txt is obeyed, and nothing in it makes the program hang."""

import pytest

from index.fetch.failures import UnavailableError
from index.fetch.response import Response
from index.fetch.robots import Rules
from tests.support.quick import quick

PAGE = "https://example.org/news/a"


def test_rules_for_this_program_come_before_those_for_all() -> None:
    rules = Rules("User-agent: *\nDisallow: /\n\nUser-agent: archive-qa\nDisallow: /private/")
    assert rules.allow(PAGE)
    assert not rules.allow("https://example.org/private/a")
    assert not Rules("User-agent: *\nDisallow: /news/*").allow(PAGE)
    assert Rules("User-agent: other\nDisallow: /").allow(PAGE)


@pytest.mark.parametrize(
    ("line", "delay"),
    [
        ("Crawl-delay: 2.5", 2.5),
        ("Request-rate: 1/10", 10),
        ("Crawl-delay: -3", 0),
        ("Crawl-delay: nan", 0),
        ("Crawl-delay: soon", 0),
        ("", 0),
    ],
)
def test_pauses(line: str, delay: float) -> None:
    assert Rules(f"User-agent: *\n{line}").delay == delay


def test_sitemaps_are_named() -> None:
    assert Rules("Sitemap: https://example.org/map.xml").sitemaps == (
        "https://example.org/map.xml",
    )


def test_a_site_without_one_allows_everything_and_a_failing_one_nothing() -> None:
    for status in (401, 403, 404, 410):
        assert Rules.of(Response(PAGE, status, "", ())).allow(PAGE)
    for status in (500, 503, 304):
        with pytest.raises(UnavailableError, match=f"robots.txt that answered {status}"):
            Rules.of(Response(PAGE, status, "", ()))


@pytest.mark.parametrize(
    "text",
    [
        "User-agent: *\nDisallow: /" + "*a" * 100_000 + "b",
        "User-agent: *\n" + "Disallow: /*a*b*c*d\n" * 20_000,
        "".join(f"User-agent: a{n}\n" for n in range(30_000)),
        "User-agent: *\nDisallow: " + "%" * 400_000,
        "#" * 400_000,
        "a:" * 200_000,
        " " * 400_000,
        "User-agent: *\nCrawl-delay: " + "9" * 400_000,
        "\x00\ufeff\u2028" * 20_000,
    ],
    ids=range(9),
)
def test_hostile_ones_are_quick(text: str) -> None:
    with quick():
        try:
            rules = Rules(text)
            rules.allow("https://example.org/" + "a" * 1900)
        except UnavailableError:
            pass


def test_many_groups_with_many_rules_are_not_parsed() -> None:
    text = "".join(f"User-agent: a{n}\n" for n in range(10_000)) + "Allow: /\n" * 20_000
    with pytest.raises(UnavailableError, match="too many rules"):
        Rules(text)

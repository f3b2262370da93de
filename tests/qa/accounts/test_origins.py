"""Origins: only what can stand in a policy."""

import pytest

from index.errors import ArchiveError
from qa.accounts.origins import covers, origin, origins


@pytest.mark.parametrize(
    "text",
    [
        "", "*", "https://*", "https://", "news.example", "ftp://news.example", "'self'",
        "https://news.example/path", "https://a b", "https://a;script-src *", "https://a,b",
        "https://a\r\nSet-Cookie: x=1", "https://a\n", "https://news.example:port", "https://-a.b",
        "https://user@news.example", "https://[::1]", "https://nëws.example",
        "https://" + "a" * 300, "data:text/html,x", "https://a.*.b",
    ],
)  # fmt: skip
def test_what_could_change_a_policy_is_no_origin(text: str) -> None:
    with pytest.raises(ArchiveError, match="is no site") as raised:
        origin(text)
    assert "\n" not in str(raised.value)


def test_each_origin_is_kept_once_in_one_form() -> None:
    found = origins(["https://News.example/", "https://news.example", "http://localhost:8000"])
    assert found == ("https://news.example", "http://localhost:8000")


@pytest.mark.parametrize(
    ("allowed", "site", "covered"),
    [
        ("https://news.example", "https://news.example", True),
        ("https://news.example", "http://news.example", False),
        ("https://news.example", "https://news.example:8443", False),
        ("https://*.news.example", "https://a.b.news.example", True),
        ("https://*.news.example", "https://evilnews.example", False),
        ("https://*.news.example", "http://a.news.example", False),
        ("https://*.news.example", "https://*.news.example", True),
    ],
)
def test_a_site_is_covered_by_itself_or_a_wildcard(allowed: str, site: str, covered: bool) -> None:
    assert covers(allowed, site) == covered

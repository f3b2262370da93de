"""Redirects are followed and checked one by one, and robots.txt is obeyed at each."""

import socket
from collections.abc import Iterator
from typing import Any

import pytest

from index.fetch.failures import DisallowedError, ForbiddenError, UnavailableError
from index.fetch.settings import Settings
from index.fetch.visitor import MAX_REDIRECTS, Visitor
from tests.support.sites import Reply, Site


def redirect(to: str, status: int = 302) -> Reply:
    return Reply(status=status, headers={"Location": to})


@pytest.fixture
def visitor(monkeypatch: pytest.MonkeyPatch) -> Iterator[Visitor]:
    monkeypatch.setattr("index.fetch.server.BACKOFF", 0.0)
    running = Visitor(Settings(rate=0, allow_private=True, contact="me@example.org"))
    yield running
    running.close()


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_redirects_are_followed_to_other_hosts(
    site: Site, other: Site, visitor: Visitor, status: int
) -> None:
    site.replies["/a"] = redirect(f"{other.address}/b", status)
    other.replies["/b"] = redirect("c?d=e")
    other.page("/c?d=e")
    response = visitor.get(f"{site.address}/a")
    assert (response.status, response.url) == (200, f"{other.address}/c?d=e")


def test_every_request_says_who_and_carries_no_cookie(
    site: Site, other: Site, visitor: Visitor
) -> None:
    site.replies["/a"] = Reply(status=302, headers={"Location": "/b", "Set-Cookie": "id=7; Path=/"})
    site.replies["/b"] = redirect(f"{other.address}/c")
    other.page("/c")
    visitor.get(f"{site.address}/a", {"If-None-Match": '"1"'})
    for asked in [*site.asked, *other.asked]:
        assert asked.headers["user-agent"].startswith("archive-qa/")
        assert "me@example.org" in asked.headers["user-agent"]
        assert "cookie" not in asked.headers
        assert "authorization" not in asked.headers


@pytest.mark.parametrize(
    ("target", "kind", "why"),
    [
        ("", UnavailableError, "redirects without saying where to"),
        ("ftp://example.org/", ForbiddenError, "is not an http:// or https:// address"),
        ("file:///etc/passwd", ForbiddenError, "is not an http:// or https:// address"),
        ("javascript:alert(1)", ForbiddenError, "is not an http:// or https:// address"),
        ("//user:secret@example.org/", ForbiddenError, "holds a user or a password"),
        ("http://exam ple.org/", ForbiddenError, "is not a valid address"),
        ("/" + "a" * 3000, ForbiddenError, "is not a valid address"),
    ],
)
def test_redirects_to_elsewhere_are_refused(
    site: Site, visitor: Visitor, target: str, kind: type[Exception], why: str
) -> None:
    site.replies["/a"] = redirect(target)
    with pytest.raises(kind, match=why):
        visitor.get(f"{site.address}/a")


def test_redirects_to_private_addresses_are_refused(
    site: Site, other: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    look_up, port = socket.getaddrinfo, int(site.address.rpartition(":")[2])
    # a public site, which the test has on this machine
    monkeypatch.setattr("index.fetch.addresses.is_public", lambda address: address == "127.0.0.1")

    def names(host: Any, *args: Any, **more: Any) -> Any:
        inner = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("169.254.169.254", 80))]
        return inner if host == "metadata.internal" else look_up(host, *args, **more)

    monkeypatch.setattr(socket, "getaddrinfo", names)
    running = Visitor(Settings(rate=0))
    targets = [
        "http://[::1]:80/",
        "http://metadata.internal/",
        "http://10.0.0.1/",
        "http://169.254.169.254/latest/",
    ]
    for target in targets:
        site.replies["/a"] = redirect(target)
        with pytest.raises(ForbiddenError, match="which is not a public address"):
            running.get(f"http://127.0.0.1:{port}/a")
    running.close()


def test_redirects_without_end_are_not_followed(site: Site, visitor: Visitor) -> None:
    site.replies["/a"] = redirect("/a")
    with pytest.raises(UnavailableError, match=f"redirects more than {MAX_REDIRECTS} times"):
        visitor.get(f"{site.address}/a")
    assert site.paths == ["/a"] * (MAX_REDIRECTS + 1)
    site.replies["/robots.txt"] = redirect("/robots.txt")
    running = Visitor(Settings(rate=0, allow_private=True))
    with pytest.raises(UnavailableError, match=r"asking for its robots\.txt"):
        running.get(f"{site.address}/b")
    running.close()


def test_a_target_in_utf_8_is_understood(site: Site, visitor: Visitor) -> None:
    site.replies["/a"] = redirect("/zürich".encode().decode("latin-1"))
    site.page("/z%C3%BCrich")
    assert visitor.get(f"{site.address}/a").status == 200


def test_each_site_s_robots_txt_is_obeyed(site: Site, other: Site, visitor: Visitor) -> None:
    other.replies["/robots.txt"] = Reply(
        f"User-agent: archive-qa\nDisallow: /b\nSitemap: {other.address}/map.xml", "text/plain"
    )
    site.replies["/a"] = redirect(f"{other.address}/b")
    with pytest.raises(DisallowedError, match=r"is not allowed by the site's robots\.txt"):
        visitor.get(f"{site.address}/a")
    assert other.paths == []
    assert visitor.sitemaps(other.address) == (f"{other.address}/map.xml",)


def test_a_robots_txt_of_10_mb_is_read_in_part(site: Site, visitor: Visitor) -> None:
    text = "User-agent: *\nDisallow: /a\n" + "# and so on\n" * 900_000
    site.replies["/robots.txt"] = Reply(text, "text/plain")
    with pytest.raises(DisallowedError):
        visitor.get(f"{site.address}/a")
    site.page("/b")
    assert visitor.get(f"{site.address}/b").status == 200

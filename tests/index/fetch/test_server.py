"""Requests to one host: pauses, retries, and leaving alone what fails."""

import threading
import time
from email.utils import formatdate

import pytest

from index.fetch import server
from index.fetch.addresses import parse
from index.fetch.failures import ForbiddenError, NotFetchedError, Stopped, UnavailableError
from index.fetch.response import Response
from index.fetch.robots import Rules
from index.fetch.server import Server
from index.fetch.settings import Settings
from tests.support.sites import Reply, Site


def make(rate: float = 0, stop: threading.Event | None = None) -> Server:
    return Server(Settings(rate=rate, allow_private=True), stop or threading.Event())


def get(running: Server, address: str) -> Response:
    return running.get(parse(address), {}, 1000, cut=False)


@pytest.fixture(autouse=True)
def _no_pauses(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(server, "BACKOFF", 0.0)


def test_a_pause_lies_between_two_requests(site: Site) -> None:
    running = make(rate=0.1)
    started = time.monotonic()
    for _ in range(3):
        get(running, site.address)
    running.close()
    assert time.monotonic() - started >= 0.19


def test_the_pause_of_robots_txt_counts_if_it_is_longer(site: Site) -> None:
    running = make(rate=0.01)
    text = Response("", 200, "", (), b"User-agent: *\nCrawl-delay: 0.2")
    rules = running.rules(parse(site.address), lambda address: text)
    assert rules.delay == 0.2
    started = time.monotonic()
    for _ in range(2):
        get(running, site.address)
    running.close()
    assert time.monotonic() - started >= 0.19


def test_robots_txt_is_asked_for_once_for_an_origin() -> None:
    asked: list[str] = []

    def ask(address: str) -> Response:
        asked.append(address)
        return Response(address, 404, "", ())

    running = make()
    for address in (
        "http://a.example/1",
        "http://a.example/2",
        "https://a.example/",
        "http://a.example:81",
    ):
        assert running.rules(parse(address), ask).allow(address)
    assert asked == [
        f"{origin}/robots.txt"
        for origin in ("http://a.example:80", "https://a.example:443", "http://a.example:81")
    ]


@pytest.mark.parametrize("kind", [UnavailableError, ForbiddenError])
def test_robots_txt_that_cannot_be_read_allows_nothing(kind: type[NotFetchedError]) -> None:
    asked: list[str] = []

    def ask(address: str) -> Response:
        asked.append(address)
        raise kind("did not arrive")

    running = make()
    for _ in range(2):
        with pytest.raises(kind, match=r"did not arrive \(asking for its robots.txt\)"):
            running.rules(parse("http://a.example/"), ask)
    assert len(asked) == 1


def test_a_site_that_asks_for_very_long_pauses_is_left_out() -> None:
    text = Response("", 200, "", (), b"User-agent: *\nCrawl-delay: 86400")
    with pytest.raises(UnavailableError, match="asks for 86400 s between pages"):
        make().rules(parse("http://a.example/"), lambda address: text)
    assert isinstance(
        make(rate=3600).rules(parse("http://a.example/"), lambda _: Response("", 404, "", ())),
        Rules,
    )


def test_a_busy_server_is_asked_again(site: Site) -> None:
    site.replies["/"] = [Reply(status=503), Reply(status=429), Reply("Rain.")]
    running = make()
    assert get(running, site.address).body == b"Rain."
    site.replies["/"] = Reply(status=500)
    with pytest.raises(UnavailableError, match="answered 500 Internal Server Error"):
        get(running, site.address)
    running.close()
    assert len(site.asked) == 6


@pytest.mark.parametrize("date", [False, True])
def test_retry_after_is_waited_for(site: Site, date: bool) -> None:
    wait = formatdate(time.time() + 3, usegmt=True) if date else "1"
    site.replies["/"] = [Reply(status=503, headers={"Retry-After": wait}), Reply("Rain.")]
    running = make()
    started = time.monotonic()
    assert get(running, site.address).status == 200
    running.close()
    assert time.monotonic() - started > 0.8


@pytest.mark.parametrize("wait", ["86400", "9" * 50, "Fri, 31 Dec 9999 23:59:59 GMT"])
def test_a_long_retry_after_ends_the_requests_to_a_host(site: Site, wait: str) -> None:
    site.replies["/"] = Reply(status=429, headers={"Retry-After": wait})
    running = make()
    for _ in range(2):
        with pytest.raises(UnavailableError, match=r"asks to wait [0-9]+ seconds"):
            get(running, site.address)
    running.close()
    assert len(site.asked) == 1


@pytest.mark.parametrize("wait", ["", "-5", "soon", "1e9", "²", "Fri, 31 Feb 2025 99:00:00 GMT"])
def test_other_values_of_retry_after_do_not_count(site: Site, wait: str) -> None:
    headers = {"Retry-After": wait.encode().decode("latin-1")}
    site.replies["/"] = [Reply(status=503, headers=headers), Reply("Rain.")]
    running = make()
    assert get(running, site.address).status == 200
    running.close()


def test_a_host_that_fails_again_and_again_is_left_alone(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(server, "MAX_FAILURES", 2)
    site.replies["/"] = Reply(status=500)
    running = make()
    for why in ("answered 500", "answered 500", "failed 2 times in a row"):
        with pytest.raises(UnavailableError, match=why):
            get(running, site.address)
    running.close()
    assert len(site.asked) == 6


def test_a_run_that_ends_waits_no_longer(site: Site) -> None:
    stop = threading.Event()
    running = make(rate=60, stop=stop)
    get(running, site.address)
    threading.Timer(0.1, stop.set).start()
    with pytest.raises(Stopped):
        get(running, site.address)
    running.close()


def test_a_request_that_is_broken_off_is_no_page(site: Site) -> None:
    def broken_off(out: object) -> None:
        out.write(b"HTTP/1.1 200 OK\r\n\r\nHalf a page")  # type: ignore[attr-defined]
        time.sleep(0.1)  # the client reads it
        stop.set()
        running.abort()

    stop = threading.Event()
    running = make(stop=stop)
    site.replies["/"] = Reply(raw=broken_off)
    with pytest.raises(Stopped):
        get(running, site.address)
    running.close()


def test_what_is_left_of_a_response_is_not_the_next_one(site: Site) -> None:
    site.replies["/large"] = Reply("a" * 5000)
    site.replies["/b"] = Reply("Rain.")
    running = make()
    assert len(running.get(parse(f"{site.address}/large"), {}, 100, cut=True).body) == 100
    assert get(running, f"{site.address}/b").body == b"Rain."
    with pytest.raises(NotFetchedError):
        get(running, f"{site.address}/large")
    assert get(running, f"{site.address}/b").body == b"Rain."
    running.close()

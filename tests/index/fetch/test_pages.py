"""A page is stored as it came, under a name that no address can choose."""

import datetime
import gzip
import io
import os
import re
from dataclasses import replace
from pathlib import Path

import pytest
from warcio.archiveiterator import ArchiveIterator

from index.article import Article
from index.errors import StorageError
from index.fetch.lists.entries import Entry
from index.fetch.pages import as_warc, digest_of, file_name, store
from index.fetch.response import Response
from tests.support.reading import Read, only_article

URL = "https://example.org/news/a"
ENTRY = Entry(URL, datetime.date(2025, 10, 28))
TEXT = "Der Wärter zählte neun Schiffe und schrieb sie am Abend in sein Buch. " * 4


def response(body: bytes, *headers: tuple[str, str]) -> Response:
    return Response(URL, 200, "OK", (("Content-Type", "text/html"), *headers), body)


def test_bytes_headers_address_and_day_are_stored() -> None:
    body = gzip.compress(b"<p>Nine ships.</p>")
    headers = [
        ("Content-Encoding", "gzip"),
        ("Transfer-Encoding", "chunked"),
        ("X-Odd", "zürich\xff"),
    ]
    record = next(ArchiveIterator(io.BytesIO(as_warc(ENTRY, response(body, *headers)))))
    assert record.raw_stream.read() == body
    assert record.rec_headers.get_header("WARC-Target-URI") == URL
    assert record.rec_headers.get_header("Archive-QA-Published") == "2025-10-28"
    assert record.http_headers.get_header("Content-Type") == "text/html"
    assert record.http_headers.get_header("Transfer-Encoding") is None


@pytest.mark.parametrize("encoding", ["", "gzip"])
def test_the_index_reads_url_day_and_charset(read: Read, encoding: str) -> None:
    html = f"<html><title>Schiffe</title><body><article><p>{TEXT}</p></article></body></html>"
    data = html.encode("iso-8859-15")
    came = Response(
        URL, 200, "OK",
        (("Content-Type", "text/html; charset=ISO-8859-15"), ("Content-Encoding", encoding)),
        gzip.compress(data) if encoding else data,
    )  # fmt: skip
    article = only_article(read("page.warc", as_warc(ENTRY, came)))
    assert isinstance(article, Article)
    assert (article.url, article.date) == (URL, datetime.date(2025, 10, 28))
    assert TEXT.strip() in article.text
    assert article.id == "page.warc#1"


def test_without_a_stated_day_it_is_that_of_fetching(read: Read) -> None:
    html = f"<html><body><article><p>{TEXT}</p></article></body></html>".encode()
    article = only_article(read("page.warc", as_warc(Entry(URL), response(html))))
    assert article.date is not None
    assert abs(article.date - datetime.datetime.now(datetime.UTC).date()).days <= 1


@pytest.mark.parametrize(
    "header",
    [("X", "a\r\nWARC-Target-URI: b"), ("X", "\x00\x1b"), ("X", "\u20ac"), ("", ""), ("Ä b", "c")],
)
def test_headers_cannot_leave_their_line(header: tuple[str, str]) -> None:
    name, value = header[0], " ".join(header[1].split())
    data = as_warc(ENTRY, replace(response(b"<p>Nine ships.</p>", (name, value)), reason="Ö\u20ac"))
    record = next(ArchiveIterator(io.BytesIO(data)))
    assert record.rec_headers.get_header("WARC-Target-URI") == URL
    assert record.content_stream().read() == b"<p>Nine ships.</p>"


@pytest.mark.parametrize(
    "url",
    [
        URL, "https://example.org/", "https://example.org/../../etc/passwd", "https://con.example/aux",
        "https://example.org/%2e%2e%2f%2e%2e", "https://example.org/a%00b", "https://nul/COM1.html",
        "https://example.org/" + "ä" * 400, "https://[2606:4700::1]:81/a", "https://lpt1/..",
        "https://example.org/.hidden", "https://xn--zrich-kva.example/%E4%B8%AD%E6%96%87",
        "https://" + "a" * 63 + "." + "b" * 63 + ".example/2025-10-28",
    ],
)  # fmt: skip
def test_names_are_safe_everywhere(url: str) -> None:
    name = file_name(url)
    assert re.fullmatch(r"[a-z0-9_-][a-z0-9._-]{0,100}/[a-z0-9-]{1,60}_[0-9a-f]{16}\.warc", name)
    assert not re.match(r"(con|prn|aux|nul|com\d|lpt\d)(\.|/|$)", name)
    assert not re.match(r"(con|prn|aux|nul|com\d|lpt\d)\.", name.partition("/")[2])
    assert name == name.lower()
    assert not name.partition("/")[0].endswith(".")


def test_addresses_that_differ_have_different_names() -> None:
    urls = [URL, f"{URL}?a", f"{URL}/", URL.upper(), f"{URL}?A", "http://example.org/news/a"]
    assert len({file_name(url) for url in urls}) == len(urls)


def test_a_file_appears_whole_or_not_at_all(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    came, temporary = response(b"<p>Nine ships.</p>"), tmp_path / "page.new"
    store(tmp_path, temporary, "example.org/a.warc", ENTRY, came)
    before = (tmp_path / "example.org/a.warc").read_bytes()

    def full(file: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(StorageError, match="No space left on device"):
        store(tmp_path, temporary, "example.org/a.warc", ENTRY, response(b"<p>Ten.</p>"))
    assert (tmp_path / "example.org/a.warc").read_bytes() == before


def test_digests_tell_bodies_apart() -> None:
    assert digest_of(response(b"a")) == digest_of(response(b"a", ("Date", "today")))
    assert digest_of(response(b"a")) != digest_of(response(b"b"))

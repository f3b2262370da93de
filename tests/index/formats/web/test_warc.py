"""Web archives become one article per page; truncated and unsupported pages are refused."""

import datetime
import gzip
import io
import zlib
from collections.abc import Callable
from typing import Any

import brotli
import pytest
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from index.article import Article, Location
from index.formats.limits import MAX_ARTICLE, MAX_HEADER, Budget
from index.formats.seed_file import Draft, Original, Refused, Seed
from index.formats.web.warc import read_warc
from tests.support.files import DAY, made
from tests.support.reading import Read

TEXT = "The keeper counted nine ships before noon and wrote them into his book. "
PAGE = f"""<html><head><title>Ships</title>{{}}</head>
<body><article><p>{TEXT * 4}</p></article></body></html>"""

Warc = Callable[..., bytes]


class Crawl:
    """A web archive under construction."""

    def __init__(self, packed: bool = False) -> None:
        self.file = io.BytesIO()
        self.writer = WARCWriter(self.file, gzip=packed)
        self.writer._create_temp_file = io.BytesIO  # warcio never closes its own

    def page(
        self,
        url: str = "https://example.org/a",
        body: bytes = PAGE.format("").encode(),
        kind: str = "text/html; charset=utf-8",
        status: str = "200 OK",
        headers: dict[str, str] | None = None,
        record: str = "response",
    ) -> "Crawl":
        """Add a record; headers named WARC-... are the record's, others those of HTTP."""
        warc = {k: v for k, v in (headers or {}).items() if k.startswith("WARC-")}
        http = {k: v for k, v in (headers or {}).items() if k not in warc}
        self.writer.write_record(
            self.writer.create_warc_record(
                url,
                record,
                payload=io.BytesIO(body),
                http_headers=StatusAndHeaders(
                    status, [("Content-Type", kind), *http.items()], protocol="HTTP/1.1"
                )
                if record == "response"
                else None,
                warc_content_type=kind if record != "response" else "",
                warc_headers_dict={"WARC-Date": "2024-02-29T10:00:00Z", **warc},
            )
        )
        return self

    @property
    def bytes(self) -> bytes:
        return self.file.getvalue()


@pytest.mark.parametrize("packed", [False, True])
def test_pages_with_url_and_date(read: Read, packed: bool) -> None:
    crawl = Crawl(packed)
    crawl.writer.write_record(crawl.writer.create_warcinfo_record("a", {"software": "test"}))
    crawl.page().page("https://example.org/b", f"{TEXT} 港".encode("gbk"), "text/plain;charset=GBK")
    name = "a.warc.gz" if packed else "a.warc"
    first, second = read(name, crawl.bytes)
    assert first.text == f"Ships\n\n{(TEXT * 4).strip()}"
    assert (first.id, first.path, first.place) == (f"{name}#2", name, f"{name}#2")
    assert (first.url, first.date) == ("https://example.org/a", datetime.date(2024, 2, 29))
    assert (second.id, second.text, second.url) == (
        f"{name}#3",
        f"{TEXT} 港",
        "https://example.org/b",
    )


def test_a_page_comes_with_the_bytes_it_was_made_of() -> None:
    body, headers = f"{TEXT} 港".encode("gbk"), {"Content-Encoding": "gzip"}
    crawl = Crawl().page(body=gzip.compress(body), kind="text/plain;charset=GBK", headers=headers)
    stream = io.BufferedReader(io.BytesIO(crawl.bytes))
    [draft] = read_warc(Seed("a.warc", "a.warc", "a.warc", stream, Budget(len(crawl.bytes))))
    assert isinstance(draft, Draft)
    assert draft.original == Original(".txt", body, "gbk")


def test_a_page_s_own_date_is_preferred_to_the_crawl_date(read: Read) -> None:
    head = '<meta property="article:published_time" content="2023-05-06T07:08:09Z">'
    [article] = read("a.warc", Crawl().page(body=PAGE.format(head).encode()).bytes)
    assert article.date == datetime.date(2023, 5, 6)


def test_a_day_that_a_feed_stated_is_preferred_to_the_crawl_date(read: Read) -> None:
    noted = {"WARC-Date": "2024-02-29T10:00:00Z"}
    crawl = Crawl().page(headers=noted)
    field = b"Archive-QA-Published: 2024-01-31\r\nWARC-Date"
    [article] = read("a.warc", crawl.bytes.replace(b"WARC-Date", field, 1))
    assert article.date == datetime.date(2024, 1, 31)


def test_a_pdf_is_a_page(read: Read) -> None:
    crawl = Crawl().page("https://example.org/a.pdf", made([[TEXT * 4]]), "application/pdf")
    [article] = read("a.warc", crawl.bytes)
    assert (article.id, article.url) == ("a.warc#1", "https://example.org/a.pdf")
    assert article.date == DAY.date()
    assert TEXT.strip() in article.text
    assert article.location(article.text.index(TEXT[:20])) == Location(page=1)


def test_records_that_are_not_pages_are_ignored(read: Read) -> None:
    crawl = Crawl().page(status="404 Not Found").page(status="301 Moved")
    crawl.page(kind="image/png").page(record="metadata", kind="text/plain")
    crawl.page(record="resource", body=TEXT.encode(), kind="text/plain")
    crawl.page(record="conversion", body=TEXT.encode(), kind="text/plain")
    assert [article.id for article in read("a.warc", crawl.bytes)] == ["a.warc#5", "a.warc#6"]


def chunked(data: bytes) -> bytes:
    return b"%x\r\n%s\r\n5\r\n%s\r\n0\r\n\r\n" % (len(data) - 5, data[:-5], data[-5:])


@pytest.mark.parametrize(
    ("headers", "pack"),
    [
        ({"Content-Encoding": "gzip"}, gzip.compress),
        ({"Content-Encoding": "deflate"}, zlib.compress),
        ({"Content-Encoding": "br"}, brotli.compress),
        ({"Content-Encoding": "gzip"}, bytes),  # some crawlers store it unpacked
        ({"Transfer-Encoding": "chunked"}, chunked),
        (
            {"Transfer-Encoding": "chunked", "Content-Encoding": "gzip"},
            lambda data: chunked(gzip.compress(data)),
        ),
    ],
)
def test_content_and_transfer_encodings(
    read: Read, headers: dict[str, str], pack: Callable[[bytes], bytes]
) -> None:
    [article] = read(
        "a.warc", Crawl().page(body=pack(PAGE.format("").encode()), headers=headers).bytes
    )
    assert article.text.endswith(TEXT.strip())


@pytest.mark.parametrize(
    ("page", "why"),
    [
        ({"headers": {"WARC-Truncated": "length"}}, "was truncated by the crawler (length)"),
        (
            {"headers": {"Content-Encoding": "zstd"}},
            "has the Content-Encoding 'zstd', which is not supported",
        ),
        (
            {"body": gzip.compress(b"a b " * 999)[:-20], "headers": {"Content-Encoding": "gzip"}},
            "is cut short",
        ),
        (
            {
                "body": gzip.compress(bytes(MAX_ARTICLE * 9)),
                "headers": {"Content-Encoding": "gzip"},
            },
            "is larger than 10 MB, the limit for one article",
        ),
        (
            {
                "body": brotli.compress(bytes(MAX_ARTICLE * 9)),
                "headers": {"Content-Encoding": "br"},
            },
            "is larger than 10 MB, the limit for one article",
        ),
        ({"body": b"a" * (MAX_ARTICLE + 999)}, "is larger than 10 MB, the limit for one article"),
        ({"body": b" "}, "is empty"),
        ({"body": b"<p></p>"}, "no article text was found in this page"),
    ],
)
def test_an_unreadable_page_does_not_affect_the_others(
    read: Read, page: dict[str, Any], why: str
) -> None:
    before, refused, after = read("a.warc", Crawl().page().page(**page).page().bytes)
    assert refused == Refused("a.warc#2", why)
    assert (before.id, after.id) == ("a.warc#1", "a.warc#3")


@pytest.mark.parametrize("packed", [False, True])
def test_a_truncated_archive_gives_the_pages_before_the_cut_and_is_reported(
    read: Read, packed: bool
) -> None:
    crawl = Crawl(packed).page()
    start = len(crawl.bytes)
    whole = crawl.page().bytes
    name = "a.warc.gz" if packed else "a.warc"
    for at in [*range(start + 1, len(whole) - 4, 40), len(whole) - 5]:
        first, *others, last = read(name, whole[:at])
        assert first.id == f"{name}#1"
        assert isinstance(last, Refused), at
        assert "cut short" in last.why
        # the second page may be complete except for its checksum
        assert all(isinstance(item, Refused) or item.text == first.text for item in others), at


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\r\n\r\n",
        b"no warc",
        b"WARC/1.0\r\n\r\n",
        b"WARC/1.0\r\nWARC-Type: response\r\nContent-Type: text/plain\r\n\r\n" + b"a" * 999,
        b"WARC/1.0\r\nWARC-Type: resource\r\nContent-Length: -9\r\n\r\nwords\r\n\r\n",
        b"WARC/1.0\r\nWARC-Type: resource\r\nContent-Length: 9e9\r\n\r\nwords\r\n\r\n",
        b"WARC/1.0\r\n" + b"a" * 3 * MAX_HEADER,
        b"WARC/1.0\r\n" + b"a: b\r\n" * MAX_HEADER,
    ],
    ids=lambda data: repr(data[:40]),
)
def test_other_files_named_warc_are_refused(read: Read, data: bytes) -> None:
    items = read("a.warc", data)
    assert items
    assert all(isinstance(item, Refused) and len(item.why) < 300 for item in items)


def test_wrong_content_lengths_are_reported(read: Read) -> None:
    whole = Crawl().page(body=TEXT.encode(), kind="text/plain").page(body=b"Words.").page().bytes
    length = whole.index(b"Content-Length: ") + len(b"Content-Length: ")
    for digit in b"0123456789":
        data = bytearray(whole)
        data[length] = digit
        items = read("a.warc", bytes(data))
        if data != whole:
            assert any(isinstance(item, Refused) for item in items), chr(digit)
        assert any(isinstance(item, Article) for item in items) or data != whole

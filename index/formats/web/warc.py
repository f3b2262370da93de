"""Read a web archive (.warc): one draft per page, identified by the number of its record.

Pages are records of HTML, plain text or PDF. Responses other than "200 OK", requests, pictures, a
crawler's own notes and the like are left out; a page that the crawler truncated is refused.
"""

import io
from collections.abc import Iterator, Mapping
from dataclasses import replace
from types import SimpleNamespace
from typing import Any

from warcio.archiveiterator import ArchiveIterator
from warcio.bufferedreaders import BufferedReader, ChunkedDataReader

from index.errors import UnreadableError
from index.formats.dates import parse_day
from index.formats.decoding import decode_bytes
from index.formats.documents.pdf import read_pdf
from index.formats.limits import MAX_ARTICLE, MAX_HEADER, LimitError
from index.formats.seed_file import CHUNK, Draft, Omitted, Original, Refused, Seed

from .content_encoding import decode_content
from .html import all_dates, draft_page

PAGE_SCHEMES = {"", "http", "https", "ftp", "file"}  # others mark a crawler's notes
TOO_LARGE = f"is larger than {MAX_ARTICLE // 1_000_000} MB, the limit for one article"
RECORD_TYPES = {"response", "resource", "conversion"}
HTML = {"text/html", "application/xhtml+xml"}
PDF = "application/pdf"
PAGES = {**dict.fromkeys(HTML, ".html"), PDF: ".pdf", "text/plain": ".txt"}
PUBLISHED = "Archive-QA-Published"  # a field of ours: the day that a feed stated


def read_warc(seed: Seed) -> Iterator[Draft | Refused | Omitted]:
    """Yield the pages, and refuse the archive in part if it is cut short or damaged.

    Raises:
        UnreadableError: It is not a web archive, or the headers of a record are too long.
    """
    records = ArchiveIterator(seed.stream)
    records.reader = lines = _Lines(seed.stream, CHUNK)
    records.INC_RECORD = ""  # a warning that it would print
    record = None
    try:
        for number, record in enumerate(records, start=1):
            lines.header_size = 0
            if records.err_count or not hasattr(record.raw_stream, "limit"):
                break  # the record before was longer than declared, or this one declares no length
            if record.rec_type in RECORD_TYPES and (media_type := _media_type(record)):
                page = _page(seed, number, record, media_type)
                try:
                    records.read_to_end()
                except Exception:  # in what follows the page
                    yield from page
                    raise
                if records.err_count:
                    break
                yield from page
    except UnreadableError:
        raise
    except Exception:  # half a record makes warcio raise almost anything
        records.err_count += 1
    if record is None:
        raise UnreadableError("is not a web archive")
    left = getattr(record.raw_stream, "limit", 1)
    if records.err_count or left or not lines.tail.endswith((b"\n\n", b"\r\n\r\n")):
        yield Refused(seed.place, "is cut short or damaged: the rest is not read")


def _page(seed: Seed, number: int, record: Any, kind: str) -> list[Draft | Refused | Omitted]:
    place = f"{seed.place}#{number}"
    try:
        body = _body(record)
        original = Original(PAGES[kind], body, _charset(record))
        return [
            replace(item, original=original) if isinstance(item, Draft) else item
            for item in _draft(replace(seed, place=place), record, kind, body)
        ]
    except LimitError:
        raise
    except Exception as error:
        return [Refused.because(place, error)]


def _media_type(record: Any) -> str | None:
    """The media type of a page, or None for a record that is not a page."""
    http = record.http_headers
    target = (record.rec_headers.get_header("WARC-Target-URI") or "").strip("<>")
    if target.partition(":")[0].lower() not in PAGE_SCHEMES:
        return None
    if record.rec_type == "response" and (http is None or http.get_statuscode() != "200"):
        return None
    declared = http.get_header("Content-Type") if http else record.content_type
    media_type = (declared or "").partition(";")[0].strip().lower()
    return media_type if media_type in PAGES else None


def _draft(
    seed: Seed, record: Any, media_type: str, body: bytes
) -> Iterator[Draft | Refused | Omitted]:
    """Read one page; `seed` has its place."""
    crawled = _crawled(record.rec_headers)
    if media_type == PDF:
        stream = io.BufferedReader(io.BytesIO(body))
        for item in read_pdf(replace(seed, stream=stream, size=len(body), depth=0)):
            yield _with(crawled, item) if isinstance(item, Draft) else item
        return
    decoded = decode_bytes(body, _charset(record), markup=media_type in HTML)
    if media_type in HTML:
        yield from draft_page(seed.place, decoded, crawled, front_pages=seed.front_pages)
        return
    yield Draft(seed.place, decoded.text, crawled)
    if decoded.doubt:
        yield Omitted(seed.place, decoded.doubt)


def _crawled(headers: Any) -> dict[str, object]:
    """What the crawler noted of a page: its address, and days from the surest to the least sure."""
    noted = (headers.get_header(PUBLISHED), (headers.get_header("WARC-Date") or "")[:10])
    days = tuple(day.isoformat() for day in map(parse_day, filter(None, noted)) if day)
    # not the page's own URL: the requested one can be looked up
    return {"url": (headers.get_header("WARC-Target-URI") or "").strip("<>"), "date": days}


def _with(crawled: Mapping[str, object], draft: Draft) -> Draft:
    dates = all_dates(draft.metadata, crawled)
    return replace(draft, metadata={**draft.metadata, **crawled, "date": dates})


def _charset(record: Any) -> str | None:
    declared = record.http_headers and record.http_headers.get_header("Content-Type")
    _, separator, charset = (declared or "").lower().partition("charset=")
    return charset.split(";")[0].strip(" \"'") if separator else None


def _body(record: Any) -> bytes:
    """The body as a browser would see it.

    Raises:
        UnreadableError: It is cut, incomplete, empty, too large or in an unsupported encoding.
    """
    if cause := record.rec_headers.get_header("WARC-Truncated"):
        raise UnreadableError(f"was truncated by the crawler ({cause})")
    if record.raw_stream.limit > MAX_ARTICLE:
        raise UnreadableError(TOO_LARGE)
    http = record.http_headers
    encodings = {
        name: ((http and http.get_header(name)) or "").strip().lower()
        for name in ("Transfer-Encoding", "Content-Encoding")
    }
    stream = record.raw_stream
    if encodings["Transfer-Encoding"] == "chunked":
        stream = ChunkedDataReader(stream)
    data = b"".join(iter(lambda: stream.read(CHUNK), b""))
    if record.raw_stream.limit:
        raise UnreadableError("is cut short")
    data = decode_content(data, encodings["Content-Encoding"], MAX_ARTICLE)
    if len(data) > MAX_ARTICLE:
        raise UnreadableError(TOO_LARGE)
    if not data.strip():
        raise UnreadableError("is empty")
    return data


class _Lines(BufferedReader):  # type: ignore[misc]
    """The reader that warcio uses, with a limit on headers; keeps the last bytes of the file."""

    def __init__(self, stream: Any, size: int) -> None:
        # whatever is available: the bytes after it may not be readable
        super().__init__(SimpleNamespace(read=stream.read1), size)
        self.header_size, self.tail = 0, b""

    def readline(self, length: int | None = None) -> bytes:
        limit = MAX_HEADER + 1 if length is None else min(length, MAX_HEADER + 1)
        line: bytes = super().readline(limit)
        self.header_size += len(line)
        if self.header_size > MAX_HEADER:
            raise UnreadableError(f"has a record with headers of over {MAX_HEADER / 1e6:.0f} MB")
        return line

    def _process_read(self, data: bytes) -> None:
        self.tail = (self.tail + data)[-4:]
        super()._process_read(data)

"""A web archive (.warc) -> one draft for each page in it, known by the number of its record.

Pages are the records with HTML or plain text; answers other than "200 OK" are left out, and so are
requests, pictures, what a crawler notes of itself and the like. What a crawler itself cut short
is refused.
"""

import datetime
import zlib
from collections.abc import Iterator
from contextlib import suppress
from types import SimpleNamespace
from typing import Any

import brotli
from warcio.archiveiterator import ArchiveIterator
from warcio.bufferedreaders import BufferedReader, ChunkedDataReader

from index.errors import UnreadableError
from index.formats.decoding import decode
from index.formats.limits import HEADER, LARGEST, LimitError
from index.formats.seed_file import PIECE, Draft, Refused, Seed

from .html import Page, from_html

ADDRESSES = {"", "http", "https", "ftp", "file"}  # others are of notes, not of pages
TOO_LARGE = f"is larger than {LARGEST // 1_000_000} MB, the most an article may have"
KINDS = {"response", "resource", "conversion"}
HTML = {"text/html", "application/xhtml+xml"}


def read_warc(seed: Seed) -> Iterator[Draft | Refused]:
    records = ArchiveIterator(seed.stream)
    records.reader = lines = _Lines(seed.stream, PIECE)
    records.INC_RECORD = ""  # what it would print
    record = None
    try:
        for number, record in enumerate(records, start=1):
            lines.held = 0
            if records.err_count or not hasattr(record.raw_stream, "limit"):
                break  # the record before was longer than it says, or this one does not say
            if record.rec_type in KINDS and (kind := _kind(record)):
                found = _page(f"{seed.place}#{number}", record, kind)
                try:
                    records.read_to_end()
                except Exception:  # of what comes after it
                    yield found
                    raise
                if records.err_count:
                    break
                yield found
    except UnreadableError:
        raise
    except Exception:  # what warcio happens to meet in half a record
        records.err_count += 1
    if record is None:
        raise UnreadableError("is no web archive")
    left = getattr(record.raw_stream, "limit", 1)
    if records.err_count or left or not lines.tail.endswith((b"\n\n", b"\r\n\r\n")):
        yield Refused(seed.place, "is cut short or damaged: what follows is not read")


def _page(place: str, record: Any, kind: str) -> Draft | Refused:
    try:
        return _draft(place, record, kind)
    except LimitError:
        raise
    except Exception as error:
        return Refused.because(place, error)


def _kind(record: Any) -> str | None:
    """The media type of a page, or None for what is no page."""
    web = record.http_headers
    target = (record.rec_headers.get_header("WARC-Target-URI") or "").strip("<>")
    if target.partition(":")[0].lower() not in ADDRESSES:
        return None
    if record.rec_type == "response" and (web is None or web.get_statuscode() != "200"):
        return None
    stated = web.get_header("Content-Type") if web else record.content_type
    kind = (stated or "").partition(";")[0].strip().lower()
    return kind if kind in HTML or kind == "text/plain" else None


def _draft(place: str, record: Any, kind: str) -> Draft:
    about = record.rec_headers
    if reason := about.get_header("WARC-Truncated"):
        raise UnreadableError(f"was cut short when it was crawled ({reason})")
    text = decode(_body(record), _charset(record))
    page: Page = from_html(text) if kind in HTML else (text, {})
    stated = {name: value for name, value in page[1].items() if value}
    day = (about.get_header("WARC-Date") or "")[:10]
    known = {"url": (about.get_header("WARC-Target-URI") or "").strip("<>")}
    with suppress(ValueError):
        known["date"] = datetime.date.fromisoformat(day).isoformat()
    # the address that was asked for is the one that can be looked up
    return Draft(place, page[0], {**known, **stated, "url": known["url"]})


def _charset(record: Any) -> str | None:
    stated = record.http_headers and record.http_headers.get_header("Content-Type")
    _, found, charset = (stated or "").lower().partition("charset=")
    return charset.split(";")[0].strip(" \"'") if found else None


def _body(record: Any) -> bytes:
    """What the browser was given. Raises UnreadableError where it is not there whole."""
    if record.raw_stream.limit > LARGEST:
        raise UnreadableError(TOO_LARGE)
    web = record.http_headers
    stated = {
        name: ((web and web.get_header(name)) or "").strip().lower()
        for name in ("Transfer-Encoding", "Content-Encoding")
    }
    stream = record.raw_stream
    if stated["Transfer-Encoding"] == "chunked":
        stream = ChunkedDataReader(stream)
    data = b"".join(iter(lambda: stream.read(PIECE), b""))
    if record.raw_stream.limit:
        raise UnreadableError("is cut short")
    data = _unpacked(data, stated["Content-Encoding"])
    if len(data) > LARGEST:
        raise UnreadableError(TOO_LARGE)
    if not data.strip():
        raise UnreadableError("is empty")
    return data


def _unpacked(data: bytes, packing: str) -> bytes:
    """`data` unpacked, up to one byte more than an article may have."""
    if packing in ("gzip", "x-gzip", "deflate") and data[:1] in (b"\x1f", b"\x78"):
        unpacker = zlib.decompressobj(zlib.MAX_WBITS | 32)
        found = unpacker.decompress(data, LARGEST + 1)
        whole = unpacker.eof
    elif packing == "br":
        unpacker = brotli.Decompressor()
        found = piece = unpacker.process(data, output_buffer_limit=LARGEST + 1)
        while piece and len(found) <= LARGEST:
            piece = unpacker.process(b"", output_buffer_limit=LARGEST + 1)
            found += piece
        whole = unpacker.is_finished()
    elif packing in ("", "identity", "gzip", "x-gzip", "none"):  # some crawlers store it unpacked
        return data
    else:
        raise UnreadableError(f"is packed by '{packing}', which is not read")
    if not whole and len(found) <= LARGEST:
        raise UnreadableError("is cut short")
    return found


class _Lines(BufferedReader):  # type: ignore[misc]
    """Reads for warcio, who would hold headers of any length; remembers how the file ends."""

    def __init__(self, stream: Any, size: int) -> None:
        # what is there, at once: what comes after it may not be readable
        super().__init__(SimpleNamespace(read=stream.read1), size)
        self.held, self.tail = 0, b""

    def readline(self, length: int | None = None) -> bytes:
        most = HEADER + 1 if length is None else min(length, HEADER + 1)
        line: bytes = super().readline(most)
        self.held += len(line)
        if self.held > HEADER:
            raise UnreadableError(f"has a record with headers of over {HEADER / 1e6:.0f} MB")
        return line

    def _process_read(self, data: bytes) -> None:
        self.tail = (self.tail + data)[-4:]
        super()._process_read(data)

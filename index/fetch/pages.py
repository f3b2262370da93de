"""Store a page as it came: a web archive (.warc) with one record.

The record holds the address, the time, the HTTP headers with their charset, and the bytes as the
server sent them; `index/formats/web/warc.py` reads it. A file appears whole or not at all.
"""

import hashlib
import io
import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote, unquote

from urllib3.util import parse_url
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from index.errors import StorageError
from index.formats.web.warc import PUBLISHED

from .lists.entries import Entry
from .response import Response

MAX_SLUG, MAX_HOST = 60, 100  # characters
RESERVED = re.compile(r"(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)")  # as file names on Windows
PRINTABLE = "".join(map(chr, range(32, 127)))
TOKEN = re.compile(r"[!-9;-~]+")  # a header's name
# the body is stored without them: it is no longer in chunks
HOP_BY_HOP = {"transfer-encoding", "connection", "keep-alive", "trailer", "upgrade"}


def file_name(url: str) -> str:
    """Return where a page is stored below the seeds folder; only the digest tells pages apart.

    >>> file_name("https://Example.org/news/2025/A%20ship!.html?id=7")
    'example.org/a-ship-html_e053d3e796191668.warc'
    """
    parts = parse_url(url)
    host = re.sub(r"[^a-z0-9.-]", "-", (parts.host or "").lower())[:MAX_HOST].strip(".") or "-"
    if RESERVED.match(host):
        host = f"_{host}"
    last = next((part for part in reversed((parts.path or "").split("/")) if part), "")
    slug = re.sub(r"[^a-z0-9]+", "-", unquote(last).lower())[:MAX_SLUG].strip("-") or "page"
    digest = hashlib.blake2b(url.encode(), digest_size=8).hexdigest()
    return f"{host}/{slug}_{digest}.warc"


def digest_of(response: Response) -> str:
    """Return a digest of the bytes that came."""
    return hashlib.blake2b(response.body, digest_size=16).hexdigest()


def store(seeds: Path, temporary: Path, name: str, entry: Entry, response: Response) -> None:
    """Write a page to `seeds / name`, by way of the file `temporary` on the same disk.

    Raises:
        StorageError: The disk is full or read-only.
    """
    data = as_warc(entry, response)
    with _disk(seeds):
        with temporary.open("wb") as out:
            out.write(data)
            out.flush()
            os.fsync(out.fileno())
        (seeds / name).parent.mkdir(parents=True, exist_ok=True)
        os.replace(temporary, seeds / name)


def as_warc(entry: Entry, response: Response) -> bytes:
    """Return a page as a web archive of one record."""
    headers = [
        (name, _ascii(value))
        for name, value in response.headers
        if name.lower() not in HOP_BY_HOP and TOKEN.fullmatch(name)
    ]
    file = io.BytesIO()
    writer = WARCWriter(file, gzip=False)
    published = {PUBLISHED: entry.published.isoformat()} if entry.published else {}
    record = writer.create_warc_record(
        response.url,
        "response",
        payload=io.BytesIO(response.body),
        length=len(response.body),
        http_headers=StatusAndHeaders(
            f"{response.status} {_ascii(response.reason)}".strip(), headers, protocol="HTTP/1.1"
        ),
        warc_headers_dict=published,
    )
    writer.write_record(record)
    return file.getvalue()


def _ascii(text: str) -> str:
    """Percent-encode what warcio does not write: all but printable ASCII."""
    return quote(text.encode("latin-1", "replace"), safe=PRINTABLE)


@contextmanager
def _disk(seeds: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise StorageError(
            f"cannot write into '{seeds}': {error.strerror}: make room, or choose another folder"
        ) from error

"""The table of file kinds, and the choice of the reader for a seed.

A reader takes a `Seed` and yields drafts and records, further seeds (an archive's members), and
what it refuses. It only ever reads a file as data: it runs nothing and follows no link or address.
"""

from collections.abc import Callable, Iterator, Set
from functools import partial
from pathlib import PurePosixPath

from index.errors import UnreadableError
from index.formats.books.epub import read_epub
from index.formats.containers.archives import read_tar, read_zip
from index.formats.containers.decompress import read_compressed
from index.formats.documents.docx import read_docx
from index.formats.documents.odt import read_odt
from index.formats.documents.pdf import read_pdf
from index.formats.documents.text import read_text
from index.formats.records.jsonl import read_jsonl
from index.formats.records.mail import read_mail
from index.formats.records.mbox import read_mbox
from index.formats.rich_text.rtf import read_rtf
from index.formats.subtitles.subtitles import read_subtitles
from index.formats.tables.delimited import read_delimited
from index.formats.tables.parquet import read_parquet
from index.formats.web.feeds.feed import read_feed
from index.formats.web.html import read_html
from index.formats.web.markdown import read_markdown
from index.formats.web.wacz import read_wacz
from index.formats.web.warc import read_warc

from .limits import MAX_DEPTH
from .seed_file import Draft, Omitted, Record, Refused, Seed

Reader = Callable[[Seed], Iterator[Draft | Record | Seed | Refused | Omitted]]

_gz, _bz2, _xz, _zst = (partial(read_compressed, method) for method in ("gz", "bz2", "xz", "zst"))

CONTENT_KINDS: dict[str, Reader] = {
    ".txt": read_text,
    ".md": read_markdown,
    ".html": read_html,
    ".htm": read_html,
    ".jsonl": read_jsonl,
    ".srt": read_subtitles,
    ".vtt": read_subtitles,
    ".csv": read_delimited,
    ".tsv": read_delimited,
    ".parquet": read_parquet,
    ".pdf": read_pdf,
    ".docx": read_docx,
    ".odt": read_odt,
    ".rtf": read_rtf,
    ".epub": read_epub,
    ".eml": read_mail,
    ".mbox": read_mbox,
    ".rss": read_feed,
    ".atom": read_feed,
    ".xml": read_feed,
    ".warc": read_warc,
}
CONTAINER_KINDS: dict[str, Reader] = {
    ".zip": read_zip,
    ".wacz": read_wacz,
    ".tar": read_tar,
    ".gz": _gz,
    ".tgz": _gz,
    ".bz2": _bz2,
    ".tbz2": _bz2,
    ".xz": _xz,
    ".txz": _xz,
    ".zst": _zst,
    ".tzst": _zst,
}
TABLE_KINDS = {".csv", ".tsv", ".parquet"}
PAGE_KINDS = {".html", ".htm", ".warc"}
KINDS = CONTENT_KINDS | CONTAINER_KINDS

# (offset, bytes, kind): recognise files whose names have no suffix
SIGNATURES = (
    (0, b"%PDF-", ".pdf"),
    (0, b"{\\rtf", ".rtf"),
    (0, b"WARC/", ".warc"),
    (0, b"PK\x03\x04", ".zip"),
    (0, b"PAR1", ".parquet"),
    (257, b"ustar", ".tar"),
    (0, b"\x1f\x8b", ".gz"),
    (0, b"BZh", ".bz2"),
    (0, b"\xfd7zXZ\x00", ".xz"),
    (0, b"\x28\xb5\x2f\xfd", ".zst"),
)
SIGNATURE_BYTES = 512


def reader_for(seed: Seed) -> Reader:
    """Choose by the suffix of the seed's name or, without one, by its first bytes.

    Raises:
        UnreadableError: There is no reader for its kind, or it is nested too deep.
    """
    kind = kind_of(seed)
    if kind in CONTAINER_KINDS and seed.depth >= MAX_DEPTH:
        raise UnreadableError(f"is nested more than {MAX_DEPTH} archives deep: unpack it yourself")
    if kind not in KINDS:
        raise UnreadableError(f"files of kind '{kind}' are not read, only {', '.join(KINDS)}")
    return KINDS[kind]


def kind_of(seed: Seed) -> str:
    """Return the kind of a seed, such as ".pdf", by its name or else its first bytes."""
    return seed.kind or _kind_by_signature(seed)


def may_hold(kinds: Set[str], name: str) -> bool:
    """Whether a file of this name may be of one of these kinds or, as an archive, hold one."""
    kind = PurePosixPath(name).suffix.lower()
    return kind in kinds or kind not in CONTENT_KINDS


def _kind_by_signature(seed: Seed) -> str:
    head = seed.stream.peek(SIGNATURE_BYTES)
    return next((kind for at, mark, kind in SIGNATURES if head[at:].startswith(mark)), "")

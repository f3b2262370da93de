"""One seed file -> its articles: the table of what is read, and by what.

A reader is given a `Seed` and yields what it finds: articles, drafts that become articles, further
seeds (an archive's members), and what it refuses. A file is only ever read as data: never
executed, never followed elsewhere.
"""

from collections.abc import Callable, Iterator
from functools import partial

from index.errors import UnreadableError
from index.formats.containers.archives import read_tar, read_zip
from index.formats.containers.decompress import read_packed
from index.formats.documents.docx import read_word
from index.formats.documents.markdown import read_markdown
from index.formats.documents.pdf import read_pdf
from index.formats.documents.text import read_text
from index.formats.records.jsonl import read_lines
from index.formats.records.mail import read_mail
from index.formats.web.feed import read_feed
from index.formats.web.html import read_html
from index.formats.web.warc import read_warc

from .limits import DEPTH
from .seed_file import Draft, Record, Refused, Seed

Reader = Callable[[Seed], Iterator[Draft | Record | Seed | Refused]]


def reader_of(seed: Seed) -> Reader:
    """By the end of the file's name; one without any is known by its first bytes."""
    kind = seed.kind or _marked(seed)
    if kind in PACKED and seed.depth >= DEPTH:
        raise UnreadableError(f"is packed more than {DEPTH} times over: unpack it yourself")
    if kind not in KINDS:
        raise UnreadableError(f"files of kind '{kind}' are not read, only {', '.join(KINDS)}")
    return KINDS[kind]


def _marked(seed: Seed) -> str:
    begin = seed.stream.peek(FIRST)
    return next((kind for at, mark, kind in MARKS if begin[at:].startswith(mark)), "")


_gz, _bz2, _xz, _zst = (partial(read_packed, packing) for packing in ("gz", "bz2", "xz", "zst"))

PAGES: dict[str, Reader] = {
    ".txt": read_text,
    ".md": read_markdown,
    ".html": read_html,
    ".htm": read_html,
    ".jsonl": read_lines,
    ".pdf": read_pdf,
    ".docx": read_word,
    ".eml": read_mail,
    ".rss": read_feed,
    ".atom": read_feed,
    ".xml": read_feed,
    ".warc": read_warc,
}
PACKED: dict[str, Reader] = {
    ".zip": read_zip,
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
KINDS = PAGES | PACKED
FIRST = 512
MARKS = (  # of files whose names do not say what they are: where, what, and the kind
    (0, b"%PDF-", ".pdf"),
    (0, b"WARC/", ".warc"),
    (0, b"PK\x03\x04", ".zip"),
    (257, b"ustar", ".tar"),
    (0, b"\x1f\x8b", ".gz"),
    (0, b"BZh", ".bz2"),
    (0, b"\xfd7zXZ\x00", ".xz"),
    (0, b"\x28\xb5\x2f\xfd", ".zst"),
)

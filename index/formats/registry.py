"""One seed file -> its articles: the table of what is read, and by what.

A reader is given a `Seed` and yields what it finds: articles, drafts that become articles, further
seeds (an archive's members), and what it refuses. A file is only ever read as data: never
executed, never followed elsewhere.
"""

from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

from index.article import Article, read_draft, read_lines
from index.errors import UnreadableError
from index.formats.containers.archives import read_tar, read_zip
from index.formats.containers.decompress import read_packed
from index.formats.documents.docx import read_word
from index.formats.documents.pdf import read_pdf
from index.formats.records.mail import read_mail
from index.formats.web.feed import read_feed
from index.formats.web.html import from_html, from_markdown
from index.formats.web.warc import read_warc

from .decoding import decode
from .limits import DEPTH, Budget, LimitError
from .seed_file import Draft, Refused, Seed

Reader = Callable[[Seed], Iterator[Article | Draft | Seed | Refused]]


def read_articles(file: Path, path: str) -> Iterator[Article | Refused]:
    """Yield the articles of `file`; `path` is how the archive names it (relative, with "/").

    Never raises for what is in the file or for a file that cannot be read: that is yielded as
    `Refused`, and the other articles of a file that holds many still come.
    """
    try:
        if not file.is_file():
            raise UnreadableError(
                "cannot be read: it is not an ordinary file, or not there any more"
            )
        with file.open("rb") as stream:
            size = file.stat().st_size
            yield from _read(Seed(path, path, file.name, stream, Budget(size), size))
    except Exception as error:
        yield Refused.because(path, error)


def _read(seed: Seed) -> Iterator[Article | Refused]:
    try:
        for found in _reader(seed)(seed):
            if isinstance(found, Seed):
                yield from _read(found)
            elif isinstance(found, Draft):
                yield _article(seed, found)
            else:
                yield found
    except LimitError:
        raise  # nothing more is read of the whole file
    except Exception as error:
        yield Refused.because(seed.place, error)


def _article(seed: Seed, draft: Draft) -> Article | Refused:
    try:
        return read_draft(seed, draft)
    except Exception as error:
        return Refused.because(draft.place, error)


def _reader(seed: Seed) -> Reader:
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


def _read_text(seed: Seed) -> Iterator[Draft]:
    yield Draft(seed.place, decode(seed.load()))


def _read_markdown(seed: Seed) -> Iterator[Draft]:
    yield Draft(seed.place, *from_markdown(decode(seed.load())))


def _read_html(seed: Seed) -> Iterator[Draft]:
    yield Draft(seed.place, *from_html(decode(seed.load())))


_gz, _bz2, _xz, _zst = (partial(read_packed, packing) for packing in ("gz", "bz2", "xz", "zst"))

PAGES: dict[str, Reader] = {
    ".txt": _read_text,
    ".md": _read_markdown,
    ".html": _read_html,
    ".htm": _read_html,
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

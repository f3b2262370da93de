"""Read a draft from a file; it comes from anybody, and is read as the seeds are."""

import io
from pathlib import Path

from index.errors import ArchiveError, UnreadableError, reason
from index.formats.decoding import decode
from index.formats.limits import Budget
from index.formats.registry import reader_for
from index.formats.seed_file import Draft, Refused, Seed

MAX_FILE = 10_000_000  # bytes; a Word file may hold pictures
PLAIN = (".txt", ".md", "")
KINDS = (".txt", ".md", ".docx", ".html", ".htm")


def read_draft(file: Path, name: str = "") -> str:
    """Return the text of a draft; of Markdown, as it is written.

    Args:
        file: The file on disk.
        name: What it is called, if not as on disk.

    Raises:
        ArchiveError: It cannot be read, is too large, of another kind, or holds no text.
    """
    name = name or file.name
    kind = Path(name).suffix.lower()
    if kind not in (*PLAIN, *KINDS):
        raise ArchiveError(f"drafts of kind '{kind}' are not read, only {', '.join(KINDS)}")
    try:
        if not file.is_file():  # a device or a pipe may never end
            raise ArchiveError(f"'{name}' is no file, or is not there")
        with file.open("rb") as stream:
            data = stream.read(MAX_FILE + 1)  # it may grow meanwhile
        if len(data) > MAX_FILE:
            raise ArchiveError(f"'{name}' is too large; the limit is 10 MB")
        text = decode(data) if kind in PLAIN else _read(data, name)
    except OSError as error:
        raise ArchiveError(f"cannot read '{name}': {error.strerror}") from None
    except UnreadableError as error:
        raise ArchiveError(f"'{name}' {error}") from None
    if not text.strip():
        raise ArchiveError(f"'{name}' holds no text")
    return text


def _read(data: bytes, name: str) -> str:
    seed = Seed(name, name, name, io.BufferedReader(io.BytesIO(data)), Budget(len(data)), len(data))
    try:
        items = list(reader_for(seed)(seed))
    except Exception as error:  # a malformed file makes a parser raise almost anything
        raise UnreadableError(reason(error)) from None
    for item in items:
        if isinstance(item, Refused):
            raise UnreadableError(item.why)
    return "\n\n".join(item.text for item in items if isinstance(item, Draft))

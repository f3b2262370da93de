"""Read delimited text (.csv, .tsv): one record per row, identified by the line where it begins.

The file is streamed, as it may be far larger than memory. A row that is not what its header
promises costs itself: its cells may be shifted, and a text cut or joined to another.
"""

import codecs
import csv
import io
import re
from collections.abc import Iterator

from index.errors import UnreadableError
from index.formats.charsets.labels import by_byte_order_mark
from index.formats.decoding import decode_bytes
from index.formats.limits import MAX_ARTICLE
from index.formats.seed_file import Omitted, Record, Refused, Seed

from .columns import Columns, Row, articles, no_text_column, unread
from .lines import Lines, Stream

SAMPLE = 262_144  # bytes that decide the encoding and must hold the header
DELIMITERS = (",", ";", "\t", "|")
EXCEL_HINT = re.compile(r'"?sep=(.)"?\r?\n')
UNDECODED = re.compile("[\udc80-\udcff]")  # what "surrogateescape" makes of such bytes
MAX_REREAD = 10 * MAX_ARTICLE  # characters that are read again after rows with broken quotes


def read_delimited(seed: Seed) -> Iterator[Record | Refused | Omitted]:
    """Yield a record per row.

    Raises:
        UnreadableError: It is not text, or no column of it holds texts.
    """
    csv.field_size_limit(max(csv.field_size_limit(), MAX_ARTICLE))  # the limit here is on rows
    head = seed.stream.read(SAMPLE)
    if not head.strip(b"\0 \t\r\n"):
        raise UnreadableError("is empty")
    decoded = decode_bytes(_whole_lines(head))
    mark = by_byte_order_mark(head)
    wide = decoded.codec.startswith(("utf-16", "utf-32"))  # without that error handler
    stream = Stream(head[mark[1] if mark else 0 :], seed.stream)
    text = io.TextIOWrapper(
        io.BufferedReader(stream),
        codecs.lookup(decoded.codec).name,
        errors="replace" if wide else "surrogateescape",
        newline="",
    )
    hint = EXCEL_HINT.match(decoded.text)
    body = decoded.text[hint.end() :] if hint else decoded.text
    delimiter, header = _header(body, (hint[1],) if hint else DELIMITERS, seed.column)
    columns = Columns.choose(header, seed.column)
    if columns is None:
        raise no_text_column(header)
    rows = _rows(Lines(text), delimiter, len(header), skip=2 if hint else 1)
    yield from articles(seed.place, columns, rows)
    yield from unread(seed.place, columns)
    if decoded.doubt:
        yield Omitted(seed.place, decoded.doubt)


def _whole_lines(head: bytes) -> bytes:
    """The sample without a line, and so without a character, that is cut at its end."""
    if len(head) < SAMPLE:
        return head
    return head[: SAMPLE // 4 * 4] if b"\0" in head else head[: head.rfind(b"\n") + 1] or head


def _header(text: str, delimiters: tuple[str, ...], column: str | None) -> tuple[str, list[str]]:
    """The delimiter and the header: those with a column of texts, else those with most columns."""
    found: list[tuple[bool, int, str, list[str]]] = []
    for delimiter in delimiters:
        try:
            lines = io.StringIO(text.lstrip("\r\n"), newline="")
            header = next(csv.reader(lines, delimiter=delimiter, strict=True), [])
        except (csv.Error, TypeError):  # of an impossible delimiter in Excel's hint
            continue
        known = Columns.choose(header, column) is not None
        found.append((known, len(header), delimiter, header))
    if not found:
        raise UnreadableError("has no header that can be read: its quotes are broken")
    _, _, delimiter, header = max(found, key=lambda each: each[:2])  # the first of equals
    return delimiter, header


def _rows(lines: Lines, delimiter: str, width: int, skip: int) -> Iterator[Row]:
    """Yield the rows below the header, each with the number of its first line."""
    reader = csv.reader(lines, delimiter=delimiter, strict=True)
    reread = 0
    while True:
        lines.begin_row()
        values: list[str] | UnreadableError
        try:
            values = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            drawn = lines.row
            values = _unquoted(drawn[0], delimiter, width) or UnreadableError(
                f"is not valid CSV ({error}): its quotes may be broken"
            )
            reread += sum(map(len, drawn[1:]))
            if reread > MAX_REREAD:
                yield lines.first, UnreadableError("has broken quotes: the rest is not read")
                return
            lines.push_back(drawn[1:])
        except UnreadableError as error:  # a row that is too long
            values = error
            if not lines.skip_row():
                yield lines.first, UnreadableError("has an open quote: the rest is not read")
                return
        if not values:
            continue
        if skip:
            skip -= 1
        else:
            yield lines.first, _checked(values, width)


def _unquoted(line: str, delimiter: str, width: int) -> list[str] | None:
    """The cells of a line whose quotes are no more than characters, as many programs write TSV."""
    cells = line.rstrip("\r\n").split(delimiter)
    return cells if delimiter == "\t" and len(cells) == width else None


def _checked(values: list[str] | UnreadableError, width: int) -> list[str] | UnreadableError:
    if isinstance(values, UnreadableError):
        return values
    if len(values) != width:
        return UnreadableError(f"has {len(values)} cells, but the header {width}")
    if any(map(UNDECODED.search, values)):
        return UnreadableError("holds bytes that are not in the encoding of the other rows")
    return values

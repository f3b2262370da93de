"""Read a Parquet file (.parquet): one record per row, identified by its number.

Only the columns that are needed are read, row by row: a file may state one long text for a million
rows, and several of them at once would fill memory.
"""

from collections.abc import Iterator
from functools import cache
from typing import TYPE_CHECKING, Any, BinaryIO

from index.errors import UnreadableError, requires_extra
from index.formats.limits import MAX_ARTICLE, MAX_NESTED_ZIP
from index.formats.seed_file import Omitted, Record, Refused, Seed

from .columns import Columns, Row, articles, no_text_column, unread

if TYPE_CHECKING:
    import pyarrow
    import pyarrow.parquet

BUFFER = 1_000_000  # bytes of a column that are read at once


def read_parquet(seed: Seed) -> Iterator[Record | Refused | Omitted]:
    """Yield a record per row.

    Raises:
        UnreadableError: It is not a Parquet file, no column holds texts, or pyarrow is missing.
    """
    with requires_extra("tables"):
        import pyarrow.parquet
    with seed.seekable(MAX_NESTED_ZIP if seed.depth else None) as file:
        if file.read(4) != b"PAR1":
            raise UnreadableError("is not a Parquet file, or an encrypted one")
        about = pyarrow.parquet.read_metadata(file)
        names = list(about.schema.to_arrow_schema().names)
        columns = Columns.choose(names, seed.column)
        if columns is None:
            raise no_text_column(names)
        used = [names[index] for index in columns.fields.values()]
        seed.budget.check_declared(_unpacked_size(about, used))
        rows = _rows(seed, file, used)
        order = {name: position for position, name in enumerate(columns.fields)}
        yield from articles(seed.place, Columns(order, columns.unread), rows)
    yield from unread(seed.place, columns)


def _unpacked_size(about: "pyarrow.parquet.FileMetaData", names: list[str]) -> int:
    """The bytes of some columns, as the file declares them."""
    groups = (about.row_group(i) for i in range(about.num_row_groups))
    chunks = (group.column(i) for group in groups for i in range(group.num_columns))
    return sum(
        chunk.total_uncompressed_size
        for chunk in chunks
        if chunk.path_in_schema.partition(".")[0] in names
    )


def _rows(seed: Seed, file: BinaryIO, names: list[str]) -> Iterator[Row]:
    import pyarrow.parquet

    table = pyarrow.parquet.ParquetFile(file, pre_buffer=False, buffer_size=BUFFER)
    rows = table.iter_batches(1, columns=names, use_threads=False)
    for number, row in enumerate(rows, start=1):
        found = [_readable(row.column(row.schema.names.index(name))) for name in names]
        yield number, _values(seed, [column[0] for column in found])


def _readable(column: "pyarrow.Array[Any]") -> "pyarrow.Array[Any]":
    """The column; times without what Python's datetime lacks, nanoseconds."""
    import pyarrow

    if not pyarrow.types.is_timestamp(column.type):
        return column
    if not _is_known(column.type.tz):  # what day it was there cannot be told
        odd = f"a time in the unknown zone '{column.type.tz}'"
        return pyarrow.array([odd if cell.is_valid else None for cell in column], pyarrow.string())
    return column.cast(pyarrow.timestamp("s", column.type.tz), safe=False)


@cache
def _is_known(zone: str | None) -> bool:
    import pyarrow

    try:
        pyarrow.scalar(0, pyarrow.timestamp("s", zone)).as_py()
    except Exception:  # of pytz or zoneinfo, whichever is installed
        return False
    return True


def _values(seed: Seed, scalars: list[Any]) -> list[object] | UnreadableError:
    try:
        values = [scalar.as_py() for scalar in scalars]
    except (ValueError, OverflowError) as error:  # not UTF-8, or a day that the calendar lacks
        return UnreadableError(f"holds a value that cannot be read ({error})")
    for value in values:
        if isinstance(value, str):
            seed.budget.spend(len(value))
            if len(value) > MAX_ARTICLE:
                limit = f"{MAX_ARTICLE // 1_000_000} MB, the limit for one article"
                return UnreadableError(f"is longer than {limit}")
    return values

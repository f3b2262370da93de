"""The FAISS file: passage ids and their vectors, derived from what SQLite holds.

Exact inner products (cosines, as the vectors are of unit length). The file bears the name of one
generation and is never written twice; whoever finds it missing, damaged or of another size than
the database makes it again in memory.
"""

import os
import zlib
from pathlib import Path

import faiss
import numpy as np
from numpy.typing import NDArray

from .errors import StorageError, first_line

Vectors = NDArray[np.float32]
Ids = NDArray[np.int64]
CHUNK = 1 << 24  # bytes read at once for the checksum


def make(dimension: int) -> faiss.Index:
    """An empty index; `add_with_ids` takes vectors, (n, dimension) float32, and ids, (n,)."""
    return faiss.IndexIDMap2(faiss.IndexFlatIP(dimension))


def write(index: faiss.Index, file: Path) -> int:
    """Write `index` to `file`, safely on disk before this returns; gives the file's checksum."""
    try:
        faiss.write_index(index, str(file))
        with file.open("rb") as written:
            os.fsync(written.fileno())
    except (RuntimeError, OSError) as error:  # FAISS raises RuntimeError for a full disk
        file.unlink(missing_ok=True)
        raise StorageError(
            f"cannot write '{file}' ({first_line(error)}): free some space"
        ) from error
    return checksum(file)


def read(file: Path, crc: int, count: int, dimension: int) -> faiss.Index | None:
    """The index in `file`, or None unless it is whole and holds `count` vectors of `dimension`."""
    try:
        if checksum(file) != crc:
            return None
        index = faiss.read_index(str(file))
    except (RuntimeError, OSError):
        return None
    return index if (index.ntotal, index.d) == (count, dimension) else None


def nearest(
    index: faiss.Index, vector: Vectors, k: int, among: Ids | None = None
) -> list[tuple[int, float]]:
    """Up to `k` (passage id, cosine), best first; equal cosines in the order of their ids.

    `among` holds the ids that count, (n,); None: all.
    """
    only = (
        None
        if among is None
        else faiss.SearchParameters(  # type: ignore[call-arg]
            sel=faiss.IDSelectorBatch(among)
        )
    )
    most = index.ntotal if among is None else len(among)
    if not most:
        return []
    scores, ids = index.search(
        vector.reshape(1, -1).astype(np.float32), max(1, min(k, most)), params=only
    )
    found = [(int(i), float(s)) for i, s in zip(ids[0], scores[0], strict=True) if i != -1]
    return sorted(found, key=lambda hit: (-hit[1], hit[0]))


def checksum(file: Path) -> int:
    crc = 0
    with file.open("rb") as data:
        while chunk := data.read(CHUNK):
            crc = zlib.crc32(chunk, crc)
    return crc

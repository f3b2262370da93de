"""The FAISS file: passage ids and their vectors, derived from what SQLite holds.

Exact inner products (cosines, as the vectors are of unit length); above some size a form of
`compressed.py`. The file bears the name of one generation and is never written twice; whoever finds
it missing, damaged or of another size than the database makes it again in memory.
"""

import os
import zlib
from pathlib import Path

import faiss
import numpy as np
from numpy.typing import NDArray

from index.errors import StorageError, first_line

Vectors = NDArray[np.float32]
Ids = NDArray[np.int64]
CHUNK = 1 << 24  # bytes read at once for the checksum


def make(dimension: int) -> faiss.Index:
    """An empty index; `add_with_ids` takes vectors, (n, dimension) float32, and ids, (n,)."""
    return faiss.IndexIDMap2(faiss.IndexFlatIP(dimension))


def write(index: faiss.Index, file: Path) -> int:
    """Write `index` to `file`, safely on disk before this returns; gives the file's checksum."""
    try:
        file.unlink(missing_ok=True)  # never in place: readers map what they read
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
    """The index in `file`, or None unless it is whole and holds `count` vectors of `dimension`.

    The vectors of an exact index stay on disk, mapped into memory; codes, 1/15 of that, are read.
    """
    try:
        if checksum(file) != crc:
            return None
        index = faiss.read_index(str(file), faiss.IO_FLAG_MMAP_IFC)
    except (RuntimeError, OSError):
        return None
    return index if (index.ntotal, index.d) == (count, dimension) else None


def nearest(
    index: faiss.Index, vector: Vectors, k: int, among: Ids | None = None
) -> list[tuple[int, float]]:
    """Up to `k` (passage id, cosine), best first; equal cosines in the order of their ids.

    `among` holds the ids that count, (n,); None: all.
    """
    most = index.ntotal if among is None else len(among)
    if not most:
        return []
    only = faiss.SearchParameters(sel=selected(among)) if among is not None else None  # type: ignore[call-arg]
    scores, ids = index.search(
        vector.reshape(1, -1).astype(np.float32), max(1, min(k, most)), params=only
    )
    return best(ids[0], scores[0], k)


def best(ids: Ids, scores: Vectors, k: int) -> list[tuple[int, float]]:
    """The `k` best, best first; equal ones in the order of their ids; -1 is FAISS's for none."""
    found = [(int(i), float(s)) for i, s in zip(ids, scores, strict=True) if i != -1]
    return sorted(found, key=lambda hit: (-hit[1], hit[0]))[:k]


def selected(ids: Ids) -> faiss.IDSelector:
    """Lets FAISS see only these ids: a bit for each id that there is."""
    bits = np.zeros(int(ids.max(initial=0)) + 1, bool)
    bits[ids] = True
    return faiss.IDSelectorBitmap(  # type: ignore[call-arg]
        np.packbits(bits, bitorder="little")  # type: ignore[arg-type]
    )


def checksum(file: Path) -> int:
    crc = 0
    with file.open("rb") as data:
        while chunk := data.read(CHUNK):
            crc = zlib.crc32(chunk, crc)
    return crc

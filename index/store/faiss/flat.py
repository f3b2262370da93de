"""The exact FAISS index: passage ids and vectors, in a file derived from what the database holds.

Exact inner products, which are cosines as the vectors have unit length. Large archives use the form
in `product_quantised.py`. A file bears the name of one generation and is never written in place.
Whoever finds it missing, damaged or of another size than the database makes the index again.
"""

import os
import zlib
from pathlib import Path

import faiss
import numpy as np
from numpy.typing import NDArray

from index.errors import StorageError, first_line

Index = faiss.Index
Vectors = NDArray[np.float32]
Ids = NDArray[np.int64]
CHUNK = 1 << 24  # bytes read at once for the checksum


def empty(dimension: int) -> Index:
    """Return an empty index.

    Its `add_with_ids` takes vectors, float32 (n, dimension), and ids, int64 (n,).
    """
    return faiss.IndexIDMap2(faiss.IndexFlatIP(dimension))


def write(index: Index, file: Path) -> int:
    """Write `index` to `file`, synced to disk, and return the file's checksum."""
    try:
        file.unlink(missing_ok=True)  # never in place: readers map the file into memory
        faiss.write_index(index, str(file))
        with file.open("rb") as written:
            os.fsync(written.fileno())
    except (RuntimeError, OSError) as error:  # FAISS raises RuntimeError for a full disk
        file.unlink(missing_ok=True)
        raise StorageError(
            f"cannot write '{file}' ({first_line(error)}): free some space"
        ) from error
    return checksum(file)


def read(file: Path, crc: int, count: int, dimension: int) -> Index | None:
    """Return the index in `file`, or None unless it is whole.

    Whole means: the checksum is `crc`, and it holds `count` vectors of `dimension`. Vectors of an
    exact index stay on disk, mapped into memory; quantised codes, a fifteenth of that, are read.
    """
    try:
        if checksum(file) != crc:
            return None
        index = faiss.read_index(str(file), faiss.IO_FLAG_MMAP_IFC)
    except (RuntimeError, OSError):
        return None
    return index if (index.ntotal, index.d) == (count, dimension) else None


def nearest(
    index: Index, vector: Vectors, k: int, among: Ids | None = None
) -> list[tuple[int, float]]:
    """Return up to `k` (passage id, cosine), best first; equal cosines by id.

    Args:
        index: An exact index.
        vector: Of shape (dimension,).
        k: How many.
        among: The only ids to consider, (n,); None: all.
    """
    most = index.ntotal if among is None else len(among)
    if not most:
        return []
    only = faiss.SearchParameters(sel=selector(among)) if among is not None else None  # type: ignore[call-arg]
    scores, ids = index.search(
        vector.reshape(1, -1).astype(np.float32), max(1, min(k, most)), params=only
    )
    return best(ids[0], scores[0], k)


def best(ids: Ids, scores: Vectors, k: int) -> list[tuple[int, float]]:
    """Return the `k` best (id, score); equal scores by id. FAISS pads missing results with -1."""
    pairs = [(int(i), float(s)) for i, s in zip(ids, scores, strict=True) if i != -1]
    return sorted(pairs, key=lambda pair: (-pair[1], pair[0]))[:k]


def selector(ids: Ids) -> faiss.IDSelector:
    """Limit a FAISS search to these ids: a bitmap over all ids."""
    bits = np.zeros(int(ids.max(initial=0)) + 1, bool)
    bits[ids] = True
    return faiss.IDSelectorBitmap(  # type: ignore[call-arg]
        np.packbits(bits, bitorder="little")  # type: ignore[arg-type]
    )


def checksum(file: Path) -> int:
    """Return the CRC-32 of a file."""
    crc = 0
    with file.open("rb") as data:
        while chunk := data.read(CHUNK):
            crc = zlib.crc32(chunk, crc)
    return crc

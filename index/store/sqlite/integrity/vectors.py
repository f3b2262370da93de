"""Does every passage have a whole vector, and is the FAISS file made of these vectors?"""

import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import faiss
import numpy as np

from index.store.base.centering import LanguageSums
from index.store.base.protocol import Problem
from index.store.faiss import flat
from index.store.sqlite.generation import Generation
from index.store.sqlite.vector_table import read_means, read_sums, vector_batches

LENGTH_TOLERANCE = 1e-3  # of a unit vector's length
SUM_TOLERANCE = 1e-6  # of sums that were added up in another order


def wrong_vectors(
    connection: sqlite3.Connection, generation: Generation, folder: Path
) -> Iterator[Problem]:
    """Yield what is wrong with the vectors; the FAISS file is compared only if all are whole."""
    found = [*_missing(connection), *_broken(connection, generation.settings.dimension)]
    yield from found
    if not found:
        yield from _wrong_sums(connection, generation)
        yield from _wrong_file(connection, generation, folder)


def _missing(connection: sqlite3.Connection) -> Iterator[Problem]:
    for identity, article in connection.execute(
        "SELECT id, article FROM passage WHERE content NOT IN (SELECT content FROM vector)"
    ):
        yield Problem("vector", f"passage {identity} has no vector", article)
    for (content,) in connection.execute(
        "SELECT content FROM vector WHERE content NOT IN (SELECT content FROM passage)"
    ):
        yield Problem("vector", f"vector {content.hex()} belongs to no passage", content=content)


def _broken(connection: sqlite3.Connection, dimension: int) -> Iterator[Problem]:
    for content, value in connection.execute("SELECT content, value FROM vector"):
        if len(value) != 4 * dimension:
            what = f"has {len(value)} bytes, not {4 * dimension}"
        else:
            length = float(np.linalg.norm(np.frombuffer(value, "<f4").astype(np.float64)))
            if abs(length - 1) <= LENGTH_TOLERANCE:
                continue
            what = f"has the length {length:g}, not 1"
        yield Problem("vector", f"vector {content.hex()} {what}", content=content)


def _wrong_sums(connection: sqlite3.Connection, generation: Generation) -> Iterator[Problem]:
    settings = generation.settings
    expected = LanguageSums(settings.dimension)
    for _, values, codes in vector_batches(connection, settings.dimension):
        expected.add(values, codes)
    means, stored = expected.means(), read_means(connection, settings.dimension)
    if stored.codes != means.codes or not np.allclose(stored.means, means.means, atol=1e-4):
        yield Problem("file", "the languages' mean vectors are not those of the passages")
    if settings.passages < 0:  # an index of an earlier version has no sums
        return
    count = expected.counts.total()
    if settings.passages != count:
        yield Problem("file", f"{settings.passages} passages were published, {count} are there")
    sums = read_sums(connection, settings.dimension) or LanguageSums(settings.dimension)
    if sums.counts != expected.counts or not _close(sums, expected):
        yield Problem("file", "the sums of the languages' vectors are not those of the passages")


def _close(some: LanguageSums, others: LanguageSums) -> bool:
    return all(
        np.allclose(some.sums[code], others.sums[code], rtol=0, atol=SUM_TOLERANCE)
        for code in others.sums
    )


def _wrong_file(
    connection: sqlite3.Connection, generation: Generation, folder: Path
) -> Iterator[Problem]:
    state = generation.faiss
    file = folder / state.file
    if not file.is_file():
        yield Problem("file", f"the FAISS file '{state.file}' is not there")
        return
    crc = flat.checksum(file)
    if crc != state.crc:
        sentence = f"the FAISS file '{file.name}' has the checksum {crc}, not {state.crc}"
        yield Problem("file", sentence)
        return
    index: Any = faiss.read_index(str(file))  # FAISS's types do not say that it has ids
    if state.exact:
        yield from _wrong_copies(connection, generation, index)
    else:
        yield from _wrong_codes(connection, generation, index)


def _wrong_codes(
    connection: sqlite3.Connection, generation: Generation, index: Any
) -> Iterator[Problem]:
    """Check that a quantised file holds the passages up to its last, and those removed since.

    Its codes cannot show that a vector in the database has changed: the sums do.
    """
    size = index.invlists.list_size(0)
    filed = set(faiss.rev_swig_ptr(index.invlists.get_ids(0), size).tolist())
    expected = connection.execute(
        "SELECT id FROM passage WHERE id <= ? UNION SELECT id FROM gone", (generation.faiss.last,)
    )
    if filed != {row[0] for row in expected}:
        yield Problem("file", f"the FAISS file '{generation.faiss.file}' is of other passages")


def _wrong_copies(
    connection: sqlite3.Connection, generation: Generation, index: Any
) -> Iterator[Problem]:
    """Compare an exact file bit by bit with the vectors in the database."""
    ids = faiss.vector_to_array(index.id_map)
    dimension = generation.settings.dimension
    means = read_means(connection, dimension)
    at = 0
    for expected, values, codes in vector_batches(connection, dimension):
        end = at + len(expected)
        if not np.array_equal(ids[at:end], expected):
            yield Problem("file", f"the FAISS file '{generation.faiss.file}' is of other passages")
            return
        filed = index.index.reconstruct_n(at, len(expected))
        widened = means.widen(values, codes)
        differ = (filed.view(np.uint32) != widened.view(np.uint32)).any(axis=1)
        for identity in expected[differ].tolist():
            # the file's checksum is right, so it is the database that has changed
            article, content = connection.execute(
                "SELECT article, content FROM passage WHERE id = ?", (identity,)
            ).fetchone()
            sentence = f"the vector or language of passage {identity} is not that of the FAISS file"
            yield Problem("vector", sentence, article, content)
        at = end
    if at != index.ntotal:
        yield Problem("file", f"the FAISS file has {index.ntotal} vectors, the passages are {at}")

"""Has every passage its vector, is each one whole, and is the FAISS file made of them?"""

import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import faiss
import numpy as np

from index.store.base.centering import LanguageSums
from index.store.base.problem import Problem
from index.store.faiss import flat

from .schema import Settings
from .vector_table import read_languages, read_totals, stored_vectors

ROUNDING = 1e-3  # how far a unit vector's length may be from 1
SUMMED = 1e-6  # how far sums may differ that were added up in another order


def wrong_vectors(
    connection: sqlite3.Connection, settings: Settings, folder: Path
) -> Iterator[Problem]:
    """What is wrong with the vectors; those of the FAISS file are compared only if all are whole"""
    found = [*_missing(connection), *_broken(connection, settings.dimension)]
    yield from found
    if not found:
        yield from _wrong_sums(connection, settings)
        yield from _wrong_file(connection, settings, folder)


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
            if abs(length - 1) <= ROUNDING:
                continue
            what = f"has the length {length:g}, not 1"
        yield Problem("vector", f"vector {content.hex()} {what}", content=content)


def _wrong_sums(connection: sqlite3.Connection, settings: Settings) -> Iterator[Problem]:
    right, dimension = LanguageSums(settings.dimension), settings.dimension
    for _, values, codes in stored_vectors(connection, dimension):
        right.add(values, codes)
    languages, found = right.languages(), read_languages(connection, dimension)
    if found.codes != languages.codes or not np.allclose(found.means, languages.means, atol=1e-4):
        yield Problem("file", "the languages' mean vectors are not those of the passages")
    if settings.passages < 0:  # an index of an earlier version has no sums
        return
    if settings.passages != right.counts.total():
        sentence = f"{settings.passages} passages were published, {right.counts.total()} are there"
        yield Problem("file", sentence)
    stored = read_totals(connection, dimension) or LanguageSums(dimension)
    if stored.counts != right.counts or not _close(stored, right):
        yield Problem("file", "the sums of the languages' vectors are not those of the passages")


def _close(some: LanguageSums, others: LanguageSums) -> bool:
    return all(np.allclose(some.sums[c], others.sums[c], rtol=0, atol=SUMMED) for c in others.sums)


def _wrong_file(
    connection: sqlite3.Connection, settings: Settings, folder: Path
) -> Iterator[Problem]:
    file = folder / settings.vectors_file
    if not file.is_file():
        yield Problem("file", f"the FAISS file '{settings.vectors_file}' is not there")
        return
    crc = flat.checksum(file)
    if crc != settings.vectors_crc:
        sentence = (
            f"the FAISS file '{file.name}' has the checksum {crc}, not {settings.vectors_crc}"
        )
        yield Problem("file", sentence)
        return
    index: Any = faiss.read_index(str(file))  # its own types do not say that it has ids
    if settings.vectors_depth:
        yield from _wrong_codes(connection, settings, index)
    else:
        yield from _wrong_copies(connection, settings, file, index)


def _wrong_codes(
    connection: sqlite3.Connection, settings: Settings, index: Any
) -> Iterator[Problem]:
    """A compressed file: it must hold the passages up to its last, and those that went since.

    Its codes cannot show that a vector in the database has changed: the sums do.
    """
    size = index.invlists.list_size(0)
    filed = set(faiss.rev_swig_ptr(index.invlists.get_ids(0), size).tolist())
    last = settings.vectors_last
    wanted = connection.execute(
        "SELECT id FROM passage WHERE id <= ? UNION SELECT id FROM gone", (last,)
    )
    if filed != {row[0] for row in wanted}:
        yield Problem("file", f"the FAISS file '{settings.vectors_file}' is of other passages")


def _wrong_copies(
    connection: sqlite3.Connection, settings: Settings, file: Path, index: Any
) -> Iterator[Problem]:
    ids = faiss.vector_to_array(index.id_map)
    languages = read_languages(connection, settings.dimension)
    at = 0
    for wanted, values, codes in stored_vectors(connection, settings.dimension):
        end = at + len(wanted)
        if not np.array_equal(ids[at:end], wanted):
            yield Problem("file", f"the FAISS file '{file.name}' is of other passages")
            return
        filed = index.index.reconstruct_n(at, len(wanted))
        widened = languages.widen(values, codes)
        differ = (filed.view(np.uint32) != widened.view(np.uint32)).any(axis=1)  # bit by bit
        for identity in wanted[differ].tolist():
            # the file's checksum is right: it is the database that has changed since
            article, content = connection.execute(
                "SELECT article, content FROM passage WHERE id = ?", (identity,)
            ).fetchone()
            sentence = f"the vector or language of passage {identity} is not that of the FAISS file"
            yield Problem("vector", sentence, article, content)
        at = end
    if at != index.ntotal:
        yield Problem("file", f"the FAISS file has {index.ntotal} vectors, the passages are {at}")

"""Which FAISS file a generation gets: the old one, or one filled or learned anew.

A small archive's is exact, holds every vector and is written at each build. A large one's holds
codes; passages that came later are compared one by one, and those that are gone are left out, until
there are too many of either.
"""

import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import faiss

from index.store.base.centering import LanguageMeans
from index.store.faiss import flat, product_quantised
from index.store.faiss.flat import Ids, Vectors

from .schema import Settings
from .vector_table import all_vectors, stored_vectors


@dataclass(frozen=True, slots=True)
class Sizes:
    """Where forms change, in passages."""

    exact: int = 50_000  # the most that are compared one by one
    changes: int = 10_000  # the most that came, or went, since a compressed file was written
    sample: int = 20_000  # from which codes are learned
    growth: float = 2.0  # codes are learned anew when the archive has grown so many times
    recall: float = 0.98  # at 10, wanted of compressed vectors


SIZES = Sizes()
Made = tuple[Any, Settings]  # an index, and the settings that say what it is


def vectors_file(
    connection: sqlite3.Connection,
    folder: Path,
    old: Settings | None,
    new: Settings,
    languages: LanguageMeans,
    sizes: Sizes = SIZES,
) -> Settings:
    """Give the generation of `new` its FAISS file, the one of `old` if that will do."""
    if old and old.vectors_depth and new.passages > sizes.exact:
        before = read(connection, folder, replace(old, passages=new.passages), languages)
        came = count_later(connection, old.vectors_last)
        if before and max(came, count_gone(connection)) <= sizes.changes:
            return _with_vectors_of(old, new)
        learned = before if new.passages < sizes.growth * old.vectors_trained else None
        trained = old.vectors_trained if learned else 0
    else:
        learned, trained = None, 0
    index, settings = make(connection, new, languages, sizes, learned, trained)
    name = f"vectors-{new.generation:08}.faiss"
    crc = flat.write(index, folder / name)
    connection.execute("DELETE FROM gone")
    return replace(settings, vectors_file=name, vectors_crc=crc)


def make(
    connection: sqlite3.Connection,
    settings: Settings,
    languages: LanguageMeans,
    sizes: Sizes = SIZES,
    learned: Any = None,
    trained: int = 0,
) -> Made:
    """The index of what SQLite holds; with the codes of an earlier one where these still serve."""
    if settings.passages <= sizes.exact:
        exact = make_exact(connection, languages)
        return exact, replace(
            settings, vectors_last=0, vectors_trained=0, vectors_depth=0, vectors_recall=1.0
        )
    if learned is not None:
        made = _filled(connection, settings, languages, sizes, learned, trained)
        if made[1].vectors_recall >= sizes.recall:
            return made
    return _filled(connection, settings, languages, sizes, None, settings.passages)


def make_exact(connection: sqlite3.Connection, languages: LanguageMeans) -> faiss.Index:
    dimension = languages.means.shape[1]
    index = flat.make(dimension + len(languages.codes))
    for ids, values, codes in stored_vectors(connection, dimension):
        index.add_with_ids(languages.widen(values, codes), ids)
    return index


def _filled(
    connection: sqlite3.Connection,
    settings: Settings,
    languages: LanguageMeans,
    sizes: Sizes,
    learned: Any,
    trained: int,
) -> Made:
    dimension, last = settings.dimension, 0
    every = max(1, settings.passages // sizes.sample)
    ids, values, codes = all_vectors(connection, dimension, every=every)
    if len(ids) < product_quantised.LEAST:  # ids that happen to be no such multiples
        ids, values, codes = all_vectors(connection, dimension)
    asked = product_quantised.Asked(ids, values)
    if learned is None:
        learned = product_quantised.train(languages.centred(values, codes))
    else:
        learned.reset()

    def centred() -> Iterator[tuple[Ids, Vectors]]:
        nonlocal last
        for found, part, codes in stored_vectors(connection, dimension):
            yield found, languages.centred(part, codes)
            last = int(found[-1])

    measured = product_quantised.fill(learned, centred(), asked, sizes.recall)
    return learned, replace(
        settings,
        vectors_last=last,
        vectors_trained=trained,
        vectors_depth=measured.depth,
        vectors_recall=measured.recall,
    )


def read(
    connection: sqlite3.Connection, folder: Path, settings: Settings, languages: LanguageMeans
) -> faiss.Index | None:
    """The FAISS index that the settings name, or None unless it is whole and belongs to them."""
    dimension, held = settings.dimension, count(connection, settings)
    if settings.vectors_depth:
        dimension += dimension % product_quantised.SUB
        held += count_gone(connection) - count_later(connection, settings.vectors_last)
    else:
        dimension += len(languages.codes)
    return flat.read(folder / settings.vectors_file, settings.vectors_crc, held, dimension)


def count(connection: sqlite3.Connection, settings: Settings) -> int:
    """How many passages there are; only an index of an earlier version must count them."""
    if settings.passages >= 0:
        return settings.passages
    return int(connection.execute("SELECT count(*) FROM passage").fetchone()[0])


def count_gone(connection: sqlite3.Connection) -> int:
    return int(connection.execute("SELECT count(*) FROM gone").fetchone()[0])


def count_later(connection: sqlite3.Connection, last: int) -> int:
    return int(
        connection.execute("SELECT count(*) FROM passage WHERE id > ?", (last,)).fetchone()[0]
    )


def _with_vectors_of(old: Settings, new: Settings) -> Settings:
    return replace(
        new,
        vectors_file=old.vectors_file,
        vectors_crc=old.vectors_crc,
        vectors_last=old.vectors_last,
        vectors_trained=old.vectors_trained,
        vectors_depth=old.vectors_depth,
        vectors_recall=old.vectors_recall,
    )

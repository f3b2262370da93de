"""Read all of an archive and say what is wrong with it; nothing is changed."""

from collections.abc import Iterator

import numpy as np

from index.errors import NoIndexError, StorageError, first_line
from index.store.base.centering import LanguageSums
from index.store.base.history.rows import wrong_version
from index.store.base.keywords import terms_of_passage
from index.store.base.protocol import Problem
from index.store.base.stored import to_article
from index.store.base.verbatim import wrong_article, wrong_text_digest
from index.store.postgres.address import Address
from index.store.postgres.connection import Connection, one, streamed
from index.store.postgres.rows import COLUMNS
from index.store.postgres.setting import Generation, read_generation, read_means, read_sums
from index.text.terms import READABLE, VERSION

BATCH = 2_000  # vectors read at once
TOLERANCE = 1e-3  # of a unit vector's length
SUM_TOLERANCE = 1e-6  # of sums that were added up in another order
LOST_PASSAGES = """SELECT DISTINCT article FROM passage p
    WHERE NOT EXISTS (SELECT FROM article a WHERE a.number = p.article)"""
VECTORS = """SELECT p.id, e.passage, coalesce(p.article, e.article), coalesce(e.content, p.content),
    CASE WHEN e.passage IS NULL THEN 'has no vector'
        WHEN p.id IS NULL THEN 'is not there, but has a vector'
        WHEN vector_dims(e.value) <> %(dimension)s THEN 'has a vector of another dimension'
        WHEN NOT abs(vector_norm(e.value) - 1) <= %(tolerance)s
            THEN 'has a vector of a wrong length'
        ELSE 'has a vector that belongs to another text, language or day' END
    FROM passage p FULL JOIN embedding e ON (e.article, e.passage) = (p.article, p.id)
    LEFT JOIN article a ON a.number = p.article
    WHERE e.passage IS NULL OR p.id IS NULL OR vector_dims(e.value) <> %(dimension)s
        OR NOT abs(vector_norm(e.value) - 1) <= %(tolerance)s
        OR (e.content, e.language, e.day)
            IS DISTINCT FROM (p.content, coalesce(p.language, ''), a.date)
    ORDER BY 1, 2"""
# What the postings should be, from the terms in order, and what they are
EXPECTED = """SELECT term, article, passage, sum(weight)::real, length FROM (
    SELECT unnest(string_to_array(terms, ' ')) AS term, 1.0 AS weight, k.* FROM keyword k
    UNION ALL SELECT unnest(string_to_array(other, ' ')), 0.5, k.* FROM keyword k
    ) single GROUP BY term, article, passage, length"""
POSTED = "SELECT term, article, passage, frequency, length FROM posting"
WRONG_POSTINGS = f"""SELECT DISTINCT passage FROM (
    ({EXPECTED} EXCEPT ALL {POSTED}) UNION ALL ({POSTED} EXCEPT ALL {EXPECTED})
    ) different ORDER BY passage"""


def problems(connection: Connection, address: Address) -> list[Problem]:
    """Return everything that is wrong with the archive at `address`.

    Raises:
        ArchiveError: It was never finished.
    """
    try:
        generation = read_generation(connection, address)
    except StorageError as error:
        return [Problem("settings", first_line(error))]
    if generation is None:
        raise NoIndexError(f"the index in '{address.shown}' was never finished: build it again")
    return [
        *_wrong_texts(connection, generation.settings.terms),
        *_wrong_vectors(connection, generation),
        *_wrong_keywords(connection, generation),
        *_wrong_versions(connection, generation),
    ]


def _wrong_versions(connection: Connection, generation: Generation) -> Iterator[Problem]:
    if generation.has_versions:
        with streamed(connection, "logged") as rows:
            rows.itersize = 10  # a text may be large
            for row in rows.execute(f"SELECT {generation.version_columns} FROM version"):
                if sentence := wrong_version(row):
                    yield Problem("version", sentence)


def _wrong_texts(connection: Connection, terms: int) -> Iterator[Problem]:
    """Yield what is wrong with articles, passages, and the terms of passages."""
    for (number,) in connection.execute("SELECT number FROM article ORDER BY number").fetchall():
        *row, digest, text_digest = one(
            connection,
            f"SELECT {COLUMNS}, digest, text_digest FROM article WHERE number = %s",
            (number,),
        )
        passages = connection.execute(
            'SELECT p.id, start, "end", kind, p.title, content, terms, other FROM passage p'
            " LEFT JOIN keyword k ON (k.article, k.passage) = (p.article, p.id)"
            " WHERE p.article = %s ORDER BY start",
            (number,),
        ).fetchall()
        try:
            article = to_article(row)
        except StorageError as error:
            yield Problem("article", first_line(error), number)
            continue
        yield from wrong_text_digest(article, number, text_digest)
        yield from wrong_article(article, number, digest, (passage[:6] for passage in passages))
        for identity, start, end, kind, own, _, *stored in passages if terms == VERSION else ():
            text = article.text[start:end]
            if tuple(stored) != terms_of_passage(text, kind, own, article.title):
                yield Problem("keywords", f"the keywords of passage {identity} are not its own")
    for (number,) in connection.execute(LOST_PASSAGES).fetchall():
        yield Problem("passage", f"passages belong to article number {number}, not there", number)


def _wrong_vectors(connection: Connection, generation: Generation) -> Iterator[Problem]:
    dimension = generation.settings.dimension
    values = {"dimension": dimension, "tolerance": TOLERANCE}
    found = connection.execute(VECTORS, values).fetchall()
    for passage, embedded, article, content, what in found:
        sentence = f"passage {passage or embedded} {what}"
        yield Problem("vector", sentence, article if passage else None, content)
    for name in generation.state.indexes.values():
        if not one(connection, "SELECT to_regclass(%s) IS NOT NULL", (name,))[0]:
            yield Problem("file", f"the index {name} of the vectors is not there")
    if not found:
        yield from _wrong_sums(connection, generation)


def _wrong_sums(connection: Connection, generation: Generation) -> Iterator[Problem]:
    dimension = generation.settings.dimension
    expected = LanguageSums(dimension)
    with streamed(connection, "vectors", binary=True) as rows:
        rows.execute("SELECT language, value FROM embedding")
        while batch := rows.fetchmany(BATCH):
            values = np.array([value.to_numpy() for _, value in batch], np.float32)
            expected.add(values, [code for code, _ in batch])
    means, stored = expected.means(), read_means(connection, dimension)
    if stored.codes != means.codes or not np.allclose(stored.means, means.means, atol=1e-4):
        yield Problem("file", "the languages' mean vectors are not those of the passages")
    count = expected.counts.total()
    if generation.settings.passages != count:
        published = generation.settings.passages
        yield Problem("file", f"{published} passages were published, {count} are there")
    sums = read_sums(connection, dimension) or LanguageSums(dimension)
    close = all(
        np.allclose(sums.sums[code], expected.sums[code], rtol=0, atol=SUM_TOLERANCE)
        for code in expected.sums
    )
    if +sums.counts != +expected.counts or not close:
        yield Problem("file", "the sums of the languages' vectors are not those of the passages")


def _wrong_keywords(connection: Connection, generation: Generation) -> Iterator[Problem]:
    """Yield what is wrong with the postings, given the terms of the passages."""
    version = generation.settings.terms
    if version != VERSION:
        if version not in READABLE:
            yield Problem("keywords", f"the keywords were made by rules {version}, not {VERSION}")
        return
    for (passage,) in connection.execute(WRONG_POSTINGS).fetchall():
        yield Problem("keywords", f"the postings of passage {passage} are not its own")
    (tokens,) = one(connection, "SELECT coalesce(sum(length), 0) FROM keyword")
    if tokens != generation.state.tokens:
        yield Problem("keywords", "the keywords' total is not that of the passages")

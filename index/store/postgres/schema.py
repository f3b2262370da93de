"""The tables of an archive, in a schema of its own, and the rights to them.

All rows of an article are found by its number, so that a sharded database keeps them together.
Numbers and ids are given by the writer, of which there is only one at a time; see `setting.py`.
"""

from psycopg import sql

from index.errors import ArchiveError

from .connection import Connection, one

SCHEMA = 1  # raise it whenever the tables change, and migrate in `prepare_tables`

MAX_DIMENSION = 2_000  # a vector is stored in its row, which has at most 8,160 bytes

# Dead rows are removed early: a build replaces few of many rows, and the keywords' table is large.
VACUUM = (
    "autovacuum_vacuum_scale_factor = 0.02, autovacuum_vacuum_insert_scale_factor = 0.05,"
    " autovacuum_analyze_scale_factor = 0.02"
)
# "C" orders by code point, as Python does.
TABLES = f"""
CREATE TABLE setting (name text PRIMARY KEY, value text NOT NULL);
CREATE TABLE file (path text COLLATE "C" PRIMARY KEY, stamp text NOT NULL, skipped text NOT NULL);
CREATE TABLE article (
    number bigint PRIMARY KEY, id text COLLATE "C" NOT NULL, title text COLLATE "C",
    text text NOT NULL, date text COLLATE "C", language text COLLATE "C",
    path text COLLATE "C" NOT NULL, url text, author text, parts text NOT NULL,
    place text COLLATE "C" NOT NULL, anchors text, digest bytea NOT NULL,
    text_digest bytea NOT NULL
) WITH ({VACUUM});
CREATE INDEX article_id ON article (id);
CREATE INDEX article_path ON article (path);
-- permalinks name articles by the digest of their text alone
CREATE INDEX article_text ON article (text_digest);
CREATE TABLE passage (
    article bigint NOT NULL, id bigint NOT NULL, start integer NOT NULL, "end" integer NOT NULL,
    kind text NOT NULL, language text COLLATE "C", title text, content bytea NOT NULL,
    PRIMARY KEY (article, id)
) WITH ({VACUUM});
CREATE INDEX passage_id ON passage (id);
CREATE INDEX passage_content ON passage (content);
-- what a search of vectors needs is in one row; "" is a language that is not known
CREATE TABLE embedding (
    article bigint NOT NULL, passage bigint NOT NULL, content bytea NOT NULL,
    language text COLLATE "C" NOT NULL, day text COLLATE "C", value vector NOT NULL,
    PRIMARY KEY (article, passage)
) WITH ({VACUUM});
ALTER TABLE embedding ALTER COLUMN value SET STORAGE PLAIN;
CREATE INDEX embedding_passage ON embedding (passage);
CREATE INDEX embedding_content ON embedding (content);
CREATE INDEX embedding_language ON embedding (language);
CREATE INDEX embedding_day ON embedding (day);
-- the terms of a passage in order, separated by spaces, to find phrases in; length counts both
CREATE TABLE keyword (
    article bigint NOT NULL, passage bigint NOT NULL, length integer NOT NULL,
    terms text NOT NULL, other text NOT NULL, PRIMARY KEY (article, passage)
) WITH ({VACUUM});
CREATE INDEX keyword_passage ON keyword (passage);
-- one row for each term of a passage; BM25 reads no more than the index
CREATE TABLE posting (
    term text COLLATE "C" NOT NULL, article bigint NOT NULL, passage bigint NOT NULL,
    frequency real NOT NULL, length integer NOT NULL
) WITH ({VACUUM});
CREATE INDEX posting_term ON posting (term, passage) INCLUDE (frequency, length);
-- mean vectors and sums of each language, as little-endian numbers
CREATE TABLE language (
    code text COLLATE "C" PRIMARY KEY, passages bigint NOT NULL, mean bytea NOT NULL,
    sum bytea NOT NULL
);
CREATE TABLE embedded (key bytea PRIMARY KEY, value bytea NOT NULL);
-- texts that are kept with the index whatever is built
CREATE TABLE note (name text PRIMARY KEY, text text NOT NULL);
"""
NAMES = ("setting", "file", "article", "passage", "embedding", "keyword", "posting", "language",
         "embedded", "note")  # fmt: skip


def exists(connection: Connection, archive: str) -> bool:
    """Whether the archive has tables."""
    return bool(one(connection, "SELECT to_regclass(%s) IS NOT NULL", (f"{archive}.setting",))[0])


def prepare_tables(connection: Connection, archive: str) -> None:
    """Create the archive's schema and tables if they are not there."""
    if exists(connection, archive):
        return
    with connection.transaction():
        connection.execute(
            sql.SQL("CREATE SCHEMA IF NOT EXISTS {}").format(sql.Identifier(archive))
        )
        connection.execute(TABLES)


def require_dimension(dimension: int) -> None:
    """Raise ArchiveError if vectors of this dimension do not fit into a row."""
    if dimension > MAX_DIMENSION:
        raise ArchiveError(
            f"the encoder's vectors have {dimension:,} dimensions, more than the "
            f"{MAX_DIMENSION:,} that fit into a database: choose another encoder, or a folder"
        )

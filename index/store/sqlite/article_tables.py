"""Articles with their passages and keywords: put in, taken out and read again by a build."""

from collections.abc import Iterator, Sequence

from index.article import Article
from index.passage import Passage
from index.store.base.centering import LanguageSums
from index.store.base.digest import of_text
from index.store.base.keywords import PassageTerms, terms_of_passage
from index.store.base.stored import ARTICLE, article_values, source_digest

from .connection import InTransaction
from .generation import Generation
from .vector_table import vectors_of_article


class ArticleTables(InTransaction):
    """The tables `article`, `passage` and `keyword`, inside the writer's transaction.

    Removing an article also subtracts its vectors from the sums, and notes which passages of the
    FAISS file are gone.
    """

    _old: Generation | None
    _sums: LanguageSums | None  # of the passages up to `_last_published`
    _last_published: int  # highest passage id that was published before this build
    touched: bool

    def put(self, article: Article, digest: bytes, passages: Iterator[Passage]) -> None:
        """Add an article with its passages and keywords, or replace the one with its id."""
        self.remove(article.id)
        number = self._connection.execute(
            f"INSERT INTO article ({ARTICLE}, anchors, digest, text_digest, source_digest)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                *article_values(article),
                digest, of_text(article.text), source_digest(article),
            ),
        ).lastrowid  # fmt: skip
        for p in passages:
            identity = self._connection.execute(
                'INSERT INTO passage (article, start, "end", kind, language, title, content)'
                " VALUES (?, ?, ?, ?, ?, ?, ?)",
                (number, p.start, p.end, p.kind, p.language, p.title, of_text(p.text)),
            ).lastrowid
            self._connection.execute(
                "INSERT INTO keyword (rowid, terms, other) VALUES (?, ?, ?)",
                (identity, *terms_of_passage(p.text, p.kind, p.title, article.title)),
            )
        self._connection.execute("INSERT INTO seen VALUES (?)", (number,))
        self.touched = True

    def remove(self, identity: str) -> None:
        """Remove an article with its passages and keywords; `publish` drops unused vectors."""
        row = self._one("SELECT number FROM article WHERE id = ?", identity)
        if row is None:
            return
        old = self._passages(*row)
        self._subtract(*row)
        # FTS5 keeps no copy of the terms: to delete them it must be given them once more
        self._connection.executemany(
            "INSERT INTO keyword (keyword, rowid, terms, other) VALUES ('delete', ?, ?, ?)",
            [(passage, *keywords) for passage, _, keywords in old],
        )
        self._connection.executemany(
            "INSERT OR IGNORE INTO freed VALUES (?)", [(content,) for _, content, _ in old]
        )
        self._connection.execute("DELETE FROM passage WHERE article = ?", row)
        self._connection.execute("DELETE FROM seen WHERE number = ?", row)
        self._connection.execute("DELETE FROM article WHERE number = ?", row)
        self.touched = True

    def _subtract(self, number: int) -> None:
        """Take an article's published passages out of the sums and the FAISS file."""
        if not (self._sums and self._old):
            return
        removed, values, codes = vectors_of_article(
            self._connection, self._old.settings.dimension, number, self._last_published
        )
        self._sums.add(values, codes, -1)
        self._connection.executemany(
            "INSERT OR IGNORE INTO gone SELECT ?1 WHERE ?1 <= ?2",
            [(identity, self._old.faiss.last) for identity in removed.tolist()],
        )

    def remake_keywords(self) -> None:
        """Make the keywords of all passages again by today's term rules."""
        self._connection.execute("INSERT INTO keyword (keyword) VALUES ('delete-all')")
        for (number,) in self._connection.execute("SELECT number FROM article").fetchall():
            self._connection.executemany(
                "INSERT INTO keyword (rowid, terms, other) VALUES (?, ?, ?)",
                [(passage, *keywords) for passage, _, keywords in self._passages(number)],
            )
        self.merge_keywords()
        self.touched = True

    def merge_keywords(self) -> None:
        """Merge what FTS5 wrote bit by bit: a term is looked up in every piece.

        Keyword search in 100,000 passages then takes less than half of the time.
        """
        self._connection.execute("INSERT INTO keyword (keyword) VALUES ('optimize')")

    def count_articles(self) -> int:
        """Count the articles as they will be published."""
        return int(self._one("SELECT count(*) FROM article")[0])

    def count_passages(self) -> int:
        """Count the passages as they will be published."""
        return int(self._one("SELECT count(*) FROM passage")[0])

    def texts(self, passages: Sequence[int]) -> list[str]:
        """Return the texts of these passages, in the given order."""
        current, text, texts = None, "", []
        for passage in passages:
            number, start, end = self._one(
                'SELECT article, start, "end" FROM passage WHERE id = ?', passage
            )
            if number != current:
                (text,) = self._one("SELECT text FROM article WHERE number = ?", number)
                current = number
            texts.append(text[start:end])
        return texts

    def _passages(self, number: int) -> list[tuple[int, bytes, PassageTerms]]:
        """Return (id, content, keywords) of an article's passages; its text is read once."""
        title, text = self._one("SELECT title, text FROM article WHERE number = ?", number)
        rows = self._connection.execute(
            'SELECT id, content, start, "end", kind, title FROM passage WHERE article = ?',
            (number,),
        )
        return [
            (passage, content, terms_of_passage(text[start:end], kind, own, title))
            for passage, content, start, end, kind, own in rows
        ]

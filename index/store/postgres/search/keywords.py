"""Keyword search over our own terms: how many passages hold a term, and which rank best (BM25).

PostgreSQL's own text search is not used: its ranking knows no document frequency, and its parser
neither "U.S." nor Chinese. Scores are those of FTS5. Which terms are looked up is decided in
`index/store/base/keywords.py`. A phrase is looked for in the passages that hold its terms.
"""

from collections.abc import Sequence

from index.store.base.protocol import Scored
from index.store.base.records import Posting
from index.store.base.search_filter import SearchFilter
from index.store.postgres.connection import Connection

from .vectors import matching

K1, B = 1.2, 0.75  # as in FTS5
LEAST_IDF = 1e-6
COMMON = 20_000  # passages up to which the terms of a phrase are counted to find its rarest
# Scores are compared to 9 digits, or the order in which floats are summed would decide ties.
FOUND = """SELECT passage, term, frequency, length FROM posting WHERE term = ANY(%(terms)s)
    {phrases}"""
SEARCH = f"""WITH found AS MATERIALIZED ({{found}}), scored AS (
    SELECT passage, greatest(ln((%(passages)s - n + 0.5) / (n + 0.5)), {LEAST_IDF}) * frequency
        * {K1 + 1} / (frequency + {K1} * ({1 - B} + {B} * length / %(mean)s)) AS score
    FROM (SELECT *, count(*) OVER (PARTITION BY term) AS n FROM found) counted
)
SELECT passage, sum(score) AS score FROM scored {{among}}
GROUP BY passage ORDER BY round(sum(score)::numeric, 9) DESC, passage LIMIT %(k)s"""
# A subquery for each term stands alone: Citus plans none that depends on the row of another.
COUNT = """(SELECT {0} AS number, count(*)
    FROM (SELECT FROM posting WHERE term = %s LIMIT %s) AS term_{0})"""
COUNTED_AT_ONCE = 100
# The rest of the last term's postings, however many, is passed over by the next statement.
VOCABULARY = """SELECT DISTINCT term FROM (
    SELECT term FROM posting WHERE term >= %s AND term > %s AND term < %s ORDER BY term LIMIT %s
) AS next ORDER BY term"""
POSTINGS_AT_ONCE = 1_000
# Each term stands between spaces of its own, so that repeats next to each other all count.
PHRASE = """UNION ALL SELECT * FROM (
    SELECT k.passage, %({name})s, (occurrences(k.terms) + 0.5 * occurrences(k.other))::real,
        k.length FROM keyword k WHERE k.passage = ANY(%({name}_in)s)
) phrase"""


def _occurrences(column: str, name: str) -> str:
    """Return SQL that counts a phrase in a column of terms."""
    spaced = f"' ' || replace({column}, ' ', '  ') || ' '"
    without = f"replace({spaced}, %({name}_spaced)s, '')"
    return f"(length({spaced}) - length({without})) / length(%({name}_spaced)s)"


class Keywords:
    """The keywords of one generation: `passages` in all, with so many `tokens` together."""

    def __init__(self, connection: Connection, passages: int, tokens: int) -> None:
        self._connection, self._passages, self._tokens = connection, passages, tokens
        self._with: dict[str, list[int]] = {}  # all passages with a phrase, once counted

    def counts(self, terms: Sequence[str], limit: int) -> dict[str, int]:
        """Count the passages that hold each of some single terms, each up to `limit`."""
        counts: dict[str, int] = {}
        for start in range(0, len(terms), COUNTED_AT_ONCE):
            some = terms[start : start + COUNTED_AT_ONCE]
            query = " UNION ALL ".join(COUNT.format(number) for number in range(len(some)))
            values = [value for term in some for value in (term, limit)]
            for number, count in self._connection.execute(query, values):
                counts[some[number]] = int(count)
        return counts

    def count_phrase(self, phrase: str, limit: int) -> int:
        """Count the passages that hold a phrase, up to `limit`."""
        found = self._with_phrase(phrase, limit)
        if len(found) < limit:
            self._with[phrase] = found
        return len(found)

    def search(self, terms: Sequence[str], k: int, only: SearchFilter) -> Scored:
        """Return up to `k` passages that hold any of `terms`, with BM25 scores, best first."""
        if not terms or not self._passages:
            return []
        mean = max(1.0, self._tokens) / self._passages
        found, values = self._found(terms)
        values |= {"passages": self._passages, "mean": mean, "k": k}
        among = ""
        if only:
            condition, more = matching(only)
            among = f"WHERE passage IN (SELECT passage FROM embedding WHERE {condition})"
            values |= more
        rows = self._connection.execute(SEARCH.format(found=found, among=among), values)
        return [(int(passage), float(score)) for passage, score in rows]

    def postings(self, terms: Sequence[str]) -> list[Posting]:
        """Return a posting for each term in each passage that holds it."""
        if not terms:
            return []
        rows = self._connection.execute(*self._found(terms))
        return [Posting(int(i), term, float(f), int(length)) for i, term, f, length in rows]

    def _found(self, terms: Sequence[str]) -> tuple[str, dict[str, object]]:
        """Return the query for the postings of terms and phrases, and its parameters."""
        values: dict[str, object] = {"terms": [term for term in terms if " " not in term]}
        phrases = []
        for number, phrase in enumerate(term for term in terms if " " in term):
            name = f"phrase{number}"
            values |= {
                name: phrase,
                f"{name}_spaced": f" {phrase.replace(' ', '  ')} ",
                f"{name}_in": self._with.get(phrase) or self._with_phrase(phrase),
            }
            sql = PHRASE.replace("{name}", name)
            for column in ("k.terms", "k.other"):
                sql = sql.replace(f"occurrences({column})", _occurrences(column, name))
            phrases.append(sql)
        return FOUND.format(phrases="\n".join(phrases)), values

    def passages_with(self, terms: Sequence[str], limit: int) -> list[int]:
        """Return the ids of up to `limit` passages that hold any of `terms`."""
        single = [term for term in terms if " " not in term]
        rows = self._connection.execute(
            "SELECT DISTINCT passage FROM posting WHERE term = ANY(%s) LIMIT %s", (single, limit)
        )
        found = [passage for (passage,) in rows]
        for phrase in set(terms).difference(single):
            found += self._with_phrase(phrase, limit)
        return list(dict.fromkeys(found))[:limit]

    def among(self, passages: Sequence[int], only: SearchFilter) -> list[int]:
        """Return those of the passages that match a filter."""
        condition, values = matching(only)
        query = f"SELECT passage FROM embedding WHERE passage = ANY(%(ids)s) AND {condition}"
        rows = self._connection.execute(query, {**values, "ids": list(passages)})
        return [passage for (passage,) in rows]

    def vocabulary(self, start: str) -> list[str]:
        """Return the terms of all passages that start with `start`, sorted."""
        found: list[str] = []
        while True:
            values = (start, found[-1] if found else "", f"{start}\U0010ffff", POSTINGS_AT_ONCE)
            rows = self._connection.execute(VOCABULARY, values).fetchall()
            if not rows:
                return found
            found += [term for (term,) in rows]

    def _with_phrase(self, phrase: str, limit: int | None = None) -> list[int]:
        """Return the passages that hold a phrase, up to `limit`."""
        terms = list(dict.fromkeys(phrase.split(" ")))
        counts = self.counts(terms, COMMON)
        rarest, *others = sorted(terms, key=lambda term: counts[term])
        if not counts[rarest]:
            return []
        held = "".join(
            " AND EXISTS (SELECT FROM posting o WHERE o.term = %s"
            " AND (o.article, o.passage) = (p.article, p.passage))"
            for _ in others
        )
        rows = self._connection.execute(
            "SELECT p.passage FROM posting p JOIN keyword k USING (article, passage)"
            f" WHERE p.term = %s{held} AND (strpos(' ' || k.terms || ' ', %s) > 0"
            " OR strpos(' ' || k.other || ' ', %s) > 0) LIMIT %s",
            (rarest, *others, f" {phrase} ", f" {phrase} ", limit),
        )
        return [passage for (passage,) in rows]

"""Every passage must have the keywords that follow from its text, and no others."""

from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from index.store.base.protocol import Problem
from index.store.sqlite.connection import connect
from index.store.sqlite.integrity.keywords import wrong_keywords
from index.text.terms import VERSION
from tests.support.damage import execute


@contextmanager
def checked(index: Path, version: int = VERSION) -> Iterator[list[Problem]]:
    with closing(connect(index)) as connection:
        connection.execute("PRAGMA query_only = OFF")  # for temporary tables
        yield list(wrong_keywords(connection, version))


def sentences(index: Path) -> str:
    with checked(index) as problems:
        assert {problem.what for problem in problems} <= {"keywords"}
        return "\n".join(problem.sentence for problem in problems)


def test_keywords_of_a_sound_index_are_sound(index: Path) -> None:
    assert sentences(index) == ""


@pytest.mark.parametrize(
    ("statement", "sentence"),
    [
        ("INSERT INTO keyword (rowid, terms) VALUES (99, 'x')", "belong to passage 99, not there"),
        ("INSERT INTO keyword (rowid, terms) VALUES (13, 'x')", "of passage 13 are not its own"),
        (
            "INSERT INTO keyword (keyword, rowid, terms) VALUES ('delete', 13, 'x')",
            "passage 13 has no keywords",
        ),
        ("DELETE FROM passage WHERE id = 13", "keywords belong to passage 13, not there"),
        ("UPDATE article SET text = replace(text, 'keeper', 'kitten')", "are not its own"),
        ("UPDATE article SET title = 'Three boats' WHERE id = '2.txt'", "are not its own"),
        ("UPDATE keyword_docsize SET sz = x'01' WHERE id = 13", "of passage 13 are not its own"),
        ("UPDATE keyword_data SET block = x'0909' WHERE id = 1", "total is not that of"),
        ("DELETE FROM keyword_data WHERE id > 10", "the keywords are damaged"),
        ("DELETE FROM keyword_data", "the keywords are damaged"),
        ("DROP TABLE keyword_docsize", "the keywords are damaged"),
    ],
)
def test_damage_is_reported(index: Path, statement: str, sentence: str) -> None:
    execute(index, statement)
    assert sentence in sentences(index)


@pytest.mark.parametrize("words", ["counted keeper", "keeper, keeper", "keeper-counted"])
def test_the_order_and_number_of_terms_matter(index: Path, words: str) -> None:
    execute(index, "UPDATE article SET text = replace(text, 'keeper counted', ?)", [words])
    assert sentences(index).count("are not its own") == 3


def test_keywords_of_other_rules_are_not_compared(index: Path) -> None:
    execute(index, "DELETE FROM keyword_data WHERE id > 10")
    with checked(index, version=0) as problems:
        assert [problem.sentence for problem in problems] == [
            f"the keywords were made by rules 0, not {VERSION}"
        ]


def test_checking_writes_only_temporary_tables(index: Path) -> None:
    before = (index / "archive.sqlite").read_bytes()
    with checked(index):
        assert (index / "archive.sqlite").read_bytes() == before

"""Articles must be what was read from their seeds; passages must be verbatim and complete."""

from contextlib import closing
from pathlib import Path

import pytest

from index.store.base.protocol import Problem
from index.store.sqlite.connection import connect
from index.store.sqlite.integrity.texts import wrong_texts
from tests.support.builds import Make
from tests.support.damage import execute


def problems(index: Path) -> list[Problem]:
    with closing(connect(index)) as connection:
        return list(wrong_texts(connection))


def test_texts_of_a_sound_index_are_sound(index: Path) -> None:
    assert problems(index) == []


def test_an_article_without_text_has_no_passages_to_miss(index: Path, make: Make) -> None:
    make({"empty.txt": ". . ."})
    assert problems(index) == []


@pytest.mark.parametrize(
    ("statement", "sentence"),
    [
        ("UPDATE article SET text = replace(text, 'keeper', 'kitten')", "is not the text that was"),
        ("UPDATE article SET text = text || char(10) WHERE id = 'a'", "'a' is not what was read"),
        ("UPDATE article SET title = 'Fake' WHERE id = 'a'", "'a' is not what was read"),
        ("UPDATE article SET date = '2025-10-29' WHERE id = 'b'", "'b' is not what was read"),
        ("UPDATE article SET digest = x'' WHERE id = 'b'", "'b' is not what was read from x.jsonl"),
        ("UPDATE article SET date = 'x' WHERE id = 'b'", "the article 'b' is damaged"),
        ("UPDATE article SET parts = '[' WHERE id = 'b'", "the article 'b' is damaged"),
        ("UPDATE article SET text = CAST(x'ff41' AS TEXT) WHERE id = 'a'", "cannot be read"),
        (
            "UPDATE article SET text_digest = x'00' WHERE id = 'a'",
            "'a' cannot be found by its text",
        ),
        ("UPDATE article SET place = 'y' WHERE id = 'a'", "'a' is in x.jsonl and in y"),
        ("DELETE FROM article WHERE id = 'c'", "belong to article number"),
        ("UPDATE passage SET start = start + 1 WHERE id = 13", "is not the text that was embedded"),
        ("UPDATE passage SET start = start + 1 WHERE id = 13", "1 characters that are in no pass"),
        ("UPDATE passage SET start = 8 WHERE id = 14", "overlaps the one before it"),
        ('UPDATE passage SET "end" = 9999 WHERE id = 13', "to 9999 of "),
        ("UPDATE passage SET kind = 'title' WHERE kind = 'body'", "is no title of that article"),
        ("UPDATE passage SET title = 'x' WHERE kind = 'teaser'", "is no teaser of that article"),
        ("DELETE FROM passage WHERE id = 13", "in no passage"),
        ("DELETE FROM passage WHERE article = 5", "the end of 'a', from 0, is in no passage"),
    ],
)
def test_damage_is_reported(index: Path, statement: str, sentence: str) -> None:
    execute(index, statement)
    assert any(sentence in problem.sentence for problem in problems(index)), problems(index)


def test_a_problem_names_the_row_of_its_article(index: Path) -> None:
    execute(index, "UPDATE article SET title = 'Fake' WHERE id = 'b'")
    (problem,) = problems(index)
    with closing(connect(index)) as connection:
        (number,) = connection.execute("SELECT number FROM article WHERE id = 'b'").fetchone()
    assert (problem.what, problem.article) == ("article", number)


def test_digests_of_an_earlier_version_are_not_compared(index: Path) -> None:
    execute(index, "UPDATE article SET title = 'Fake', digest = x'00112233' WHERE id = 'b'")
    assert problems(index) == []

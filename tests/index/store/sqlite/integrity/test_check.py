"""A check reads all of an index, reports every kind of damage, and changes nothing."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from index import ArchiveError
from index.store.base.protocol import Problem
from index.store.sqlite.connection import FILE
from index.store.sqlite.integrity import check
from index.store.sqlite.integrity.check import problems
from index.store.sqlite.integrity.texts import wrong_texts
from tests.support.builds import AsNobody, Make
from tests.support.damage import execute


def sentences(index: Path) -> str:
    return "\n".join(problem.sentence for problem in problems(index))


def test_a_sound_index_has_no_problems(index: Path, make: Make) -> None:
    assert problems(index) == []
    make({"x.jsonl": b"{broken"}, passage_tokens=16)  # its articles stay, cut by earlier rules
    assert problems(index) == []
    make({"empty.txt": ". . ."})
    assert problems(index) == []


def test_an_empty_archive_is_sound(make: Make, tmp_path: Path) -> None:
    make({})
    assert problems(tmp_path / "index") == []


def test_every_part_of_the_index_is_checked(index: Path) -> None:
    execute(index, "UPDATE article SET title = 'Fake' WHERE id = 'a'")
    execute(index, "DELETE FROM passage WHERE id = 14")
    execute(index, "UPDATE language SET mean = zeroblob(256)")
    assert {p.what for p in problems(index)} == {"article", "passage", "vector", "keywords"}
    execute(index, "DELETE FROM vector WHERE content NOT IN (SELECT content FROM passage)")
    assert {p.what for p in problems(index)} == {"article", "passage", "file", "keywords"}


def test_damaged_settings_end_the_check(index: Path) -> None:
    execute(index, "UPDATE setting SET value = '{' WHERE name = 'generation'")
    (problem,) = problems(index)
    assert problem.what == "settings"
    assert "settings are damaged" in problem.sentence


def test_pages_that_disagree_with_their_index_are_reported(index: Path) -> None:
    with closing(sqlite3.connect(index / FILE)) as connection:
        connection.execute("PRAGMA writable_schema = ON")
        connection.execute(
            "UPDATE sqlite_master SET sql = 'CREATE INDEX article_path ON article (place)'"
            " WHERE name = 'article_path'"
        )
        connection.commit()
    assert [p.what for p in problems(index)][:1] == ["pages"]
    assert "the database is damaged: " in sentences(index)


def test_a_part_that_cannot_be_read_does_not_end_the_check(index: Path) -> None:
    execute(index, "ALTER TABLE language RENAME TO gone_language")
    execute(index, "UPDATE article SET title = 'Fake' WHERE id = 'a'")
    assert "the database cannot be read on (no such table: language)" in sentences(index)
    assert "'a' is not what was read" in sentences(index)
    assert "keywords" in {p.what for p in problems(index)}


def test_without_an_index_there_is_nothing_to_check(tmp_path: Path) -> None:
    with pytest.raises(ArchiveError, match="there is no index"):
        problems(tmp_path / "nowhere")
    (tmp_path / "empty").mkdir()
    with closing(sqlite3.connect(tmp_path / "empty" / FILE)) as connection:
        connection.execute("VACUUM")
    with pytest.raises(ArchiveError, match="never finished: build it again"):
        problems(tmp_path / "empty")


def test_a_file_that_is_no_database_is_one_problem(index: Path) -> None:
    for beside in index.glob(f"{FILE}-*"):
        beside.unlink()
    (index / FILE).write_bytes(b"garbage " * 999)
    assert [p.what for p in problems(index)] == ["pages"]
    assert "the index is damaged" in sentences(index)


def test_a_build_that_publishes_meanwhile_starts_the_check_again(
    index: Path, make: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It has removed the FAISS file that the checked snapshot names."""
    builds = iter(["A new article.", "Another one."])

    def interrupted(connection: sqlite3.Connection) -> Iterator[Problem]:
        for text in builds:
            make({"new.txt": text})
            break
        return wrong_texts(connection)

    monkeypatch.setattr(check, "wrong_texts", interrupted)
    assert problems(index) == []
    assert next(builds, None) is None


def test_a_check_changes_nothing_and_needs_no_write_permission(
    index: Path, as_nobody: AsNobody
) -> None:
    before = {file.name: file.read_bytes() for file in index.glob("*[es]")}
    assert problems(index) == []
    assert {file.name: file.read_bytes() for file in index.glob("*[es]")} == before
    for file in index.iterdir():
        file.chmod(0o444)
    index.chmod(0o555)
    assert as_nobody(lambda: problems(index)) == "[]"

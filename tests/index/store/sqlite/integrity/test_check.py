"""`archive-qa check`: a sound index is found sound, and every kind of damage is said."""

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import numpy as np
import pytest

from index import ArchiveError, BuildReport
from index.admin.check import check, main
from index.admin.repair import repair
from index.errors import run
from index.store.sqlite.connection import FILE
from qa import Archive
from tests.support.damage import execute, flip

PAGE = (
    "Two ships\n\nThe keeper counted {} ships.\n\nRelated articles\n\nFog at noon.\n\n灯塔在北边。"
)

Make = Callable[..., BuildReport]


@pytest.fixture
def index(make: Make, tmp_path: Path) -> Path:
    lines = [{"id": i, "text": f"Boat {i}. 他来了。", "date": "2025-10-28"} for i in "abc"]
    make({"x.jsonl": lines, **{f"{i}.txt": PAGE.format(i) for i in range(4)}})
    make({"0.txt": PAGE.format("many"), "1.txt": None})  # things were taken out, too
    return tmp_path / "index"


def said(index: Path) -> str:
    return "\n".join(problem.sentence for problem in check(index))


def test_a_sound_index_has_no_problems(index: Path, make: Make, tmp_path: Path) -> None:
    assert check(index) == []
    make({"x.jsonl": b"{broken"}, passage_tokens=16)  # kept under rules that are not its own
    assert check(index) == []
    make({"empty.txt": ". . ."})
    assert check(index) == []


def test_an_empty_archive_is_sound(make: Make, tmp_path: Path) -> None:
    make({})
    assert check(tmp_path / "index") == []


@pytest.mark.parametrize(
    ("statement", "sentence"),
    [
        ("UPDATE article SET text = replace(text, 'keeper', 'kitten')", "is not the text that was"),
        ("UPDATE article SET text = text || char(10) WHERE id = 'a'", "'a' is not what was read"),
        ("UPDATE article SET title = 'Fake' WHERE id = 'a'", "'a' is not what was read"),
        ("UPDATE article SET date = '2025-10-29' WHERE id = 'b'", "'b' is not what was read"),
        ("UPDATE article SET date = 'x' WHERE id = 'b'", "the article 'b' is damaged"),
        ("UPDATE article SET parts = '[' WHERE id = 'b'", "the article 'b' is damaged"),
        ("UPDATE article SET text = CAST(x'ff41' AS TEXT) WHERE id = 'a'", "cannot be read"),
        ("DELETE FROM article WHERE id = 'c'", "belong to article number"),
        ("UPDATE passage SET start = start + 1 WHERE id = 13", "is not the text that was embedded"),
        ('UPDATE passage SET "end" = 9999 WHERE id = 13', "characters"),
        ("UPDATE passage SET kind = 'title' WHERE kind = 'body'", "is no title of that article"),
        ("UPDATE passage SET title = 'x' WHERE kind = 'teaser'", "is no teaser of that article"),
        ("UPDATE passage SET language = 'xx' WHERE id = 13", "mean vectors are not those"),
        ("DELETE FROM passage WHERE id = 13", "in no passage"),
        ("DELETE FROM passage WHERE id = 13", "keywords belong to passage 13, not there"),
        ("DELETE FROM vector", "passage 13 has no vector"),
        ("INSERT INTO vector VALUES (x'00', x'00')", "vector 00 belongs to no passage"),
        ("UPDATE vector SET value = x'00'", "has 1 bytes, not 256"),
        ("UPDATE vector SET value = zeroblob(256)", "has the length 0, not 1"),
        ("UPDATE language SET mean = zeroblob(256)", "mean vectors are not those"),
        ("UPDATE setting SET value = '1' WHERE name = 'vectors_crc'", "has the checksum"),
        ("UPDATE setting SET value = '\"x\"' WHERE name = 'vectors_file'", "'x' is not there"),
        ("UPDATE setting SET value = '{' WHERE name = 'generation'", "settings are damaged"),
        ("INSERT INTO keyword (rowid, terms) VALUES (99, 'x')", "belong to passage 99, not there"),
        ("INSERT INTO keyword (rowid, terms) VALUES (13, 'x')", "of passage 13 are not its own"),
        (
            "INSERT INTO keyword (keyword, rowid, terms) VALUES ('delete', 13, 'x')",
            "passage 13 has no keywords",
        ),
        ("UPDATE keyword_docsize SET sz = x'01' WHERE id = 13", "of passage 13 are not its own"),
        ("UPDATE keyword_data SET block = x'0909' WHERE id = 1", "total is not that of"),
        ("DELETE FROM keyword_data WHERE id > 10", "the keywords are damaged"),
    ],
)
def test_every_kind_of_damage_is_said(index: Path, statement: str, sentence: str) -> None:
    execute(index, statement)
    assert sentence in said(index)


def test_a_vector_that_is_another_unit_vector_is_seen(index: Path) -> None:
    other = np.eye(1, 64, dtype="<f4").tobytes()
    # all but a little of it stays, so that the languages' means do, too
    execute(index, "UPDATE vector SET value = ? WHERE content = (SELECT min(content) FROM vector)",
            [other])  # fmt: skip
    assert "is not that of the FAISS file" in said(index)


@pytest.mark.parametrize("damage", ["missing", "cut", "flipped"])
def test_a_damaged_faiss_file_is_said(index: Path, damage: str) -> None:
    (file,) = index.glob("*.faiss")
    if damage == "missing":
        file.unlink()
        assert said(index) == f"the FAISS file '{file.name}' is not there"
        return
    if damage == "cut":
        file.write_bytes(file.read_bytes()[:-9])
    else:
        flip(file, 8000)
    assert f"the FAISS file '{file.name}' has the checksum" in said(index)


def test_garbage_and_nothing_at_all(index: Path, tmp_path: Path) -> None:
    with pytest.raises(ArchiveError, match="there is no index"):
        check(tmp_path / "nowhere")
    (tmp_path / "empty").mkdir()
    sqlite3.connect(tmp_path / "empty" / "archive.sqlite").execute("VACUUM")
    with pytest.raises(ArchiveError, match=r"never finished|no index"):
        check(tmp_path / "empty")
    (index / "archive.sqlite").write_bytes(b"garbage " * 999)
    for beside in index.glob("archive.sqlite-*"):
        beside.unlink()
    assert "the index is damaged" in said(index)


def test_a_check_changes_nothing_and_needs_no_write_permission(
    index: Path, as_nobody: Callable[[Callable[[], object]], str]
) -> None:
    before = {file.name: file.read_bytes() for file in index.iterdir()}
    assert check(index) == []
    assert {file.name: file.read_bytes() for file in index.glob("*[es]")} == {
        name: data for name, data in before.items() if name.endswith(("e", "s"))
    }
    for file in index.iterdir():
        file.chmod(0o444)
    index.chmod(0o555)
    assert as_nobody(lambda: check(index)) == "[]"


def test_what_is_printed_and_the_exit_status(
    index: Path, make: Make, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(main, ["--index", str(index)]) == 0
    assert capsys.readouterr().out == "nothing is wrong\n"
    make({"many.jsonl": [{"text": f"Text {i}."} for i in range(30)]})
    execute(index, "UPDATE vector SET value = zeroblob(256)")
    assert run(main, ["--index", str(index)]) == 1
    lines = capsys.readouterr().out.splitlines()
    assert len(lines) == 12
    assert lines[-2].startswith("... and ")
    assert lines[-1].endswith(f"mend it with  archive-qa repair --index {index}")
    assert run(main, ["--index", str(index / "nowhere")]) == 2


def test_keywords_of_earlier_rules_are_said_and_mended(index: Path, encoder: object) -> None:
    with closing(sqlite3.connect(index / FILE)) as connection:
        connection.execute("UPDATE setting SET value = '2' WHERE name = 'terms'")
        connection.commit()
    with pytest.raises(
        ArchiveError, match=r"rules 2, this version asks by rules 3.*python -m index"
    ):
        Archive.open(index, encoder=encoder)
    assert [p.sentence for p in check(index)] == ["the keywords were made by rules 2, not 3"]
    assert repair(index, encoder=encoder)[1] == []
    assert check(index) == []
    Archive.open(index, encoder=encoder)

"""`archive-qa repair`: what is derived is made again; what is not is said, with what to do."""

from collections.abc import Callable
from pathlib import Path

import pytest

from index import ArchiveError, BuildReport
from index.admin.check import check
from index.admin.repair import advice, main, repair
from index.errors import run
from index.store.doors import open_store
from tests.support.damage import execute

PAGE = (
    "Two ships\n\nThe keeper counted {} ships.\n\nRelated articles\n\nFog at noon.\n\n灯塔在北边。"
)

Make = Callable[..., BuildReport]
Shown = list[tuple[object, ...]]


@pytest.fixture
def index(make: Make, tmp_path: Path) -> Path:
    make({"x.jsonl": [{"id": i, "text": f"Boat {i}. 他来了。"} for i in "abc"]})
    make({f"{i}.txt": PAGE.format(i) for i in range(4)})
    return tmp_path / "index"


def shown(index: Path, encoder) -> Shown:
    """Every article, passage, and what words and vectors find, without passages' numbers."""
    with open_store(index).snapshot() as snapshot:
        texts = snapshot.passages(range(1, 200))
        words = [
            {texts[i].text for i, _ in snapshot.keywords([word], 99)}
            for word in ("ships", "boat", "fog", "灯塔", "他来")
        ]
        near = [
            (texts[i].text, round(score, 5))
            for i, score in snapshot.nearest(encoder.queries(["ships in the fog"])[0], 99)
        ]
        passages = list(snapshot.all_passages())
        return [tuple(snapshot.articles()), tuple(passages), tuple(map(frozenset, words)),
                tuple(sorted(near))]  # fmt: skip


def test_a_sound_index_is_left_alone(index: Path) -> None:
    before = {file.name: file.read_bytes() for file in index.glob("*.*s*")}
    assert repair(index) == ([], [])
    assert {file.name: file.read_bytes() for file in index.glob("*.*s*")} == before


@pytest.mark.parametrize(
    "statement",
    [
        "DELETE FROM passage WHERE id = 5",
        "UPDATE passage SET start = start + 1 WHERE id = 5",
        "UPDATE passage SET kind = 'title' WHERE kind = 'body'",
        "UPDATE passage SET language = 'xx' WHERE id = 5",
        "DELETE FROM vector",
        "INSERT INTO vector VALUES (x'00', x'00')",
        "UPDATE vector SET value = x'00'",
        "UPDATE vector SET value = (SELECT value FROM vector LIMIT 1)",
        "UPDATE language SET mean = zeroblob(256)",
        "UPDATE setting SET value = '1' WHERE name = 'vectors_crc'",
        "INSERT INTO keyword (rowid, terms) VALUES (99, 'ships')",
        "INSERT INTO keyword (keyword, rowid, terms) VALUES ('delete', 5, 'x')",
        "DELETE FROM keyword_data WHERE id > 10",
        "DELETE FROM keyword_data",
        "DROP TABLE keyword_docsize",
    ],
)
def test_what_is_derived_is_mended(index: Path, encoder, statement: str) -> None:
    before = shown(index, encoder)
    execute(index, statement)
    found, remaining = repair(index, encoder=encoder)
    assert found
    assert remaining == []
    assert check(index) == []
    assert shown(index, encoder) == before


@pytest.mark.parametrize(
    "change",
    [
        "text = replace(text, 'Boat', 'Goat')",
        "text = text || ' More.'",
        "title = 'Fake'",
        "date = 'x'",
        "parts = '['",
        "text = CAST(x'ff41' AS TEXT)",
    ],
)
def test_a_damaged_article_is_said_and_read_again_by_the_next_build(
    index: Path, make: Make, encoder, monkeypatch: pytest.MonkeyPatch, change: str
) -> None:
    monkeypatch.setattr(
        "index.ingest.seed_files.SETTLED", -(10**18)
    )  # trust the stamps of files at once
    make({})
    before = shown(index, encoder)
    execute(index, f"UPDATE article SET {change} WHERE id = 'a'")
    _, remaining = repair(index, encoder=encoder)
    assert "read their seeds again with" in advice(index, remaining)
    with open_store(index).snapshot() as snapshot:  # what can be quoted is verbatim all the same
        for article in snapshot.articles():
            assert article.text
        assert list(snapshot.all_passages())
    report = make({})
    assert report.added + report.changed == 1
    assert check(index) == []
    assert shown(index, encoder) == before


def test_what_it_prints(index: Path, encoder, capsys, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("index.store.sqlite.integrity.repair.SentenceEncoder", lambda name: encoder)
    assert run(main, ["--index", str(index)]) == 0
    assert capsys.readouterr().out == "nothing was wrong\n"
    (file,) = index.glob("*.faiss")
    file.write_bytes(b"")
    assert run(main, ["--index", str(index)]) == 0
    out = capsys.readouterr().out
    assert out.startswith(f"mended: the FAISS file '{file.name}' has the checksum 0, not ")
    assert out.endswith("nothing is wrong any more\n")
    execute(index, "UPDATE article SET title = 'Fake' WHERE id = 'a'")
    assert run(main, ["--index", str(index)]) == 1
    out = capsys.readouterr().out
    assert "not mended: the article 'a' is not what was read from x.jsonl#1" in out
    assert out.endswith(f"read their seeds again with  python -m index SEEDS --index {index}\n")


def test_a_database_that_is_none_is_left_alone_and_said(
    index: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for beside in index.glob("archive.sqlite-*"):
        beside.unlink()
    (index / "archive.sqlite").write_bytes(b"garbage " * 999)
    assert run(main, ["--index", str(index)]) == 1
    out = capsys.readouterr().out
    assert "too damaged to be mended" in out
    assert f"remove the folder '{index}' and build it again" in out
    assert (index / "archive.sqlite").read_bytes() == b"garbage " * 999


def test_another_encoder_and_no_index(index: Path, tmp_path: Path) -> None:
    execute(index, "DELETE FROM vector")
    other = type("Other", (), {"name": "other", "revision": "2", "dimension": 8})()
    with pytest.raises(ArchiveError, match=r"'fake'.*'other'"):
        repair(index, encoder=other)
    with pytest.raises(ArchiveError, match="there is no index"):
        repair(tmp_path / "nowhere")
    assert not (tmp_path / "nowhere").exists()

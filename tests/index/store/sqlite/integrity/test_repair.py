"""What is derived from the stored articles is rebuilt; a damaged article is read again later."""

from collections.abc import Sequence
from pathlib import Path

import pytest

from index import ArchiveError
from index.store.base.protocol import Vectors
from index.store.doors import open_store
from index.store.sqlite.connection import FILE
from index.store.sqlite.integrity.check import problems
from index.store.sqlite.integrity.repair import repair
from tests.support.builds import Make
from tests.support.damage import execute
from tests.support.fakes import FakeEncoder

Shown = list[tuple[object, ...]]


def shown(index: Path, encoder: FakeEncoder) -> Shown:
    """Everything that a reader can see, without the ids of passages."""
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
    assert repair(index, None, progress=False) == ([], [])
    assert {file.name: file.read_bytes() for file in index.glob("*.*s*")} == before


@pytest.mark.parametrize(
    "statement",
    [
        "DELETE FROM passage WHERE id = 14",
        "UPDATE passage SET start = start + 1 WHERE id = 14",
        "UPDATE passage SET kind = 'title' WHERE kind = 'body'",
        "UPDATE passage SET language = 'xx' WHERE id = 14",
        "DELETE FROM vector",
        "INSERT INTO vector VALUES (x'00', x'00')",
        "UPDATE vector SET value = x'00'",
        "UPDATE vector SET value = (SELECT value FROM vector LIMIT 1)",
        "UPDATE language SET mean = zeroblob(256)",
        "UPDATE setting SET value = '1' WHERE name = 'vectors_crc'",
        "INSERT INTO keyword (rowid, terms) VALUES (99, 'ships')",
        "INSERT INTO keyword (keyword, rowid, terms) VALUES ('delete', 14, 'x')",
        "DELETE FROM keyword_data WHERE id > 10",
        "DELETE FROM keyword_data",
        "DROP TABLE keyword_docsize",
    ],
)
def test_what_is_derived_is_rebuilt(index: Path, encoder: FakeEncoder, statement: str) -> None:
    before = shown(index, encoder)
    execute(index, statement)
    found, remaining = repair(index, encoder, progress=False)
    assert found
    assert remaining == []
    assert problems(index) == []
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
def test_a_damaged_article_is_read_again_by_the_next_build(
    index: Path, make: Make, encoder: FakeEncoder, monkeypatch: pytest.MonkeyPatch, change: str
) -> None:
    monkeypatch.setattr(
        "index.ingest.seed_files.SETTLED", -(10**18)
    )  # trust the stamps of recent files
    make({})
    before = shown(index, encoder)
    execute(index, f"UPDATE article SET {change} WHERE id = 'a'")
    _, remaining = repair(index, encoder, progress=False)
    assert "article" in {problem.what for problem in remaining}
    with open_store(index).snapshot() as snapshot:  # what can be quoted is verbatim all the same
        for article in snapshot.articles():
            assert article.text
        assert list(snapshot.all_passages())
    report = make({})
    assert report.added + report.changed == 1
    assert problems(index) == []
    assert shown(index, encoder) == before


def test_a_file_that_is_no_database_is_left_alone(index: Path, encoder: FakeEncoder) -> None:
    for beside in index.glob(f"{FILE}-*"):
        beside.unlink()
    (index / FILE).write_bytes(b"garbage " * 999)
    found, remaining = repair(index, encoder, progress=False)
    assert [problem.what for problem in found] == ["pages"]
    assert remaining[-1].sentence.startswith("the index is too damaged to be mended")
    assert (index / FILE).read_bytes() == b"garbage " * 999


def test_a_repair_that_fails_leaves_the_index_as_it_was(index: Path) -> None:
    class Failing(FakeEncoder):
        def passages(self, texts: Sequence[str]) -> Vectors:
            raise KeyboardInterrupt

    execute(index, "DELETE FROM vector")
    before = problems(index)
    with pytest.raises(KeyboardInterrupt):
        repair(index, Failing(), progress=False)
    assert problems(index) == before
    with open_store(index).snapshot() as snapshot:
        assert snapshot.count_passages() == 15


def test_another_encoder_is_refused(index: Path) -> None:
    execute(index, "DELETE FROM vector")
    other = FakeEncoder()
    other.name = "other"
    with pytest.raises(ArchiveError, match=r"'fake'.*'other'"):
        repair(index, other, progress=False)


def test_without_an_index_there_is_nothing_to_repair(tmp_path: Path) -> None:
    with pytest.raises(ArchiveError, match="there is no index"):
        repair(tmp_path / "nowhere", None, progress=False)
    assert not (tmp_path / "nowhere").exists()

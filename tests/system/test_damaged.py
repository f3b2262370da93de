"""Flipped bits on the disk lead to an error or a repair, and to nothing that is silently wrong."""

import dataclasses
import random
import shutil
import sqlite3
from pathlib import Path

import pytest

from index import ArchiveError, build
from index.admin.check import check
from index.admin.repair import repair
from index.errors import StorageError
from index.store.doors import open_store
from tests.support.archives import page, shown
from tests.support.builds import Make
from tests.support.damage import flip
from tests.support.fakes import FakeEncoder


@pytest.fixture
def index(make: Make, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(
        "index.ingest.seed_files.SETTLED", -(10**18)
    )  # trust the stamps of recent files
    chance = random.Random(5)
    lines = [{"id": i, "text": page(chance), "date": "2025-10-28"} for i in "abcdefgh"]
    make({"x.jsonl": lines, **{f"{i}.txt": page(chance) for i in range(8)}})
    make({"x.jsonl": lines[1:], "9.txt": page(chance)})
    assert not list((tmp_path / "index").glob("archive.sqlite-wal"))
    return tmp_path / "index"


def passages_of(index: Path) -> list[object]:
    with open_store(index).snapshot() as snapshot:
        return list(snapshot.all_passages())


def visible(index: Path) -> tuple[object, ...]:
    """What readers see, without places: the line of a .jsonl cannot be verified."""
    try:
        articles, *others = shown(index)
    except (
        KeyError
    ) as error:  # keywords of no passage, an error for readers too: see test_retriever.py
        raise StorageError(f"no passage {error}") from error
    return [dataclasses.replace(a, place="") for a in articles], *others


def flip_and_repair(
    index: Path, seeds: Path, encoder: FakeEncoder, chance: random.Random, many: int
) -> str:
    """Flip one bit of the database, many times; return what came of it."""
    backup, before = index.parent / "backup", visible(index)
    shutil.copytree(index, backup)
    file = index / "archive.sqlite"
    outcomes = {"noticed when read": 0, "found by check": 0, "harmless": 0, "repaired": 0}
    for _ in range(many):
        flip(file, chance.randrange(8 * file.stat().st_size))
        try:
            after: object = visible(index)
        except ArchiveError:
            outcomes["noticed when read"] += 1
            after = None
        problems = check(index)
        if after == before:
            outcomes["harmless"] += not problems
        else:
            assert problems, "silently wrong"
        outcomes["found by check"] += bool(problems)
        remaining = repair(index, encoder=encoder)[1]
        try:
            build(seeds, index, encoder=encoder)
            outcomes["repaired"] += bool(problems)
        except ArchiveError:
            assert remaining, "repair reported success"
            shutil.rmtree(index)
            build(seeds, index, encoder=encoder)
        if check(index):
            assert remaining, "repair reported success"
        else:
            assert visible(index) == before
        shutil.rmtree(index)
        shutil.copytree(backup, index)
    return str(outcomes)


def test_a_few_bits_of_the_database(index: Path, seeds: Path, encoder: FakeEncoder) -> None:
    flip_and_repair(index, seeds, encoder, random.Random(), many=6)


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(4))
def test_many_bits_of_the_database(
    index: Path, seeds: Path, encoder: FakeEncoder, seed: int
) -> None:
    print(flip_and_repair(index, seeds, encoder, random.Random(seed), many=250))


def test_a_page_of_the_database_overwritten(index: Path, seeds: Path, encoder: FakeEncoder) -> None:
    before, chance = shown(index), random.Random()
    file = index / "archive.sqlite"
    data = file.read_bytes()
    for _ in range(4):
        at = 4096 * chance.randrange(1, len(data) // 4096)
        file.write_bytes(data[:at] + chance.randbytes(4096) + data[at + 4096 :])
        try:
            sound = shown(index) == before
        except ArchiveError:
            sound = False
        assert sound or check(index)
        file.write_bytes(data)


@pytest.mark.parametrize("damage", ["cut", "flipped"])
def test_the_faiss_file_is_never_trusted(
    index: Path, seeds: Path, encoder: FakeEncoder, damage: str
) -> None:
    before, chance = shown(index), random.Random()
    vector = encoder.queries(["ships in the north"])[0]
    with open_store(index).snapshot() as snapshot:
        expected = snapshot.nearest(vector, 20)
    for _ in range(10):
        (file,) = index.glob("*.faiss")
        whole = file.read_bytes()
        if damage == "cut":
            file.write_bytes(whole[: chance.randrange(len(whole))])
        else:
            flip(file, chance.randrange(8 * len(whole)))
        with open_store(index).snapshot() as snapshot:
            assert snapshot.nearest(vector, 20) == expected
        assert [problem.what for problem in check(index)] == ["file"]
        assert repair(index, encoder=encoder)[1] == []
        assert shown(index) == before


def test_a_quotation_that_is_not_what_was_indexed_is_refused(index: Path) -> None:
    passages_of(index)
    connection = sqlite3.connect(index / "archive.sqlite", isolation_level=None)
    connection.execute("UPDATE article SET text = replace(text, 'keeper', 'kitten')")
    connection.close()
    with pytest.raises(ArchiveError, match=r"is not the text that was indexed: archive-qa check"):
        passages_of(index)

"""`archive-qa repair`: what it prints, its exit status, and its advice."""

import datetime
from pathlib import Path

import pytest

from index.admin.check import check
from index.admin.repair import advice, forget_versions, main, repair
from index.errors import run
from index.ingest.builder import build
from index.store.base.protocol import Problem
from index.store.base.versions import version_of
from index.store.doors import earlier_texts, open_store
from tests.support.builds import Make
from tests.support.damage import execute
from tests.support.fakes import FakeEncoder

READ_AGAIN = "read their seeds again with  python -m index SEEDS --index here"


@pytest.fixture
def index(
    make: Make, tmp_path: Path, encoder: FakeEncoder, monkeypatch: pytest.MonkeyPatch
) -> Path:
    """An index whose encoder the command can load by its name."""
    monkeypatch.setattr("index.store.sqlite.integrity.repair.SentenceEncoder", lambda name: encoder)
    make({"x.jsonl": [{"id": i, "text": f"Boat {i}. 他来了。"} for i in "abc"]})
    return tmp_path / "index"


def run_repair(index: Path, capsys: pytest.CaptureFixture[str]) -> tuple[int, str]:
    capsys.readouterr()
    return run(main, ["--index", str(index)]), capsys.readouterr().out


def test_a_sound_index_exits_with_0(index: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run_repair(index, capsys) == (0, "nothing was wrong\n")


def test_what_was_repaired_is_listed(index: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (file,) = index.glob("*.faiss")
    file.write_bytes(b"")
    status, out = run_repair(index, capsys)
    assert status == 0
    assert out.startswith(f"mended: the FAISS file '{file.name}' has the checksum 0, not ")
    assert out.endswith("nothing is wrong any more\n")
    assert check(index) == []


def test_what_could_not_be_repaired_exits_with_1(
    index: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    execute(index, "UPDATE article SET title = 'Fake' WHERE id = 'a'")
    status, out = run_repair(index, capsys)
    assert status == 1
    assert "not mended: the article 'a' is not what was read from x.jsonl#1\n" in out
    assert out.count("mended: the article 'a'") == 1
    assert out.endswith(f"read their seeds again with  python -m index SEEDS --index {index}\n")


def test_a_file_that_is_no_database_must_be_built_again(
    index: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for beside in index.glob("archive.sqlite-*"):
        beside.unlink()
    (index / "archive.sqlite").write_bytes(b"garbage " * 999)
    status, out = run_repair(index, capsys)
    assert status == 1
    assert "too damaged to be mended" in out
    assert f"remove the folder '{index}' and build it again" in out


def test_no_index_exits_with_2(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run_repair(tmp_path / "nowhere", capsys)[0] == 2


def test_an_encoder_can_be_given(index: Path, encoder: FakeEncoder) -> None:
    execute(index, "DELETE FROM vector")
    encoder.embedded.clear()
    found, remaining = repair(index, encoder=encoder)
    assert ({problem.what for problem in found}, remaining) == ({"vector"}, [])
    assert len(encoder.embedded) == 3


@pytest.mark.parametrize(
    ("problems", "read_again"),
    [
        ([Problem("article", "damaged", 3)], True),
        ([Problem("article", "damaged", 3), Problem("passage", "not verbatim", 3)], True),
        ([Problem("article", "damaged", 3), Problem("passage", "not verbatim", 4)], False),
        ([Problem("pages", "damaged")], False),
    ],
)
def test_seeds_are_read_again_if_only_articles_are_damaged(
    problems: list[Problem], read_again: bool
) -> None:
    assert (advice("here", problems) == READ_AGAIN) is read_again
    if not read_again:
        assert "archive-qa export --index here" in advice("here", problems)
        assert "remove the folder 'here'" in advice("here", problems)


def test_earlier_texts_of_an_article_are_forgotten(
    where: str, seeds: Path, encoder: FakeEncoder
) -> None:
    for text in ("Fog came secretly.", "Rain."):
        for name in "abc":
            (seeds / f"{name}.txt").write_text(text)
        build(seeds, where, encoder=encoder, versions="keep")
    assert forget_versions(where, ["a.txt", "c.txt", "none"], encoder=encoder) == 2
    assert forget_versions(where, ["a.txt"], encoder=encoder) == 0
    for place, found in ((where, ["b.txt"]), (earlier_texts(where), [])):
        with open_store(place).snapshot() as snapshot:
            assert [version.article_id for version in snapshot.all_versions()] == found
    with open_store(earlier_texts(where)).snapshot() as snapshot:
        assert [article.id.partition("@")[0] for article in snapshot.articles()] == ["b.txt"]
    assert check(where) == []


def test_what_is_forgotten_is_not_in_the_files_any_more(
    make: Make, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    make({"a.txt": "Fog.", "b.txt": "Hail."})
    with open_store(tmp_path / "index").snapshot() as snapshot:
        article = snapshot.article("a.txt")
    assert article
    packed = version_of(article, None, datetime.datetime.now(datetime.UTC)).packed
    assert packed

    def files() -> bytes:
        return b"".join(file.read_bytes() for file in (tmp_path / "index").glob("archive.sqlite*"))

    make({"a.txt": "Rain."})
    assert packed in files()
    assert main(["--index", str(tmp_path / "index"), "--forget-versions", "a.txt"]) == 0
    assert capsys.readouterr().out == "1 earlier versions forgotten\n"
    assert packed not in files()

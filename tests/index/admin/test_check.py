"""`archive-qa check`: what it prints, and its exit status."""

from pathlib import Path

import pytest

from index.admin.check import SHOWN, check, main, sentences
from index.errors import run
from index.store.base.protocol import Problem
from tests.support.builds import Make
from tests.support.damage import execute


@pytest.fixture
def index(make: Make, tmp_path: Path) -> Path:
    make({"many.jsonl": [{"text": f"Text {i}."} for i in range(SHOWN + 5)]})
    return tmp_path / "index"


def test_a_sound_index_exits_with_0(index: Path, capsys: pytest.CaptureFixture[str]) -> None:
    capsys.readouterr()
    assert run(main, ["--index", str(index)]) == 0
    assert capsys.readouterr().out == "nothing is wrong\n"


def test_a_damaged_index_exits_with_1_and_names_the_repair(
    index: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    execute(index, "UPDATE vector SET value = zeroblob(256)")
    assert run(main, ["--index", str(index)]) == 1
    lines = capsys.readouterr().out.splitlines()
    assert len(lines) == SHOWN + 2
    assert all(line.endswith("has the length 0, not 1") for line in lines[:SHOWN])
    assert lines[-2] == "... and 5 more of this kind: vector"
    assert lines[-1] == f"15 wrong; mend it with  archive-qa repair --index {index}"


def test_no_index_exits_with_2(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(main, ["--index", str(tmp_path / "nowhere")]) == 2
    assert "there is no index" in capsys.readouterr().err


def test_each_kind_of_problem_is_counted_on_its_own() -> None:
    problems = [Problem(what, f"{what} {i}") for i in range(SHOWN + 1) for what in ("a", "b")]
    lines = list(sentences(problems))
    assert len(lines) == 2 * SHOWN + 2
    assert lines[:2] == ["a 0", "b 0"]
    assert lines[-2:] == ["... and 1 more of this kind: a", "... and 1 more of this kind: b"]


def test_control_characters_are_not_printed() -> None:
    (line,) = sentences([Problem("article", "the article '\x1b[31m\n\u202e'")])
    assert line == "the article ' [31m  '"


def test_problems_are_those_of_the_store(index: Path) -> None:
    assert check(index) == []
    execute(index, "DELETE FROM vector WHERE content = (SELECT min(content) FROM vector)")
    (problem,) = check(str(index))
    assert (problem.what, problem.article is None) == ("vector", False)

"""What looking across scripts costs."""

from collections.abc import Callable
from pathlib import Path

import pytest

from index.store.doors import open_store
from qa.benchmarks.speed import across
from qa.benchmarks.speed.across import keyword_costs, main, search_times
from tests.support.fakes import FakeEncoder

QUESTIONS = ["When did Zelensky meet Macron?"] * 3
SEEDS = {
    "a.txt": "The ferry of Jane Macron sails at nine.",
    "b.txt": "泽连斯基九点开航，马克龙说。",
}


@pytest.fixture
def index(make: Callable[..., object], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An index of two passages in two scripts; no question is left out as a warm-up."""
    make(SEEDS)
    monkeypatch.setattr(across, "WARM_UP", 0)
    return tmp_path / "index"


def test_each_question_is_timed_with_and_without(index: Path, encoder: FakeEncoder) -> None:
    with open_store(index).snapshot() as snapshot:
        times = search_times(snapshot, encoder, QUESTIONS)
    assert set(times["with"]) - set(times["without"]) == {"across: found", "across: ranked"}
    assert {len(seconds) for kind in times.values() for seconds in kind.values()} == {3}


def test_sounds_of_names_take_time_and_room(index: Path) -> None:
    with open_store(index).snapshot() as snapshot:
        made = keyword_costs(snapshot)
    assert made.passages == 2
    assert made.seconds >= made.without > 0
    assert made.bytes_with >= made.bytes_without > 0


def test_the_command_prints_both(
    index: Path,
    encoder: FakeEncoder,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setattr(across, "SentenceEncoder", lambda: encoder)
    file = index.parent / "questions.tsv"
    file.write_text("".join(f"{question}\tnine\n" for question in QUESTIONS))
    assert main([str(index), str(file)]) == 0
    out = capsys.readouterr().out
    assert "without: " in out
    assert "keywords of 2 passages" in out

"""The figures of one system over one plan."""

import json
from collections.abc import Sequence
from pathlib import Path

import pytest

from qa.benchmarks.peers import ours, run
from qa.benchmarks.peers.plan import Plan
from qa.benchmarks.peers.system import Prediction


class FakeSystem:
    """Finds everything in order, answers "at nine", refuses when the first passage is missing."""

    def __init__(self, plan: Plan, folder: Path) -> None:
        self.folder = folder

    def build(self) -> None:
        pass

    def save(self) -> None:
        self.folder.mkdir()
        (self.folder / "store").write_bytes(b"x" * 100)

    def search(self, question: str, k: int) -> list[int]:
        return [0, 1]

    def answer(self, question: str) -> Prediction:
        return Prediction("at nine", refused=False)

    def read(self, question: str, positions: Sequence[int]) -> Prediction:
        return Prediction("", refused=0 not in positions)


def test_the_figures_of_a_system(plan: Plan, tmp_path: Path) -> None:
    figures = run.measure(FakeSystem(plan, tmp_path / "fake"), plan, tmp_path / "fake")
    assert (figures["R@1"], figures["R@5"]) == (0.5, 1.0)
    assert (figures["EM"], figures["F1"]) == (0.5, 0.5)
    assert (figures["rightly refused"], figures["wrongly refused"]) == (0.5, 0.0)
    assert figures["disk"] == 100
    assert figures["memory"] > 0


def test_the_process_prints_its_figures_as_json(
    plan: Plan, tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    monkeypatch.setattr(ours, "Ours", FakeSystem)
    run.main(["ours", str(tmp_path / "work")])
    assert json.loads(capsys.readouterr().out)["R@5"] == 1.0


def test_every_system_names_an_existing_module() -> None:
    folder = Path(run.__file__).parent
    assert all((folder / f"{module}.py").is_file() for module, _ in run.SYSTEMS.values())

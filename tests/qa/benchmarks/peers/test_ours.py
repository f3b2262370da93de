"""This project as one of the compared systems."""

from pathlib import Path

from qa.benchmarks.peers.ours import Ours
from qa.benchmarks.peers.plan import Plan


def test_search_answer_and_read_give_positions_and_predictions(plan: Plan, tmp_path: Path) -> None:
    ours = Ours(plan, tmp_path / "ours")
    ours.build()
    ours.save()
    assert ours.search("When does the ferry sail?", 2) == [0, 1]
    answer = ours.answer("When does the ferry sail?")
    assert answer.text in plan.pieces[0].text
    assert answer.text
    assert ours.read("When does the ferry sail?", [1]).refused
    assert ours.read("When does the ferry sail?", []).text == ""

"""What every system is given."""

from pathlib import Path

from index.encoder.bundled import model_folder
from qa.benchmarks.peers.plan import Plan


def test_a_plan_holds_passages_questions_and_models(plan: Plan, tmp_path: Path) -> None:
    assert [piece.text for piece in plan.pieces] == [
        "The ferry to Norrsund sails at nine in May.", "Rain fell on Trier for six days.",
    ]  # fmt: skip
    assert [case.question for case in plan.cases] == [
        "When does the ferry sail?", "Where did rain fall?",
    ]  # fmt: skip
    assert plan.cases[0].answers == ("at nine",)
    assert plan.pieces[0].article == plan.cases[0].article
    assert (plan.encoder, plan.reader) == (model_folder(), tmp_path / "reader")

"""The comparison with other programs, without those programs: a plan, our own side, the table."""

import json
from pathlib import Path

import pytest
import torch
from tokenizers import Tokenizer
from transformers import AutoModelForQuestionAnswering, AutoTokenizer

from index.encoder.bundled import model_folder
from index.errors import ArchiveError
from qa.benchmarks.peers import __main__ as peers
from qa.benchmarks.peers.as_transformers import write_folder
from qa.benchmarks.peers.ours import Ours
from qa.benchmarks.peers.plan import Plan, read_plan, write_plan
from qa.benchmarks.peers.run import figures
from qa.reader.networks import PackedBert
from qa.reader.reader import WEIGHTS

CONTEXTS = [
    ("The ferry to Norrsund sails at nine in May.", "When does the ferry sail?", "at nine"),
    ("Rain fell on Trier for six days.", "Where did rain fall?", "Trier"),
]


@pytest.fixture
def plan(tmp_path: Path) -> Plan:
    records = [
        {
            "context": context,
            "questions": [
                {
                    "question": question,
                    "answers": [{"text": answer, "start": context.index(answer)}],
                }
            ],
        }
        for context, question, answer in CONTEXTS
    ]
    file = tmp_path / "set.jsonl"
    file.write_text("\n".join(json.dumps(record) for record in records), "utf-8")
    write_plan(file, tmp_path / "work", 2, model_folder(), tmp_path / "reader")
    return read_plan(tmp_path / "work")


def test_a_plan_holds_passages_questions_and_seeds(plan: Plan) -> None:
    assert [piece.text for piece in plan.pieces] == [context for context, *_ in CONTEXTS]
    assert [case.question for case in plan.cases] == [question for _, question, _ in CONTEXTS]
    assert plan.cases[0].answers == ("at nine",)
    assert plan.pieces[0].article == plan.cases[0].article


def test_our_side_gives_every_figure(plan: Plan, tmp_path: Path) -> None:
    found = figures(Ours(plan, tmp_path / "ours"), plan, tmp_path / "ours")
    assert (found["R@1"], found["R@5"]) == (1.0, 1.0)
    assert 0 <= found["EM"] <= found["F1"] <= found["F1 of the best, refused or not"] <= 1
    assert found["search p50"] < found["answer p95"]
    assert min(found["disk"], found["memory"], found["documents a second"]) > 0
    shown = peers.table({"ours": found, "other": {row: 2 * v for row, v in found.items()}})
    assert shown.count("(2.00x)") == sum(value != 0 for value in found.values())


def test_the_reader_is_the_same_model_for_transformers(tmp_path: Path) -> None:
    write_folder(WEIGHTS, model_folder(), tmp_path / "reader")
    tokenizer = Tokenizer.from_file(str(model_folder() / "tokenizer.json"))
    pair = tokenizer.encode("When does the ferry sail?", "The ferry sails at nine. 渡轮开航。")
    model = AutoModelForQuestionAnswering.from_pretrained(tmp_path / "reader").eval()
    assert AutoTokenizer.from_pretrained(tmp_path / "reader")("a b").input_ids[0] == 0
    with torch.inference_mode():
        theirs = model(input_ids=torch.tensor([pair.ids]))
        ours = PackedBert.load(WEIGHTS, model_folder(), dtype=torch.float32)([pair])[0]
    both = torch.stack([theirs.start_logits[0], theirs.end_logits[0]], dim=-1)
    assert torch.from_numpy(ours) == pytest.approx(both, abs=1e-3)


def test_a_set_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(ArchiveError, match=r"there is no 'xx\.jsonl\.xz'"):
        peers.main(["--data", str(tmp_path), "--sets", "xx"])


def test_a_program_that_is_not_installed_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "xx.jsonl").touch()
    monkeypatch.setattr(peers, "PACKAGES", ("no-such-package",))
    with pytest.raises(ArchiveError, match="'no-such-package' is not here: pip install"):
        peers.main(["--data", str(tmp_path), "--sets", "xx"])


@pytest.mark.parametrize(
    ("row", "kind"),
    [("search p50", "seconds"), ("disk", "bytes"), ("documents a second", "rate"), ("F1", "share")],
)
def test_rows_are_shown_in_their_units(row: str, kind: str) -> None:
    assert peers.kind(row) == kind

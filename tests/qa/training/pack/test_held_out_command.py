"""`python -m qa.training held-out`: what is measured with and never trained on."""

from pathlib import Path

import pytest

from qa.evaluation.datasets import contexts_of, read_cases, read_records
from qa.training.corpus.held_out import is_held_out
from qa.training.pack import held_out_command
from qa.training.variants.word_vectors import WordVectors
from tests.support.packs import records, tiny_packed_model, write_corpus


@pytest.fixture
def out(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(held_out_command, "read_wheel_model", tiny_packed_model)
    monkeypatch.setattr(WordVectors, "similarities", lambda *given: [0.5] * len(given[2]))
    data = write_corpus(tmp_path / "data")
    held_out_command.main(["--data", str(data), "--out", str(tmp_path / "out")])
    return tmp_path / "out"


def test_only_held_out_articles_are_written(out: Path) -> None:
    for source, entries in records().items():
        held = [e["context"] for e in entries if is_held_out(e["title"], e["context"])]
        assert held
        for name in (f"{source}.jsonl", f"near-{source}.jsonl"):
            assert [text for _, text in contexts_of(out / name)] == held


def test_answers_stand_at_their_offsets(out: Path) -> None:
    for record in read_records(out / "en-tiny.jsonl"):
        for question in record["questions"]:
            for answer in question["answers"]:
                assert record["context"][answer["start"] :].startswith(answer["text"])
    assert all(case.answers for case in read_cases(out / "en-tiny.jsonl"))


def test_near_misses_have_no_answers_and_say_who_made_them(out: Path) -> None:
    cases = read_cases(out / "near-en-tiny.jsonl")
    assert cases
    assert not any(case.answers for case in cases)
    ids = {
        question["id"].split("-")[0]
        for record in read_records(out / "near-en-tiny.jsonl")
        for question in record["questions"]
    }
    assert ids == {"rule", "person"}


def test_a_limit_keeps_all_contexts(tmp_path: Path, out: Path) -> None:
    data, few = tmp_path / "data", tmp_path / "few"
    held_out_command.main(["--data", str(data), "--out", str(few), "--limit", "1"])
    assert len(read_cases(few / "en-tiny.jsonl")) == 1
    assert list(contexts_of(few / "en-tiny.jsonl")) == list(contexts_of(out / "en-tiny.jsonl"))

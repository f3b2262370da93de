"""From data to weights with a tiny encoder, in one process and in two."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from index.errors import ArchiveError
from qa.reader.span_model import SpanModel
from qa.training.data.contexts import Context, Group, Question, Window
from qa.training.data.plan import load_or_create_plan
from qa.training.run import command, training
from tests.support.fakes import FakeEncoder
from tests.support.tiny_models import WORDS, tiny_encoder


def test_one_command_from_data_to_weights(
    data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    tiny_encoder(tmp_path)
    encoder, out = tmp_path / "encoder", tmp_path / "out"
    monkeypatch.setattr(training, "AVERAGE_FROM", 0.0)
    monkeypatch.setattr(command, "SentenceEncoder", lambda name: FakeEncoder())
    arguments = ["--data", str(data), "--out", str(out), "--encoder", str(encoder)]
    arguments += ["--processes", "1", "--minutes", "1"]
    command.main(arguments)
    last = json.loads((out / "log.jsonl").read_text().splitlines()[-1])
    assert last["share"] == 1
    assert set(last["dev"]) == {"en-tiny"}
    before = (out / "reader.safetensors").read_bytes()
    command.main(arguments)  # nothing is left to do
    assert (out / "reader.safetensors").read_bytes() == before
    model = SpanModel.load(out / "reader.safetensors", encoder)
    (window,) = model.read("who won ?", [" ".join(WORDS)])
    assert len(window.start) == len(WORDS)


def test_a_folder_without_data_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(ArchiveError, match=r"holds no \.json"):
        command.data_files(tmp_path)


def test_data_files_are_sorted_and_others_ignored(tmp_path: Path) -> None:
    for name in ("b.jsonl", "a.json", "notes.txt", "c.jsonl.xz"):
        (tmp_path / name).touch()
    assert [p.name for p in command.data_files(tmp_path)] == ["a.json", "b.jsonl", "c.jsonl.xz"]


def test_two_processes_train_one_model(
    data: Path, tmp_path: Path, loaded: tuple[list[Context], list[Question]]
) -> None:
    tiny_encoder(tmp_path)
    out = tmp_path / "out"
    out.mkdir()
    contexts, questions = loaded
    first = questions[0]
    end = contexts[0].text.index(" It was")
    group = Group(first.text, (Window(0, 0, end, first.answers),))
    load_or_create_plan(out / "plan.json", lambda: (contexts, [group] * 400))
    arguments = ["--data", str(data), "--out", str(out), "--minutes", "1"]
    arguments += ["--encoder", str(tmp_path / "encoder"), "--processes", "2"]
    done = subprocess.run(
        [sys.executable, "-m", "qa.training", "train", *arguments], capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr
    last = json.loads((out / "log.jsonl").read_text().splitlines()[-1])
    assert last["share"] == 1
    assert last["steps"] > 0

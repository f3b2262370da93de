"""`train` in an environment of torch, numpy and safetensors alone; killed and resumed."""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
import torch
from safetensors import safe_open

from index.errors import ArchiveError
from qa.reader.quantised import write_weights
from qa.training.model.bert import build_reader
from qa.training.pack.pack_file import write_pack
from qa.training.run import command
from tests.support.fakes import ROOT
from tests.support.training_pack import small_pack

# Imported by every Python process that finds it, those that the command starts included.
# KILLED_BY is the signal that a process sends itself after its fifth checkpoint.
ONLY_TORCH = """
import os
import sys
from importlib.machinery import PathFinder

class Installed(PathFinder):
    missing = {"transformers", "sentence_transformers", "faiss", "gradio", "tokenizers", "sklearn",
               "scipy", "lxml", "opencc", "tqdm", "pydantic", "httpx", "regex"}

    @classmethod
    def find_spec(cls, name, path=None, target=None):
        if name.split(".")[0] not in cls.missing:
            return super().find_spec(name, path, target)

sys.meta_path[sys.meta_path.index(PathFinder)] = Installed

replace, checkpoints = os.replace, []

def replace_and_die(source, target):
    replace(source, target)
    if str(target).endswith("checkpoint.safetensors"):
        checkpoints.append(target)
        if len(checkpoints) == 5:
            os.kill(os.getpid(), int(os.environ["KILLED_BY"]))

if "KILLED_BY" in os.environ:
    os.replace = replace_and_die
"""
START = "from qa.training.run.command import main; main()"


@pytest.fixture
def pack(tmp_path: Path) -> Path:
    write_pack(small_pack(contexts=20), tmp_path / "pack.npz")
    return tmp_path / "pack.npz"


def start(
    pack: Path, out: str, processes: int, *more: str, killed_by: int | None = None
) -> subprocess.Popen[str]:
    folder = pack.parent
    (folder / "sitecustomize.py").write_text(ONLY_TORCH)
    environment = os.environ | {"PYTHONPATH": f"{folder}{os.pathsep}{ROOT}"}
    environment |= {"KILLED_BY": str(int(killed_by))} if killed_by else {}
    arguments = [str(pack), "--out", str(folder / out), "--processes", str(processes)]
    arguments += ["--device", "cpu", "--questions", "1", "--steps", "20", *more]
    return subprocess.Popen(
        [sys.executable, "-c", START, *arguments],
        env=environment,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )


def finish(process: subprocess.Popen[str]) -> None:
    _, errors = process.communicate(timeout=600)
    assert process.returncode == 0, errors


@pytest.mark.parametrize(
    ("processes", "killed_by"), [(1, signal.SIGKILL), (2, signal.SIGTERM), (2, signal.SIGKILL)]
)
def test_a_run_killed_and_resumed_ends_with_the_weights_of_an_undisturbed_one(
    pack: Path, processes: int, killed_by: int
) -> None:
    save = ["--dev-questions", "0", "--save-seconds", "0"]
    disturbed = start(pack, "disturbed", processes, *save, killed_by=killed_by)
    _, errors = disturbed.communicate(timeout=600)
    assert disturbed.returncode == (0 if killed_by == signal.SIGTERM else -signal.SIGKILL), errors
    wait_for_the_others(disturbed.pid)
    steps = steps_done(pack.parent / "disturbed" / "checkpoint.safetensors")
    assert steps == (6 if killed_by == signal.SIGTERM else 5)
    finish(start(pack, "disturbed", processes, "--dev-questions", "0"))
    finish(start(pack, "undisturbed", processes, "--dev-questions", "0"))
    files = [pack.parent / name / "reader.safetensors" for name in ("disturbed", "undisturbed")]
    assert files[0].read_bytes() == files[1].read_bytes()
    last = json.loads((pack.parent / "disturbed" / "log.jsonl").read_text().splitlines()[-1])
    assert last["steps"] == 20


def steps_done(checkpoint: Path) -> int:
    with safe_open(checkpoint, "pt") as opened:
        steps: int = json.loads(opened.metadata()["progress"])["steps"]
    return steps


def wait_for_the_others(group: int) -> None:
    """Processes whose first one was killed end by themselves."""
    deadline = time.monotonic() + 120
    while time.monotonic() < deadline:
        try:
            os.killpg(group, 0)
        except ProcessLookupError:
            return
        time.sleep(0.05)
    raise AssertionError("a process outlives the run")


def test_dev_figures_of_two_processes_are_logged(pack: Path) -> None:
    finish(start(pack, "out", 2, "--dev-questions", "5"))
    text = (pack.parent / "out" / "log.jsonl").read_text()
    lines = [json.loads(line) for line in text.splitlines()]
    figures = [line["dev"] for line in lines if "dev" in line]
    assert len(figures) == 3
    assert set(figures[0]) == {"held", "dev/en-made-up"}
    assert "ranked_by_length" in figures[0]["held"]


def test_a_student_is_distilled_from_a_teacher(pack: Path) -> None:
    encoder = {n: torch.from_numpy(t) for n, t in small_pack(contexts=3).encoder.items()}
    write_weights(dict(build_reader(encoder).named_parameters()), pack.parent / "teacher")
    options = ["--layers", "1", "--teacher", str(pack.parent / "teacher")]
    arguments = [str(pack), "--out", str(pack.parent / "out"), "--processes", "1", *options]
    arguments += ["--device", "cpu", "--questions", "1", "--dev-questions", "0", "--steps", "2"]
    assert command.main(arguments) == 0
    assert (pack.parent / "out" / "reader.safetensors").exists()
    with pytest.raises(ArchiveError, match="--seed 3, not 4"):
        command.main([*arguments, "--seed", "4"])


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (["--layers", "6"], "needs both --layers N and --teacher"),
        (["--start", "missing"], "cannot read the weights missing"),
        (["--device", "cuda"], "finds no CUDA device"),
    ],
)
def test_what_is_wrong_is_said(
    pack: Path, options: list[str], message: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(torch.cuda, "is_available", lambda: False)
    with pytest.raises(ArchiveError, match=message):
        command.main([str(pack), "--out", str(pack.parent / "out"), "--processes", "1", *options])


def test_a_file_that_is_no_pack_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "pack.npz").write_text("no")
    with pytest.raises(ArchiveError, match="cannot read the pack"):
        command.main([str(tmp_path / "pack.npz"), "--out", str(tmp_path), "--processes", "1"])

"""`python -m qa.training` hands its arguments to one of its commands."""

import subprocess
import sys

import pytest

from qa.training.__main__ import COMMANDS, main


@pytest.mark.parametrize("name", COMMANDS)
def test_arguments_go_to_the_command(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    given: list[list[str]] = []
    monkeypatch.setattr(f"{COMMANDS[name][0]}.main", given.append)
    main([name, "--data", "d"])
    assert given == [["--data", "d"]]


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_has_help(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as end:
        main([name, "--help"])
    assert end.value.code == 0
    assert f"usage: python -m qa.training {name}" in capsys.readouterr().out


def test_help_lists_the_commands(capsys: pytest.CaptureFixture[str]) -> None:
    main(["--help"])
    lines = capsys.readouterr().out.splitlines()
    assert [line.split()[0] for line in lines[2:]] == list(COMMANDS)


def test_the_status_of_a_command_is_handed_on(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("qa.training.run.check.main", lambda arguments: 1)
    assert main(["check", "pack.npz"]) == 1
    monkeypatch.setattr("qa.training.run.command.main", lambda arguments: None)
    assert main(["train", "pack.npz"]) == 0


@pytest.mark.parametrize("arguments", [[], ["trian"]])
def test_no_command_or_an_unknown_one_shows_them(arguments: list[str]) -> None:
    with pytest.raises(SystemExit, match=r"usage: python -m qa\.training COMMAND"):
        main(arguments)


def test_nothing_is_imported_before_a_command_is_chosen() -> None:
    code = "import sys, qa.training.__main__; print([m for m in sys.modules if 'training' in m])"
    result = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    )
    assert result.stdout.split() == ["['qa.training',", "'qa.training.__main__']"]

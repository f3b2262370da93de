"""`python -m qa.training` hands its arguments to one of its commands."""

import pytest

from qa.training.__main__ import COMMANDS, main


def test_training_is_the_default(monkeypatch: pytest.MonkeyPatch) -> None:
    given: list[list[str]] = []
    monkeypatch.setattr("qa.training.run.command.main", given.append)
    main(["--data", "d", "--out", "o"])
    assert given == [["--data", "d", "--out", "o"]]


@pytest.mark.parametrize("command", COMMANDS)
def test_other_commands_are_named(command: str, monkeypatch: pytest.MonkeyPatch) -> None:
    given: list[list[str]] = []
    monkeypatch.setattr(f"{COMMANDS[command]}.main", given.append)
    main([command, "--data", "d"])
    assert given == [["--data", "d"]]


@pytest.mark.parametrize("command", [["--help"], ["calibrate", "--help"]])
def test_both_commands_have_help(command: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as end:
        main(command)
    assert end.value.code == 0
    assert "--data" in capsys.readouterr().out

"""Each way of calling a command shows its own name."""

import sys
from importlib.machinery import ModuleSpec
from types import ModuleType

import pytest

from index.command_name import command_name


@pytest.mark.parametrize(
    ("module", "file", "name"),
    [
        (None, "/usr/bin/archive-qa", "archive-qa ask"),
        (None, "app.py", "python app.py ask"),
        ("app", "/home/ann/app.py", "python app.py ask"),
        ("qa.__main__", "/home/ann/qa/__main__.py", "python -m qa"),
        ("qa.drafts.__main__", "__main__.py", "python -m qa.drafts"),
        ("index.admin.info", "info.py", "python -m index.admin.info"),
        ("pytest.__main__", "__main__.py", "archive-qa ask"),
    ],
)
def test_a_command_is_called_as_it_was_started(
    module: str | None, file: str, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    main = ModuleType("__main__")
    main.__spec__ = ModuleSpec(module, None) if module else None
    monkeypatch.setitem(sys.modules, "__main__", main)
    monkeypatch.setattr(sys, "argv", [file])
    assert command_name("ask") == name


def test_a_program_without_a_subcommand_is_called_by_its_name(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setitem(sys.modules, "__main__", ModuleType("__main__"))
    monkeypatch.setattr(sys, "argv", ["/usr/bin/archive-qa"])
    assert command_name() == "archive-qa"

"""The documents name only files, commands, options and extras that exist."""

import argparse
import contextlib
import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from inspect import signature
from pathlib import Path

import pytest

import app
from qa.training import __main__ as training
from tests.support.fakes import ROOT

DOCUMENTS = sorted(
    [
        ROOT / "README.md",
        ROOT / "CONTRIBUTING.md",
        ROOT / "CHANGELOG.md",
        ROOT / ".github/pull_request_template.md",
        ROOT / "index/weights/MODEL_CARD.md",
        ROOT / "qa/weights/MODEL_CARD.md",
        *ROOT.glob("index/**/README.md"),
        *ROOT.glob("qa/**/README.md"),
    ]
)
LONGEST_README = 160  # lines
FENCE = re.compile(r"^```[^\n]*\n(.*?)^```", re.M | re.S)
SPAN = re.compile(r"`([^`\n]+)`")
LINK = re.compile(r"\]\(([^)\s]+)\)")
SUFFIXES = r"css|html|js|json|md|png|py|safetensors|sh|svg|toml|txt|ya?ml"
FILE = re.compile(rf"^(?![/.]\w*$)[\w.*-]+(?:/[\w.*-]+)*(?:/|\.(?:{SUFFIXES}))$")
EXAMPLES = {"inner/name.txt", "inner/a.txt"}  # members of archives, in explanations
COMMAND = re.compile(
    r"\bpython -m ([\w.]+)|\bpython (app\.py)\b|\barchive-qa(?: ([a-z]+(?:-[a-z]+)*))?\b"
)
TRAINING = re.compile(r"\bpython -m qa\.training ([a-z-]+)")
OPTION = re.compile(r"(?<![\w-])--[a-z][a-z-]*")
FOREIGN = re.compile(
    r"(?:^|&& )(?:pip|pytest|ruff|mypy|git|curl|pre-commit|apt-get|lint-imports|createdb|psql)\b"
)


@dataclass(frozen=True)
class Document:
    """One document and the pieces of code in it, one line each."""

    path: Path
    text: str
    code: tuple[str, ...]


def parse(path: Path, text: str) -> Document:
    """Split a document into its text and the lines of its code blocks and code spans."""
    code: list[str] = []
    for block in FENCE.findall(text):
        for line in block.replace("\\\n", " ").splitlines():
            if line.startswith(" ") and code:
                code[-1] += line
            else:
                code.append(line.partition("  # ")[0])
    code += SPAN.findall(FENCE.sub("", text))
    return Document(path, text, tuple(code))


@cache
def read(path: Path) -> Document:
    text = path.read_text(encoding="utf-8")
    if path.name == "CHANGELOG.md":  # older entries name what existed then
        text = "".join(re.split(r"^(?=## \[\d)", text, flags=re.M)[:2])
    return parse(path, text)


def missing_files(document: Document) -> list[str]:
    """Paths named in code or linked to that exist neither from the root nor beside the document."""
    words = [word.strip("\"'(),:;") for line in document.code for word in line.split()]
    named = [word for word in words if FILE.match(word) and word not in EXAMPLES]
    links = [link.partition("#")[0] for link in LINK.findall(FENCE.sub("", document.text))]
    linked = [link for link in links if link and not re.match(r"[a-z]+:", link)]
    return [
        *(name for name in named if not _exists(name, ROOT, document.path.parent)),
        *(name for name in linked if not _exists(name, document.path.parent)),
    ]


def _exists(name: str, *folders: Path) -> bool:
    return any(any(folder.glob(name.rstrip("/"))) if "*" in name else (folder / name).exists()
               for folder in folders)  # fmt: skip


def modules(line: str) -> Iterator[str]:
    """The modules behind the commands of this project in a line of code.

    >>> list(modules("archive-qa build && python -m qa.training pack --out FILE"))
    ['index.__main__', 'qa.training.pack.command']
    """
    line = TRAINING.sub(_training_command, line)
    for module, chat, command in COMMAND.findall(line):
        if module.split(".")[0] in ("index", "qa"):
            yield module
        elif chat or command in ("", "chat"):
            yield "app"
        elif not module:
            yield app.COMMANDS.get(command, f"archive-qa {command}")


def _training_command(match: re.Match[str]) -> str:
    module, _ = training.COMMANDS.get(match[1], (f"qa.training.{match[1]}", ""))
    return f"python -m {module}"


def missing_commands(document: Document) -> list[str]:
    named = {module for line in document.code for module in modules(line)}
    return sorted(module for module in named if not _importable(module))


def _importable(module: str) -> bool:
    try:
        return " " not in module and find_spec(module) is not None
    except ModuleNotFoundError:
        return False


@cache
def options_of(module: str) -> frozenset[str]:
    """The options that a command's `--help` shows."""
    name = f"{module}.__main__" if _is_package(module) else module
    main = import_module(name).main
    shown: list[str] = []

    def keep(parser: argparse.ArgumentParser, file: object = None) -> None:
        shown.append(parser.format_help())

    with pytest.MonkeyPatch.context() as patch, contextlib.suppress(SystemExit):
        patch.setattr(argparse.ArgumentParser, "print_help", keep)
        patch.setattr("sys.argv", [module, "--help"])
        main(["--help"]) if signature(main).parameters else main()
    return frozenset(OPTION.findall("".join(shown)))


def _is_package(module: str) -> bool:
    spec = find_spec(module)
    return spec is not None and spec.submodule_search_locations is not None


@cache
def all_options() -> frozenset[str]:
    named = {module for path in DOCUMENTS for line in read(path).code for module in modules(line)}
    commands = {"app", *app.COMMANDS.values(), *filter(_importable, named)}
    return frozenset().union(*map(options_of, commands))


def missing_options(document: Document) -> list[str]:
    """Options that the command on their line lacks, or, on a line without one, every command."""
    missing = []
    for line in document.code:
        if FOREIGN.search(line):
            continue
        commands = list(filter(_importable, modules(line)))
        known = frozenset().union(*map(options_of, commands)) if commands else all_options()
        missing += [option for option in OPTION.findall(line) if option not in known]
    return missing


def missing_extras(document: Document) -> list[str]:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    named = re.findall(r"pip install [^\n`]*?\.\[([\w,]+)\]", document.text)
    extras = {extra for group in named for extra in group.split(",")}
    return sorted(extras - set(project["optional-dependencies"]))


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda p: p.relative_to(ROOT).as_posix())
def test_everything_that_a_document_names_exists(path: Path) -> None:
    document = read(path)
    assert missing_files(document) == []
    assert missing_commands(document) == []
    assert missing_options(document) == []
    assert missing_extras(document) == []


def test_what_does_not_exist_is_noticed() -> None:
    text = (
        "[a](gone.md) `index/gone.py` `seeds/*.gone.txt` `gone/`\n"
        '```bash\npip install ".[gone]"\npython -m index.gone\narchive-qa lose\n'
        "python -m index --lose\n```\n`--gone` `pytest --any`\n"
    )
    document = parse(ROOT / "README.md", text)
    assert missing_files(document) == ["index/gone.py", "seeds/*.gone.txt", "gone/", "gone.md"]
    assert missing_commands(document) == ["archive-qa lose", "index.gone"]
    assert missing_options(document) == ["--lose", "--gone"]
    assert missing_extras(document) == ["gone"]


def test_the_readme_is_short() -> None:
    lines = (ROOT / "README.md").read_text(encoding="utf-8").splitlines()
    assert len(lines) <= LONGEST_README


def test_the_readme_has_the_test_command_that_ci_runs() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8").splitlines()
    assert readme.count('pip install ".[test]" && pytest') == 1
    assert len([line for line in readme if re.match(r"pip install .*&& pytest$", line)]) == 1


def test_the_changelog_has_the_version_of_the_package() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    versions = re.findall(r"^## \[(\d[^]]*)\]", read(ROOT / "CHANGELOG.md").text, flags=re.M)
    assert versions[0] == project["version"]

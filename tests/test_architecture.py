"""The shape of the code: sizes, docstrings, tests beside modules, imports without cycles.

Which room may import which is checked by `lint-imports`, with the contracts in pyproject.toml.
"""

import ast
import subprocess
import sys
import tomllib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

import grimp
import pytest

from tests.support.fakes import ROOT

ROOMS = ("index", "qa")
FILE_LINES, FUNCTION_LINES, PARAMETERS, FILES = 200, 40, 6, 14
HEAVY = ("torch", "gradio", "transformers", "sentence_transformers", "sklearn")

# Public signatures, which programs outside depend on.
MANY_PARAMETERS = {
    "index/ingest/builder.py:build": "public: every option of a build",
    "qa/archive.py:Archive.answer": "public: every filter",
    "qa/archive.py:Archive.answer_many": "public: every filter",
    "qa/archive.py:Archive.timeline": "public: every filter",
    "qa/searcher.py:Searcher.search": "public: every filter",
    "qa/searcher.py:Searcher.explain": "public: every filter",
    "qa/searcher.py:Searcher.check_draft": "public: every filter",
    "qa/server/endpoints/asking_api.py:_answer.answer": "public: every filter",
    "qa/server/endpoints/asking_api.py:_search.search": "public: every filter",
    "qa/server/endpoints/api.py:_check_draft.check_draft": "public: every filter",
}
# Modules without a test file of their own.
UNTESTED = {
    "index/store/base/writing.py": "only signatures, which the contract tests hold stores to",
    "qa/benchmarks/peers/haystack.py": "needs a program that the tests do not install",
    "qa/benchmarks/peers/txtai.py": "needs a program that the tests do not install",
}
CONTRACT = ROOT / "tests/index/store/contract"  # what every store must do, run for each of them
SOURCES = sorted(file for room in ROOMS for file in (ROOT / room).rglob("*.py"))


def name_of(file: Path) -> str:
    return file.relative_to(ROOT).as_posix()


def functions(tree: ast.AST, prefix: str = "") -> Iterator[tuple[str, ast.FunctionDef]]:
    """Every function with its dotted name, methods and nested functions included."""
    for node in ast.iter_child_nodes(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            name = f"{prefix}{node.name}"
            if not isinstance(node, ast.ClassDef):
                yield name, node  # type: ignore[misc]
            yield from functions(node, f"{name}.")
        else:
            yield from functions(node, prefix)


def all_functions() -> Iterator[tuple[str, ast.FunctionDef]]:
    for file in SOURCES:
        for name, function in functions(ast.parse(file.read_text(encoding="utf-8"))):
            yield f"{name_of(file)}:{name}", function


def lines(function: ast.FunctionDef) -> int:
    return (function.end_lineno or 0) - function.lineno + 1


def parameters(function: ast.FunctionDef) -> int:
    """How many parameters there are, without `self` and `cls`."""
    given = function.args
    named = [a.arg for a in (*given.posonlyargs, *given.args, *given.kwonlyargs)]
    return len(named) - (named[:1] in (["self"], ["cls"]))


def test_no_file_is_longer_than_a_reader_holds_in_mind() -> None:
    sizes = {name_of(file): len(file.read_text("utf-8").splitlines()) for file in SOURCES}
    assert {name: size for name, size in sizes.items() if size > FILE_LINES} == {}


def test_no_function_is_too_long() -> None:
    sizes = {name: lines(function) for name, function in all_functions()}
    assert {name: size for name, size in sizes.items() if size > FUNCTION_LINES} == {}


def test_no_function_has_too_many_parameters() -> None:
    counts = {name: parameters(function) for name, function in all_functions()}
    many = {name: count for name, count in counts.items() if count > PARAMETERS}
    assert {name: count for name, count in many.items() if name not in MANY_PARAMETERS} == {}
    assert MANY_PARAMETERS.keys() <= many.keys(), "the list of exceptions is out of date"


def test_no_folder_holds_too_many_files() -> None:
    counts = Counter(
        name_of(file.parent) for file in SOURCES if file.stem not in ("__init__", "__main__")
    )
    assert {folder: count for folder, count in counts.items() if count > FILES} == {}


def test_every_package_has_a_docstring() -> None:
    folders = {file.parent for file in SOURCES}
    missing = []
    for folder in sorted(folders):
        file = folder / "__init__.py"
        if not file.is_file() or not ast.get_docstring(ast.parse(file.read_text("utf-8"))):
            missing.append(name_of(file))
    assert missing == []


def test_every_module_has_its_test_file() -> None:
    missing = []
    for file in SOURCES:
        path = file.relative_to(ROOT)
        stem = "main" if path.stem == "__main__" else path.stem
        places = [ROOT / "tests" / path.parent]
        if path.parts[:2] == ("index", "store"):
            places.append(CONTRACT)
        tested = any((place / f"test_{stem}.py").is_file() for place in places)
        if path.stem != "__init__" and name_of(file) not in UNTESTED and not tested:
            missing.append(name_of(file))
    assert missing == []
    assert all((ROOT / name).is_file() for name in UNTESTED), (
        "the list of exceptions is out of date"
    )


def test_every_data_file_is_part_of_the_package() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    patterns = project["tool"]["setuptools"]["package-data"]
    for room in ROOMS:
        packed = {file for pattern in patterns[room] for file in (ROOT / room).glob(pattern)}
        data = {
            file
            for file in (ROOT / room).rglob("*")
            if file.is_file()
            and "__pycache__" not in file.parts
            and file.suffix != ".py"
            and file.name not in {"README.md", "DEPLOYING.md"}
        }
        assert sorted(map(name_of, data - packed)) == []


def cycles(imports: Mapping[str, Iterable[str]]) -> list[list[str]]:
    """The groups of modules that import each other, directly or through others.

    >>> cycles({"a": ["b"], "b": ["c"], "c": ["b"], "d": []})
    [['b', 'c']]
    """

    def reachable(start: str) -> set[str]:
        seen: set[str] = set()
        ahead = list(imports[start])
        while ahead:
            module = ahead.pop()
            if module not in seen:
                seen.add(module)
                ahead += imports.get(module, ())
        return seen

    reach = {module: reachable(module) for module in imports}
    groups = {
        tuple(sorted(other for other in reach[module] if module in reach.get(other, ())))
        for module in imports
        if module in reach[module]
    }
    return sorted(map(list, groups))


@pytest.fixture(scope="module")
def imports() -> dict[str, list[str]]:
    """The imports between the project's files, those inside functions included."""
    graph = grimp.build_graph(*ROOMS, cache_dir=None, exclude_type_checking_imports=True)
    return {
        module: sorted(graph.find_modules_directly_imported_by(module)) for module in graph.modules
    }


def test_no_files_import_each_other(imports: dict[str, list[str]]) -> None:
    assert cycles(imports) == []


def test_importing_qa_loads_no_heavy_library() -> None:
    code = f"import qa, sys; print([name for name in {HEAVY} if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True)
    assert done.stdout.strip() == "[]", done.stderr

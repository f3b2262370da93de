"""The public names, their signatures and the command line stay what they were.

The recorded files are the promise to programs outside; see `tests/support/public_api.py`.
"""

import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest

import index
import qa
from index.errors import ArchiveError
from tests.support.fakes import ROOT, FakeEncoder
from tests.support.public_api import RECORDED, descriptions


@pytest.mark.parametrize("file", descriptions())
def test_the_api_is_what_was_recorded(file: str) -> None:
    if file == "mcp.txt":
        pytest.importorskip("mcp", reason="the extra mcp is not installed")
    assert descriptions()[file]() == (RECORDED / file).read_text(encoding="utf-8").rstrip("\n")


def test_every_recorded_file_is_compared() -> None:
    assert {path.name for path in RECORDED.iterdir()} == set(descriptions())


def test_a_store_opens_by_its_folder(tmp_path: Path) -> None:
    (tmp_path / "seeds").mkdir()
    (tmp_path / "seeds" / "a.txt").write_text("The keeper counted nine ships before noon.")
    index.build(tmp_path / "seeds", tmp_path / "index", encoder=FakeEncoder())
    with pytest.deprecated_call():
        store = index.Store(tmp_path / "index")
    with store.snapshot() as snapshot:
        assert [article.id for article in snapshot.articles()] == ["a.txt"]
    with pytest.deprecated_call(), pytest.raises(ArchiveError, match="none"):
        index.Store(str(tmp_path / "none"))


@pytest.mark.parametrize("package", [index, qa])
def test_every_public_name_is_there(package: ModuleType) -> None:
    for name in package.__all__:
        assert getattr(package, name).__name__ == name
    assert {*package.__all__} <= {*dir(package)}
    assert {*package._MODULES} == {*package.__all__}


@pytest.mark.parametrize("package", [index, qa])
def test_unknown_names_are_attribute_errors(package: ModuleType) -> None:
    with pytest.raises(AttributeError, match="has no attribute 'nothing'"):
        package.nothing  # noqa: B018


@pytest.mark.parametrize("package", ["index", "qa"])
def test_importing_a_package_loads_no_heavy_library(package: str) -> None:
    heavy = ("torch", "gradio", "faiss", "jinja2", "numpy", "sqlite3")
    code = f"import {package}, sys; print([name for name in {heavy} if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True)
    assert done.stdout.strip() == "[]", done.stderr

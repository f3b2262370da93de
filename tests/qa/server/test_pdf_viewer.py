"""The frame's document: its policy names exactly the scripts in it, which need nothing else."""

import base64
import hashlib
import re

import pytest

from qa.server.pdf_viewer import LIBRARY, data_file, viewer
from tests.support.fakes import ROOT


def source(content: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(content.encode()).digest()).decode()}'"


def test_the_policy_names_every_script_by_its_hash() -> None:
    document, headers = viewer()
    policy = dict(
        part.strip().split(" ", 1) for part in headers["content-security-policy"].split(";")
    )
    assert policy["sandbox"] == "allow-scripts"  # and no allow-same-origin
    assert policy["default-src"] == "'none'"
    assert policy["worker-src"] == "blob:"
    scripts = re.findall(r'<script type="module">(.*?)</script>', document.decode(), re.DOTALL)
    assert len(scripts) == 2
    assert policy["script-src"].split() == [*map(source, scripts), "'wasm-unsafe-eval'"]
    (style,) = re.findall(r"<style>(.*?)</style>", document.decode(), re.DOTALL)
    assert policy["style-src"] == source(style)
    assert "connect-src" not in policy


def test_the_worker_is_a_classic_script() -> None:
    document, _ = viewer()
    (worker,) = re.findall(
        r'<script type="text/plain" id="worker">(.*?)</script>', document.decode(), re.DOTALL
    )
    assert "import.meta" not in worker
    assert "export{" not in worker
    assert worker.rstrip().endswith("globalThis.pdfjsWorker={WorkerMessageHandler};")


def test_the_library_evaluates_nothing() -> None:
    for file in LIBRARY.glob("*.mjs"):
        assert not re.search(r"\beval\(|new Function\(", file.read_text(encoding="utf-8")), file
    assert "isEvalSupported: false" in viewer()[0].decode()


def test_only_the_files_that_the_library_asks_for_are_found() -> None:
    assert data_file("cMapUrl", "UniGB-UCS2-H.bcmap") == LIBRARY / "cmaps" / "UniGB-UCS2-H.bcmap"
    assert data_file("wasmUrl", "openjpeg.wasm")
    assert data_file("standardFontDataUrl", "FoxitSymbol.pfb")


@pytest.mark.parametrize(
    ("kind", "name"),
    [("cMapUrl", "../LICENSE"), ("cMapUrl", "..bcmap"), ("cMapUrl", "LICENSE"), ("other", "x"),
     ("cMapUrl", "none.bcmap"), ("", ""), ("wasmUrl", "/etc/passwd.wasm"), ("cMapUrl", "a\0.bcmap"),
     ("wasmUrl", "openjpeg.wasm\n")],
)  # fmt: skip
def test_other_names_are_not_found(kind: str, name: str) -> None:
    assert data_file(kind, name) is None


def test_the_licences_of_what_is_copied_are_there_and_named() -> None:
    notice = (ROOT / "NOTICE").read_text(encoding="utf-8")
    for file in LIBRARY.rglob("LICENSE*"):
        assert file.relative_to(ROOT).as_posix() in notice
    assert "6.5.438" in notice
    assert "6.5.438" in (LIBRARY / "pdf.min.mjs").read_text(encoding="utf-8")

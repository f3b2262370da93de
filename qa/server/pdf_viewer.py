"""The document of the frame in which PDFs are shown, and the data that pdf.js asks for.

The frame is sandboxed without an origin and can load nothing from this server: its scripts are in
the document, named by their hashes in its policy, and the page around it passes it the PDF. pdf.js
runs in a worker made of a blob, which such a frame may have.
"""

import base64
import hashlib
import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path

HERE = Path(__file__).parent
LIBRARY, VIEWER = HERE / "pdfjs", HERE / "viewer"
# what pdf.js asks for, by its own names -> folder and the names of files in it
DATA = {
    "cMapUrl": ("cmaps", re.compile(r"[A-Za-z0-9-]{1,40}\.bcmap")),
    "standardFontDataUrl": ("fonts", re.compile(r"Foxit[A-Za-z]{1,20}\.pfb")),
    "wasmUrl": ("wasm", re.compile(r"[a-z0-9_]{1,20}\.wasm")),
}
MODULE_SYNTAX = {"export{WorkerMessageHandler};": "", "import.meta.url": '""'}
POLICY = (
    "sandbox allow-scripts; default-src 'none'; script-src {scripts} 'wasm-unsafe-eval'; "
    "worker-src blob:; style-src {style}; img-src blob: data:; font-src blob: data:; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'self'"
)


@cache
def viewer() -> tuple[bytes, Mapping[str, str]]:
    """Return the document of the frame and its headers."""
    parts = {
        "style": _read(VIEWER / "viewer.css"),
        "worker": _classic(_read(LIBRARY / "pdf.worker.min.mjs")),
        "library": _read(LIBRARY / "pdf.min.mjs"),
        "viewer": _read(VIEWER / "viewer.js"),
    }
    page = _read(VIEWER / "viewer.html")
    document = re.sub(r"\{(style|worker|library|viewer)\}", lambda found: parts[found[1]], page)
    data = document.encode()
    policy = POLICY.format(
        scripts=f"{_hash(parts['library'])} {_hash(parts['viewer'])}", style=_hash(parts["style"])
    )
    tag = hashlib.blake2b(data, digest_size=16).hexdigest()
    return data, {
        "content-type": "text/html; charset=utf-8",
        "content-security-policy": policy,
        "etag": f'"{tag}"',
        "cache-control": "private, no-cache",
    }


def data_file(kind: str, name: str) -> Path | None:
    """Return the file that pdf.js asks for by its kind and name; None if there is no such file."""
    folder, form = DATA.get(kind, ("", None))
    if form is None or not form.fullmatch(name):
        return None
    file = LIBRARY / folder / name
    return file if file.is_file() else None


def _classic(module: str) -> str:
    """Return a module as a classic script: without an origin, browsers make no other workers."""
    for only_in_modules, instead in MODULE_SYNTAX.items():
        module = module.replace(only_in_modules, instead)
    return module


def _read(file: Path) -> str:
    return file.read_text(encoding="utf-8")


def _hash(script: str) -> str:
    """The source expression of a script or style that stands in the document."""
    return f"'sha256-{base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()}'"

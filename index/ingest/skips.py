"""Fingerprint of the code that reads seeds, so that an unchanged file is not read in vain again.

What is skipped of a file is stored with the fingerprint: as long as that is the same, a build only
reports the skips. It changes with this program's reading code and with the packages that it uses.
The skips themselves are kept by the store.
"""

import hashlib
import platform
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

# every package that reads seeds: files are refused if an optional one is missing or outdated
LIBRARIES = (
    "backports.zstd", "brotli", "cryptography", "dateparser", "feedparser", "lxml",
    "lxml_html_clean", "markdown-it-py", "opencc", "py3langid", "pyarrow", "pypdf", "pypdfium2",
    "python-docx", "pyyaml", "trafilatura", "warcio", "webencodings",
)  # fmt: skip

# our modules that turn a seed into articles, and errors.py, which words why it is skipped;
# a test compares this list with what reading.py imports
READING_CODE = (
    "article.py", "errors.py", "text/control.py", "text/language.py", "text/scripts.py",
    "formats/**/*.py", "cleaning/**/*.py", "ingest/reading.py",
)  # fmt: skip


@cache
def reader() -> str:
    """Return a fingerprint of Python, our reading code and the versions of its packages."""
    digest = hashlib.blake2b(platform.python_version().encode(), digest_size=16)
    for source in reading_code(Path(__file__).parent.parent):
        digest.update(source.read_bytes())
    for library in LIBRARIES:
        digest.update(f"{library} {_version(library)} ".encode())
    return digest.hexdigest()


def reading_code(package: Path) -> list[Path]:
    """Return the source files of READING_CODE in `package`, the folder of the package `index`."""
    return sorted(file for pattern in READING_CODE for file in package.glob(pattern))


def _version(library: str) -> str | None:
    try:
        return version(library)
    except PackageNotFoundError:
        return None

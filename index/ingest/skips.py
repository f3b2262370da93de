"""What was skipped of a seed file, remembered: an unchanged file is not read again, only named.

What may have passed since is not remembered (a disk that failed, a lack of memory), and all of it
is forgotten under another version of this program or of a library that reads files.
"""

import hashlib
import platform
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

# every package that reads seeds; without one of the extras, or with an old one, files are refused
LIBRARIES = (
    "backports.zstd", "brotli", "charset-normalizer", "cryptography", "feedparser", "lxml",
    "lxml_html_clean", "markdown-it-py", "mdit-py-plugins", "pypdf", "python-docx", "pyyaml",
    "trafilatura", "warcio",
)  # fmt: skip

# our own modules that decide what a seed holds, and those that word why it is skipped (errors.py);
# a test compares this list with what reading.py imports
READING_CODE = (
    "article.py", "errors.py", "text/control.py", "text/language.py",
    "formats/**/*.py", "cleaning/**/*.py", "ingest/reading.py",
)  # fmt: skip


@cache
def reader() -> str:
    """Fingerprint of what reads seeds here: Python, our own code, and the libraries' versions.

    An unchanged file is read again only when the fingerprint has changed since it was skipped.
    """
    digest = hashlib.blake2b(platform.python_version().encode(), digest_size=16)
    for source in reading_code(Path(__file__).parent.parent):
        digest.update(source.read_bytes())
    for library in LIBRARIES:
        digest.update(f"{library} {_version(library)} ".encode())
    return digest.hexdigest()


def reading_code(package: Path) -> list[Path]:
    """The source files that turn a seed into articles, in the folder `package` of this package."""
    return sorted(file for pattern in READING_CODE for file in package.glob(pattern))


def _version(library: str) -> str | None:
    try:
        return version(library)
    except PackageNotFoundError:
        return None

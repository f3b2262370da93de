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


@cache
def reader() -> str:
    """What reads seeds here: a digest of this package's code and of its libraries' versions."""
    digest = hashlib.blake2b(platform.python_version().encode(), digest_size=16)
    for source in sorted(Path(__file__).parent.glob("*.py")):
        digest.update(source.read_bytes())
    for library in LIBRARIES:
        digest.update(f"{library} {_version(library)} ".encode())
    return digest.hexdigest()


def _version(library: str) -> str | None:
    try:
        return version(library)
    except PackageNotFoundError:
        return None

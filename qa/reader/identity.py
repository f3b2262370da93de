"""What tells readers apart: the name of the second bundled one, and digests of weights."""

import hashlib
from pathlib import Path

from index.encoder.folder_digest import folder_digest

FAST = "fast"  # the smaller bundled reader; a folder of that name is given as ./fast


def file_digest(file: Path) -> str:
    """Identify a file by its content."""
    with file.open("rb") as data:
        return hashlib.file_digest(data, "blake2b").hexdigest()


def model_digest(name: str) -> str:
    """Identify a Hugging Face model: by its files if it is a folder, else by its name."""
    return folder_digest(Path(name)) if Path(name).is_dir() else name

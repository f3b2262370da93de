"""A `Seed` over bytes in memory, for tests of a single reader."""

import io
from typing import Any

from index.formats.limits import Budget
from index.formats.seed_file import Seed


def seed_of(data: bytes | str, name: str = "a.txt", **attributes: Any) -> Seed:
    """A file `name` in the seeds folder; `attributes` override those of the `Seed`."""
    content = data.encode() if isinstance(data, str) else data
    stream = io.BufferedReader(io.BytesIO(content))
    defaults: dict[str, Any] = {
        "path": name, "place": name, "name": name.rpartition("/")[2], "stream": stream,
        "budget": Budget(len(content)), "size": len(content),
    }  # fmt: skip
    return Seed(**{**defaults, **attributes})

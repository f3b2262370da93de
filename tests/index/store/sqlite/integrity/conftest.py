"""A sound index to damage, and what its check says about it."""

from pathlib import Path

import pytest

from tests.support.builds import Make

PAGE = (  # the mark makes both blocks below the heading teasers
    "Two ships\n\nThe keeper counted {} ships.\n\n"
    "Related articles\n\nFog at noon.\n\n由 AI 报道\n\n灯塔在北边。"
)
LINES = [{"id": i, "text": f"Boat {i}. 他来了。", "date": "2025-10-28"} for i in "abc"]


@pytest.fixture
def index(make: Make, tmp_path: Path) -> Path:
    """An index of two builds; passages 13 to 16 are those of 3.txt, article number 4."""
    make({"x.jsonl": LINES, **{f"{i}.txt": PAGE.format(i) for i in range(4)}})
    make({"0.txt": PAGE.format("many"), "1.txt": None})
    return tmp_path / "index"

"""A question set about the markets of five towns."""

from pathlib import Path

import pytest

from tests.support.question_sets import record, write_records

TOWNS = ("Ulm", "Trier", "Bonn", "Jena", "Gera")


@pytest.fixture
def towns(tmp_path: Path) -> Path:
    """A file with one context and one question for each town."""
    records = [
        record(
            f"The market of {town} has {number} stalls.",
            f"How many stalls has the market of {town}?",
            str(number),
            town,
        )
        for number, town in enumerate(TOWNS, start=10)
    ]
    return write_records(tmp_path / "towns.jsonl.xz", records)

"""A small data folder in two languages."""

from pathlib import Path

import pytest

from index.store.base.settings import Settings
from index.text.terms import VERSION
from tests.support.question_sets import write_records

TEXT = {
    "en": "The keeper counted {} ships. He wrote the number {} into a book.",
    "zh": "他说{}。他又走了{}。",
}


@pytest.fixture
def settings() -> Settings:
    """Settings that fit the fake encoder."""
    return Settings("fake", "1", 64, 128, 1, VERSION)


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """A folder with twenty contexts a language in dev/."""
    for language, text in TEXT.items():
        records = [
            {
                "context": text.format(f"{language}{i}", i),
                "questions": [{"question": f"Who counted {language}{i}?"}],
            }
            for i in range(20)
        ]
        write_records(tmp_path / "data" / "dev" / f"{language}-x.jsonl.xz", records)
    return tmp_path / "data"

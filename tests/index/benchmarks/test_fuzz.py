"""The fuzzer damages files reproducibly and notices what a reader must not do."""

import io
import random
import zipfile
from pathlib import Path

import pytest

from index.benchmarks import fuzz as fuzzing
from index.benchmarks.fuzz import fuzz, mutate
from index.errors import ArchiveError

TEXT = b"Nine ships lay in the harbour. " * 9


def test_the_same_number_gives_the_same_damage() -> None:
    first, again = (mutate(TEXT, random.Random(5)) for _ in range(2))
    assert first == again != TEXT


def test_a_zip_is_damaged_inside_and_stays_a_zip() -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as file:
        file.writestr("a.txt", TEXT)
    made = [mutate(packed.getvalue(), random.Random(n)) for n in range(20)]
    whole = [data for data in made if zipfile.is_zipfile(io.BytesIO(data))]
    assert len(whole) >= 10


def test_damaged_files_are_read_and_counted(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(TEXT)
    counts = fuzz(tmp_path, 0.5, 1, tmp_path / "found")
    assert counts["read"] > 0
    assert not (tmp_path / "found").exists()


def test_too_much_memory_is_a_finding(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fuzzing, "MEMORY", 1)
    (tmp_path / "a.txt").write_bytes(TEXT)
    counts = fuzz(tmp_path, 0.1, 1, tmp_path / "found")
    assert any(outcome.startswith("FOUND .txt: needs") for outcome in counts)
    assert list((tmp_path / "found").iterdir())


def test_a_folder_without_files_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(ArchiveError, match="holds no file of a known kind"):
        fuzz(tmp_path, 1, 1, tmp_path)

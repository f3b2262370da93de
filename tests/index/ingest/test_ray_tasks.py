"""What a worker does: reads files block by block, embeds, and refuses to if it differs."""

from pathlib import Path

import numpy as np
import pytest

from index.encoder.sentence import SentenceEncoder
from index.errors import ArchiveError
from index.ingest import ray_tasks, skips
from index.ingest.engine import Reader
from index.ingest.ray_tasks import embed_batch, list_files, read_files
from index.ingest.seed_files import SeedFolder
from tests.support.fakes import FakeEncoder


@pytest.fixture(autouse=True)
def _all_cores(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ray_tasks, "_compute_on_one_core", lambda: None)


@pytest.fixture
def reader(seeds: Path) -> Reader:
    (seeds / "a.txt").write_text("Rain.")
    (seeds / "b.jsonl").write_text("\n".join(f'{{"text": "Boat {n}."}}' for n in range(5)))
    (seeds / "empty.jsonl").write_text("")
    return Reader(SeedFolder(seeds), 128, "")


def test_what_is_in_a_file_comes_in_blocks(reader: Reader, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ray_tasks, "ITEMS", 2)
    blocks = list_files(reader, ["a.txt", "b.jsonl", "gone.txt"], skips.reader())
    assert [(path, len(found)) for path, found in blocks] == [
        ("a.txt", 1), ("b.jsonl", 2), ("b.jsonl", 2), ("b.jsonl", 1), ("gone.txt", 1),
    ]  # fmt: skip
    ((article, passages),) = blocks[0][1]  # type: ignore[misc]
    assert [passage.text for passage in passages] == [article.text]


def test_long_articles_make_small_blocks(reader: Reader, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ray_tasks, "BLOCK", 10)
    blocks = list_files(reader, ["b.jsonl"], skips.reader())
    assert [len(found) for _, found in blocks] == [2, 2, 1]


def test_every_file_has_a_block(reader: Reader, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Reader, "read", lambda self, path: iter(()))
    assert list_files(reader, ["a.txt", "b.jsonl"], skips.reader()) == [
        ("a.txt", []),
        ("b.jsonl", []),
    ]


def test_a_worker_with_other_code_reads_nothing(reader: Reader) -> None:
    with pytest.raises(ArchiveError, match="differ in their versions of archive-qa"):
        next(read_files(reader, ["a.txt"], "another"))


def test_a_worker_with_another_model_embeds_nothing() -> None:
    encoder = SentenceEncoder()
    encoder.revision = "another"
    with pytest.raises(ArchiveError, match=r"differs .* \(revisions another and "):
        embed_batch(encoder, ["Rain."])
    fake = FakeEncoder()
    assert np.array_equal(embed_batch(fake, ["Rain."]), fake.queries(["Rain."]))

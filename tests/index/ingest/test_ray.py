"""Work is spread, comes back in order, and is bounded; workers may die. Ray itself is faked.

`tests/system/test_cluster.py` does the same with real workers.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from index import build
from index.errors import ArchiveError, StorageError
from index.formats.seed_file import Refused
from index.ingest import ray, ray_cluster
from index.ingest.engine import Reader
from index.ingest.ray import AHEAD, FILES, RayEngine
from index.ingest.seed_files import SeedFolder
from tests.support.builds import Make, counts, ids
from tests.support.fake_ray import FakeRay
from tests.support.fakes import FakeEncoder

NAMES = [f"{n:03}.txt" for n in range(3 * FILES)]


@pytest.fixture
def reader(seeds: Path) -> Reader:
    for name in NAMES:
        (seeds / name).write_text(f"Text of {name}.")
    return Reader(SeedFolder(seeds), 128, "")


def text(item: Any) -> str:
    return str(item[0].text if isinstance(item, tuple) else item.why)


def read_all(engine: RayEngine, reader: Reader) -> list[str]:
    read = engine.reading(reader, iter(NAMES))
    return [text(item) for name in NAMES for item in read(name)]


@pytest.mark.parametrize("streams", [True, False])
def test_files_are_read_ahead_and_come_in_order(reader: Reader, streams: bool) -> None:
    engine = RayEngine(FakeRay(), streams)
    assert read_all(engine, reader) == [f"Text of {name}." for name in NAMES]


def test_a_file_that_was_not_known_to_have_changed_is_read_here(reader: Reader) -> None:
    fake = FakeRay()
    read = RayEngine(fake, streams=True).reading(reader, iter(NAMES[2:4]))
    found = [text(item) for name in NAMES[:5] for item in read(name)]
    assert found == [f"Text of {name}." for name in NAMES[:5]]
    assert fake.events.count("submit") == 1


def test_files_that_may_have_killed_a_worker_are_read_alone(reader: Reader) -> None:
    bad = NAMES[FILES + 3]
    fake = FakeRay(dies=lambda reader, paths, code: bad in paths)
    found = read_all(RayEngine(fake, streams=True), reader)
    assert found.pop(FILES + 3) == "cannot be read: 4 workers of the cluster died of it"
    assert found == [f"Text of {name}." for name in NAMES if name != bad]
    refused = list(RayEngine(fake, streams=True).reading(reader, iter([bad]))(bad))
    assert isinstance(refused[0], Refused)
    assert not refused[0].permanent  # read again by the next build, and kept until then


def test_what_arrived_before_a_worker_died_is_not_taken_twice(seeds: Path) -> None:
    names = ["a", "b", "c"]
    blocks = [(name, [Refused(name, f"{name}{n}")]) for name in names for n in range(2)]
    engine = RayEngine(FakeRay(), streams=True)
    died = FakeRay.exceptions.WorkerCrashedError

    def results(paths: list[str]) -> Iterator[Any]:
        for n, block in enumerate(block for block in blocks if block[0] in paths):
            if len(paths) == 3 and n == 3:  # the second block of "b"
                raise died
            yield block

    engine._submit = lambda reader, paths: paths  # type: ignore[method-assign]
    engine._results = results  # type: ignore[assignment,method-assign]
    read = engine.reading(Reader(SeedFolder(seeds), 128, ""), iter(names))
    found = [text(item) for name in names for item in read(name)]
    assert found == ["a0", "a1", "b0", "b1", "c0", "c1"]


def test_a_file_that_was_read_whole_is_not_read_again(seeds: Path) -> None:
    names = ["a", "b"]
    engine = RayEngine(FakeRay(), streams=True)
    alone: list[str] = []

    def results(paths: list[str]) -> Iterator[Any]:
        if len(paths) == 1:
            alone.extend(paths)
        blocks = ["a0", "a1", "a2", "b0", "b1"]
        for block in (b for b in blocks if b[0] in paths):
            if paths == ["a"] or (len(paths) == 2 and block == "b1"):
                raise FakeRay.exceptions.WorkerCrashedError
            yield block[0], [Refused(block[0], block)]

    engine._submit = lambda reader, paths: paths  # type: ignore[method-assign]
    engine._results = results  # type: ignore[assignment,method-assign]
    read = engine.reading(Reader(SeedFolder(seeds), 128, ""), iter(names))
    assert [text(item) for name in names for item in read(name)] == ["a0", "a1", "a2", "b0", "b1"]
    assert alone == ["b"]


def test_vectors_come_in_order_and_few_batches_are_under_way() -> None:
    fake, encoder = FakeRay(cpus=3), FakeEncoder()
    engine = RayEngine(fake, streams=True)
    assert engine.workers == 3  # neither of the node that is gone nor of the one that is too small
    batches = [[f"{n} boats"] for n in range(20)]
    vectors = list(engine.embed(encoder, iter(batches)))
    assert np.array_equal(np.concatenate(vectors), encoder.queries([b for (b,) in batches]))
    waiting = np.cumsum([1 if event == "submit" else -1 for event in fake.events])
    assert max(waiting) == AHEAD * 3


def test_workers_that_die_again_and_again_end_the_build() -> None:
    engine = RayEngine(FakeRay(dies=lambda encoder, texts: "bad" in texts), streams=True)
    with pytest.raises(StorageError, match=r"died 4 times .* needs 1.5 GB; build again"):
        list(engine.embed(FakeEncoder(), iter([["good"], ["bad"]])))


def test_errors_of_a_worker_are_those_of_the_build(reader: Reader) -> None:
    class Unlike(FakeEncoder):
        def passages(self, texts: object) -> np.ndarray:
            raise ArchiveError("the encoder is unlike ours")

    with pytest.raises(ArchiveError, match=r"^the encoder is unlike ours$"):
        list(RayEngine(FakeRay(), streams=True).embed(Unlike(), iter([["a"]])))


def test_a_cluster_that_fails_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    fake = FakeRay()

    def get(reference: object) -> None:
        raise RuntimeError("No module named 'index'\nand more")

    monkeypatch.setattr(fake, "get", get)
    with pytest.raises(StorageError, match=r"failed \(No module named 'index'\): is the same"):
        list(RayEngine(fake, streams=True).embed(FakeEncoder(), iter([["a"]])))


def test_workers_are_counted_now_and_then(monkeypatch: pytest.MonkeyPatch) -> None:
    fake, now = FakeRay(cpus=0), [100.0]
    monkeypatch.setattr("index.ingest.ray.time.monotonic", lambda: now[0])
    engine = RayEngine(fake, streams=True)
    assert engine.status() == "0 workers"
    fake.cpus = 16
    assert engine.status() == "0 workers"
    now[0] += ray.POLL
    assert engine.status() == "16 workers"


def test_a_build_is_the_same_with_workers(
    make: Make, tmp_path: Path, seeds: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also when an article moves to a file that is read before the one that holds it today."""
    from contextlib import nullcontext

    monkeypatch.setattr(
        ray_cluster, "cluster", lambda address: nullcontext(RayEngine(FakeRay(), streams=True))
    )
    steps: list[dict[str, Any]] = [
        {"b.jsonl": [{"id": "x", "text": "Fog."}, {"id": "y", "text": "Rain."}], "c.txt": "Hail."},
        {"a.jsonl": [{"id": "x", "text": "Fog."}, {"id": "z", "text": "Wind."}]},
        {"a.jsonl": None, "d.txt": "Snow.", "e.pdf": b"%PDF-1.4 no"},
    ]
    for files in steps:
        plain = make(files)
        spread = build(seeds, tmp_path / "spread", encoder=FakeEncoder(), ray="local:2")
        assert counts(spread) == counts(plain)
        assert spread.skipped == plain.skipped
        assert ids(tmp_path / "spread") == ids(tmp_path / "index")

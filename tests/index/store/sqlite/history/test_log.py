"""The log stays small and quick to write, however many versions one article has."""

import datetime
import random
import time
from pathlib import Path

import pytest

from index.store.base import versions
from index.store.base.history import order
from index.store.base.versions import Version
from index.store.doors import begin_build, open_store
from tests.support.fakes import FakeEncoder
from tests.support.written import WrittenIndex, article

NOON = datetime.datetime(2026, 11, 3, 12, tzinfo=datetime.UTC)


def version(number: int, moment: datetime.datetime, packed: bytes) -> Version:
    day, digest = moment.date(), f"{number:032x}"
    return Version("a", digest, None, None, moment, day, False, 1, None, packed)


def test_many_versions_of_one_article(tmp_path: Path, encoder: FakeEncoder) -> None:
    index = WrittenIndex(str(tmp_path), encoder)
    index.publish(article("a", "Rain."))
    started = time.thread_time()
    with begin_build(index.where) as writer:
        for number in range(3_000):
            moment = NOON + datetime.timedelta(seconds=number)
            writer.log(version(number, moment, b"packed"))
        writer.publish(index.settings)
    assert time.thread_time() - started < 60  # 2 s on two cores
    with open_store(index.where).snapshot() as snapshot:
        assert snapshot.count_versions() == (versions.MAX_LOGGED, versions.MAX_TEXTS)
        assert snapshot.versions("a")[0].digest == f"{2_999:032x}"


def test_large_texts_of_one_article(
    tmp_path: Path, encoder: FakeEncoder, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(order, "MAX_PACKED", 3000)
    index = WrittenIndex(str(tmp_path), encoder)
    index.publish(article("a", "Rain."))
    with begin_build(index.where) as writer:
        for number in range(9):
            packed = random.Random(number).randbytes(900)
            moment = NOON + datetime.timedelta(seconds=number)
            writer.log(version(number, moment, packed))
        writer.publish(index.settings)
    with open_store(index.where).snapshot() as snapshot:
        kept = [bool(version.packed) for version in snapshot.versions("a")]
    assert kept == [True] * 3 + [False] * 6

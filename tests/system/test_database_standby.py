"""A standby of the database answers questions, and goes on when the primary is gone."""

import signal
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from index import build
from index.errors import ArchiveError
from index.store.doors import open_store
from tests.support.archives import TEXT, shown
from tests.support.fakes import FakeEncoder
from tests.support.postgres import Server, server_with_vectors

PATIENCE = 60  # seconds for what a build published to reach the standby


@pytest.fixture
def primary() -> Iterator[Server]:
    with server_with_vectors() as server:
        yield server


@pytest.fixture
def standby(primary: Server) -> Iterator[Server]:
    server = Server(primary=primary)
    yield server
    server.remove()


def test_a_standby_answers_whatever_happens_to_the_primary(
    seeds: Path, primary: Server, standby: Server, encoder: FakeEncoder
) -> None:
    (seeds / "a.txt").write_text(TEXT)
    where = f"{primary.address()}?archive=news"
    build(seeds, where, encoder=encoder)
    copy = f"{standby.address()}?archive=news"
    wait_for(copy, generation=1)
    assert shown(copy) == shown(where)
    with pytest.raises(ArchiveError, match=r"this server only reads .*: build at the primary"):
        build(seeds, copy, encoder=encoder)
    (seeds / "b.txt").write_text(TEXT.replace("noon", "dusk"))

    ports = f"127.0.0.1:{primary.port},127.0.0.1:{standby.port}"
    both = f"postgresql://postgres@{ports}/postgres?archive=news&target_session_attrs="
    build(seeds, f"{both}read-write", encoder=encoder)
    wait_for(f"{both}standby", generation=2)
    assert shown(copy) == shown(where)
    new = shown(where)
    primary.stop(signal.SIGQUIT)
    assert shown(f"{both}prefer-standby") == new
    primary.start()


def wait_for(where: str, generation: int) -> None:
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        try:
            if open_store(where).settings.generation == generation:
                return
        except ArchiveError:  # the first build has not arrived yet
            pass
        time.sleep(0.1)
    pytest.fail(f"generation {generation} did not reach {where}")

"""The endpoints that ask, called without a server."""

import asyncio
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import pytest

from index import ArchiveError
from qa import Archive
from qa.server.endpoints.asking_api import MAX_HITS, asking_endpoints
from qa.server.request_queue import RequestQueue
from tests.support.fakes import FakeEncoder, FakeReader


def run(call: Awaitable[Any]) -> Any:
    async def waiting() -> Any:
        return await call

    return asyncio.run(waiting())


@pytest.fixture
def archive(make: Callable[..., object], tmp_path: Path, encoder: FakeEncoder) -> Archive:
    make({"ann.txt": "Ann Lee took the ferry.", "bob.txt": "Bob Stone took the ferry."})
    reader = FakeReader("the ferry")
    return Archive.open(tmp_path / "index", encoder=encoder, reader=reader)  # type: ignore[arg-type]


def test_names_limit_what_is_asked(archive: Archive) -> None:
    answer, search = asking_endpoints(archive, RequestQueue(1, 1))
    found = run(answer("Who took what?", names=("Ann Lee",)))
    assert [cited["article_id"] for cited in found["citations"]] == ["ann.txt"]
    hits = run(search("ferry", names=("Bob Stone",)))
    assert [hit["article_id"] for hit in hits] == ["bob.txt"]
    with pytest.raises(ArchiveError, match="names 'Nobody'"):
        run(search("ferry", names=("Nobody",)))


def test_no_more_than_so_many_passages_are_found(archive: Archive) -> None:
    _, search = asking_endpoints(archive, RequestQueue(1, 1))
    with pytest.raises(ArchiveError, match="k is 51: ask for at most 50"):
        run(search("ferry", MAX_HITS + 1))

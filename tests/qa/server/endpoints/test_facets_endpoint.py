"""The endpoint `facets`, called without a server."""

import asyncio
from collections.abc import Callable
from pathlib import Path

import pytest

from index import ArchiveError
from qa import Archive
from qa.server.endpoints.facets_endpoint import facets_endpoint
from qa.server.request_queue import RequestQueue
from tests.support.fakes import FakeEncoder, FakeReader


@pytest.fixture
def archive(make: Callable[..., object], tmp_path: Path, encoder: FakeEncoder) -> Archive:
    make({"a.txt": "The ferry\n\nMayor Ann Lee took the ferry to Lyon."})
    reader = FakeReader("Lyon")
    return Archive.open(tmp_path / "index", encoder=encoder, reader=reader)  # type: ignore[arg-type]


def test_facets_are_plain_values(archive: Archive) -> None:
    facets = facets_endpoint(archive, RequestQueue(1, 1))
    found = asyncio.run(facets(names=("Ann Lee",)))
    assert found["articles"] == 1
    assert [value["key"] for value in found["places"]] == ["Lyon"]
    assert asyncio.run(facets(question="ferry"))["people"][0]["name"] == "Ann Lee"
    with pytest.raises(ArchiveError, match="names 'Nobody'"):
        asyncio.run(facets(names=("Nobody",)))

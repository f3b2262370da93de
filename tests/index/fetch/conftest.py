"""What tests of fetching share: sites of their own, and runs without pauses."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from index.fetch import server
from index.fetch.fetching import fetch
from index.fetch.report import FetchReport
from index.fetch.settings import Settings
from tests.support.sites import Site, serve_site

Fetch = Callable[..., FetchReport]


@pytest.fixture
def site() -> Iterator[Site]:
    with serve_site() as running:
        yield running


@pytest.fixture
def other() -> Iterator[Site]:
    """A site on another host."""
    with serve_site("localhost") as running:
        yield running


@pytest.fixture
def run_fetch(seeds: Path, monkeypatch: pytest.MonkeyPatch) -> Fetch:
    """Fetch into the seeds folder from sites on this machine, without pauses."""
    monkeypatch.setattr(server, "BACKOFF", 0.0)

    def run(*addresses: str, **options: Any) -> FetchReport:
        return fetch(addresses, seeds, Settings(**{"rate": 0, "allow_private": True, **options}))

    return run

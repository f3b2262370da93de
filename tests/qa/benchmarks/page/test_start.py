"""Measuring a start, without a chat."""

import time
from pathlib import Path

import httpx
import pytest

from index.errors import ArchiveError
from qa.benchmarks.page import start
from qa.benchmarks.page.serving import RunningChat
from qa.benchmarks.page.start import drop_file_cache, first_page


def test_the_first_page_is_timed_from_the_start_of_the_process(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    attempts = []

    def get(address: str, timeout: float) -> httpx.Response:
        attempts.append(address)
        if len(attempts) < 3:
            raise httpx.ConnectError("not yet")
        return httpx.Response(200)

    monkeypatch.setattr(httpx, "get", get)
    chat = RunningChat("http://127.0.0.1:1", 1, tmp_path / "log", time.perf_counter() - 1)
    assert first_page(chat) >= 1
    assert len(attempts) == 3


def test_a_page_that_never_comes_is_an_error(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "log").write_text("port is taken")
    monkeypatch.setattr(start, "START_TIMEOUT", 0)
    chat = RunningChat("http://127.0.0.1:1", 1, tmp_path / "log", time.perf_counter())
    with pytest.raises(ArchiveError, match="did not start: port is taken"):
        first_page(chat)


def test_a_file_cache_that_cannot_be_emptied_is_an_error(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(start, "DROP_CACHES", tmp_path / "none" / "drop_caches")
    with pytest.raises(ArchiveError, match="cannot empty the file cache"):
        drop_file_cache()

"""A chat process: its memory, its log, and a start that fails."""

import os
from pathlib import Path

import pytest

from index.errors import ArchiveError
from qa.benchmarks.page.serving import RunningChat, run_chat


def test_memory_and_tracebacks_of_a_process(tmp_path: Path) -> None:
    log = tmp_path / "chat.log"
    log.write_text("Traceback (most recent call last):\nfine\nTraceback\n")
    chat = RunningChat("http://127.0.0.1:1", os.getpid(), log, 0.0)
    assert chat.memory() > 10
    assert chat.tracebacks() == 2


def test_a_chat_that_ends_at_once_is_an_error(tmp_path: Path) -> None:
    with (
        pytest.raises(ArchiveError, match="the chat did not start"),
        run_chat(tmp_path, ["--no-such-option"]),
    ):
        pass

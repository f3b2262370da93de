"""A running chat asks again by itself, after people's own questions."""

import logging
import threading
import time
from collections.abc import Callable

import pytest

from qa import Archive
from qa.standing import background
from qa.standing.background import Background
from qa.standing.news import latest_news
from tests.support.standing import FERRY, StandingArchive

WITHIN = 120  # seconds; a busy machine is slow
QUESTION = "How many people did the ferry to Oban carry?"


@pytest.fixture
def archive(standing: StandingArchive) -> Archive:
    return Archive.open(standing.index, encoder=standing.encoder, reader=standing.reader)  # type: ignore[arg-type]


def wait(until: Callable[[], object]) -> None:
    end = time.monotonic() + WITHIN
    while not until() and time.monotonic() < end:
        time.sleep(0.02)


def test_it_checks_only_after_changes(standing: StandingArchive, archive: Archive) -> None:
    asking = Background(archive, standing.book, lambda: False)
    assert not asking.look(), "there is no question"
    standing.add(QUESTION)
    assert asking.look()
    assert not asking.look()
    standing.build({"ferry.txt": FERRY})
    assert asking.look()
    assert [one.answer.text for one in latest_news(standing.book)] == ["312 people"]
    standing.add("Another?")
    assert asking.look()


def test_it_waits_while_somebody_is_answered(standing: StandingArchive, archive: Archive) -> None:
    busy = threading.Event()
    busy.set()
    asking = Background(archive, standing.book, busy.is_set)
    standing.add(QUESTION)
    thread = threading.Thread(target=asking.look)
    thread.start()
    time.sleep(0.3)
    assert standing.reader.asked == []
    busy.clear()
    thread.join(WITHIN)
    assert standing.reader.asked == [QUESTION]


def test_it_runs_until_it_is_stopped_whatever_fails(
    standing: StandingArchive,
    archive: Archive,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    asking = Background(archive, standing.book, lambda: False)
    thread = threading.Thread(target=asking.run)
    standing.book.database.file.parent.mkdir()
    standing.book.database.file.write_text("no database" * 100)
    with caplog.at_level(logging.WARNING):
        thread.start()
        wait(lambda: "the standing questions were not asked" in caplog.text)
    standing.book.database.file.unlink()
    standing.add(QUESTION)
    asking.wake()
    wait(lambda: standing.reader.asked)
    asking.stop()
    thread.join(WITHIN)
    assert not thread.is_alive()
    assert standing.reader.asked == [QUESTION]
    assert background.EVERY < background.RETRY


def test_an_unexpected_failure_does_not_end_the_thread(
    standing: StandingArchive,
    archive: Archive,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    asking = Background(archive, standing.book, lambda: False)
    looks = []

    def look() -> bool:
        looks.append(1)
        if len(looks) == 1:
            raise TypeError("cannot unpack")
        asking.stop()
        return True

    monkeypatch.setattr(asking, "look", look)
    monkeypatch.setattr(background, "RETRY", 0.01)
    asking.run()
    assert len(looks) == 2
    assert "cannot unpack" in caplog.text


def test_while_it_pauses_others_may_ask(standing: StandingArchive, archive: Archive) -> None:
    busy = threading.Event()
    busy.set()
    asking = Background(archive, standing.book, busy.is_set)
    standing.add(QUESTION)
    thread = threading.Thread(target=asking.look)
    thread.start()
    time.sleep(0.3)
    with standing.book.database.exclusively(WITHIN):
        busy.clear()
    thread.join(WITHIN)
    assert standing.reader.asked == [QUESTION]

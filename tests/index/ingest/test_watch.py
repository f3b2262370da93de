"""Watching: what changes in the seeds folder is soon in the index, and never half of it."""

import os
import shutil
import threading
import time
from collections.abc import Callable, Iterator
from itertools import pairwise
from pathlib import Path

import pytest

from index import ArchiveError, BuildReport
from index.ingest.watch import watch
from index.store.doors import open_store
from tests.support.fakes import FakeEncoder

TEXT = "The keeper of the {} lighthouse counted {} ships before noon and wrote them down."
DEADLINE = 120  # seconds; a busy machine is slow

Said = list[BuildReport | ArchiveError]


@pytest.fixture
def said(
    seeds: Path, tmp_path: Path, encoder: FakeEncoder, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Said]:
    """Watch the seeds folder in a thread; gives what was said."""
    monkeypatch.setattr("index.ingest.watch.RETRY", 0.5)
    found: Said = []
    stop = threading.Event()
    thread = threading.Thread(
        target=watch,
        args=(seeds, tmp_path / "index"),
        kwargs={"on_build": found.append, "stop": stop, "encoder": encoder},
    )
    thread.start()
    wait(lambda: (tmp_path / "index" / "archive.sqlite").exists())
    yield found
    stop.set()
    thread.join(DEADLINE)
    assert not thread.is_alive()


def wait(until: Callable[[], object]) -> float:
    """Wait until something is true; says how many seconds that took."""
    started = time.monotonic()
    while not until():
        assert time.monotonic() - started < DEADLINE
        time.sleep(0.02)
    return time.monotonic() - started


def texts(index: Path) -> dict[str, str]:
    try:
        with open_store(index).snapshot() as snapshot:
            return {article.id: article.text for article in snapshot.articles()}
    except ArchiveError:  # nothing has been published yet
        return {}


def test_files_that_come_change_move_and_go(seeds: Path, tmp_path: Path, said: Said) -> None:
    index = tmp_path / "index"
    (seeds / "a.txt").write_text(TEXT.format("north", 1))
    seconds = [wait(lambda: texts(index) == {"a.txt": TEXT.format("north", 1)})]
    (seeds / "a.txt").write_text(TEXT.format("south", 2))
    seconds.append(wait(lambda: texts(index) == {"a.txt": TEXT.format("south", 2)}))
    (seeds / "new" / "folder").mkdir(parents=True)
    (seeds / "new" / "folder" / "b.txt").write_text(TEXT.format("east", 3))
    seconds.append(wait(lambda: "new/folder/b.txt" in texts(index)))
    (seeds / "new").rename(seeds / "old")
    seconds.append(wait(lambda: sorted(texts(index)) == ["a.txt", "old/folder/b.txt"]))
    (seeds / "a.txt").unlink()
    seconds.append(wait(lambda: list(texts(index)) == ["old/folder/b.txt"]))
    print("seconds from the last write to the index:", *(f"{s:.2f}" for s in seconds))


def test_a_burst_is_few_builds(seeds: Path, tmp_path: Path, said: Said) -> None:
    for i in range(100):
        (seeds / f"{i}.txt").write_text(TEXT.format("north", i))
    wait(lambda: len(texts(tmp_path / "index")) == 100)
    wait(lambda: sum(r.added for r in said if isinstance(r, BuildReport)) == 100)
    assert len(said) < 20


def test_a_file_is_not_read_while_it_is_written_but_others_are(
    seeds: Path, tmp_path: Path, said: Said, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("index.ingest.settling.QUIET", 60.0)
    monkeypatch.setattr("index.ingest.watch.PATIENCE", 0.5)
    index, seen = tmp_path / "index", set()
    other = tmp_path / "other.txt"
    other.write_text(TEXT.format("north", 1))
    os.utime(other, (1, 1))  # nobody writes it any more
    whole = "".join(TEXT.format("slow", i) + "\n\n" for i in range(20))
    with (seeds / "slow.txt").open("w") as file:
        for i, line in enumerate(whole.splitlines(keepends=True)):
            file.write(line)
            file.flush()
            time.sleep(0.04)
            if i == 10:
                other.rename(seeds / "other.txt")
            seen |= {texts(index).get("slow.txt")}
        while "other.txt" not in texts(index):  # a writer that does not come to its end
            Path(file.name).touch()
            time.sleep(0.1)
        seen |= {texts(index).get("slow.txt")}
    assert seen == {None}
    monkeypatch.setattr("index.ingest.settling.QUIET", 0.5)
    wait(lambda: texts(index).get("slow.txt") == whole.strip())


def test_what_is_hidden_builds_nothing(seeds: Path, tmp_path: Path, said: Said) -> None:
    (seeds / "a.txt").write_text(TEXT)
    wait(lambda: texts(tmp_path / "index"))
    (seeds / ".a.txt.half").write_text("half")
    (seeds / ".git").mkdir()
    (seeds / ".git" / "b.txt").write_text("b")
    (seeds / "c.txt").write_text("See.")
    wait(lambda: "c.txt" in texts(tmp_path / "index"))
    assert sorted(texts(tmp_path / "index")) == ["a.txt", "c.txt"]


def test_errors_are_said_and_end_nothing(seeds: Path, tmp_path: Path, said: Said) -> None:
    index = tmp_path / "index"
    (seeds / "a.txt").write_text(TEXT)
    wait(lambda: texts(index))
    (seeds / "a.txt").unlink()  # an empty folder over a full index
    wait(lambda: [e for e in said if isinstance(e, ArchiveError) and "--allow-empty" in str(e)])
    assert texts(index) == {"a.txt": TEXT}
    shutil.rmtree(seeds)
    wait(lambda: [e for e in said if isinstance(e, ArchiveError) and "no seeds folder" in str(e)])
    seeds.mkdir()
    (seeds / "b.txt").write_text(TEXT)
    wait(lambda: list(texts(index)) == ["b.txt"])
    words = [str(one) for one in said]
    assert not [one for one, other in pairwise(words) if one == other]
    (seeds / "bad.pdf").touch()
    wait(lambda: [r for r in said if isinstance(r, BuildReport) and r.skipped])


def test_an_address_cannot_be_watched(tmp_path: Path) -> None:
    with pytest.raises(ArchiveError, match="the seeds at 's3://bucket/a' cannot be watched"):
        watch("s3://bucket/a", tmp_path / "index", on_build=print)

"""Several archives under questions: one is built, removed, damaged and put back meanwhile."""

import random
import shutil
import threading
from pathlib import Path
from queue import SimpleQueue

import pytest

from index import build
from index.store.doors import open_stores
from qa import Archive
from tests.support.fakes import FakeEncoder, FakeReader
from tests.support.several import made_up, write
from tests.support.written import WrittenIndex, article

RIBBON = "Nina Solt cut the ribbon of the ferry to Port Ayr in front of 400 guests."
WITHIN = 120  # seconds; a busy machine is slow


def test_archives_come_and_go_under_questions(tmp_path: Path, encoder: FakeEncoder) -> None:
    """Every answer is whole: it says what was not asked, or cites what is only there."""
    places = {name: str(tmp_path / name) for name in ("news", "old")}
    articles = made_up(random.Random(0), 12)
    write(places, {"news": articles, "old": [article("r", RIBBON)]}, encoder)
    old, kept = Path(places["old"]), tmp_path / "kept"
    shutil.copytree(old, kept)
    archive = Archive.open(places, reader=FakeReader("400 guests"), encoder=encoder)  # type: ignore[arg-type]
    done, outcomes = threading.Event(), SimpleQueue[object]()

    def ask() -> None:
        while not done.is_set():
            try:
                outcomes.put(outcome(archive))
            except BaseException as error:
                outcomes.put(error)

    threads = [threading.Thread(target=ask) for _ in range(2)]
    for thread in threads:
        thread.start()
    try:
        seen = [outcomes.get(timeout=WITHIN)]
        assert seen == ["found"]
        for turn in range(6):
            WrittenIndex(places["old"], encoder).publish(article(f"x{turn}", f"Fog number {turn}."))
            old.rename(tmp_path / "away")
            (tmp_path / "away").rename(old)
            shutil.copytree(kept, tmp_path / "copy")
            remove(old, tmp_path / f"removed{turn}")
            (tmp_path / "copy").rename(old)
            seen.append(outcomes.get(timeout=WITHIN))
    finally:
        done.set()
        for thread in threads:
            thread.join()
    while not outcomes.empty():
        seen.append(outcomes.get())
    assert [one for one in seen if one not in ("found", "not asked")] == []


def outcome(archive: Archive) -> object:
    """Ask; return "found", "not asked", or the answer that is neither."""
    answer = archive.answer("Who cut the ribbon of the ferry to Port Ayr?")
    if answer.text == "400 guests" and answer.citations[0].archive == "old":
        return "found"
    return "not asked" if [each.archive for each in answer.not_asked] == ["old"] else answer


def remove(folder: Path, rest: Path) -> None:
    """Remove an index's files; move away what is left: SQLite makes its own for each reader."""
    for file in sorted(folder.iterdir()):
        file.unlink(missing_ok=True)
    folder.rename(rest)


@pytest.mark.slow
def test_the_real_models_give_the_answers_of_one_archive(tmp_path: Path) -> None:
    texts = {
        "ferry": f"{RIBBON} The crossing takes 35 minutes and costs 4 euros.",
        "bridge": "The bridge of Ulm will cost 18 million euros, said Bram Oster of the council.",
        "museum": "The museum of Lake Tove opened on 3 May 1901 with two stuffed bears.",
        "fog": "Fog kept forty ships in the harbour of Bonn until noon on Tuesday.",
    }
    for name, text in texts.items():
        for folder in ("all", "one" if name in ("ferry", "fog") else "two"):
            (tmp_path / "seeds" / folder).mkdir(parents=True, exist_ok=True)
            (tmp_path / "seeds" / folder / f"{name}.txt").write_text(text)
    for folder in ("one", "two", "all"):
        build(tmp_path / "seeds" / folder, tmp_path / folder)
    whole = Archive.open(tmp_path / "all")
    together = Archive(
        open_stores([tmp_path / "one", tmp_path / "two"]), whole.encoder, whole._reader
    )
    for question in (
        "What will the bridge of Ulm cost?", "How long does the crossing take?",
        "When did the museum open?", "Who won the race?",
    ):  # fmt: skip
        mine, expected = together.answer(question), whole.answer(question)
        assert (mine.answered, mine.text) == (expected.answered, expected.text)
        assert abs(mine.confidence - expected.confidence) < 5e-3
        scores = [hit.score for hit in together.search(question)]
        theirs = [hit.score for hit in whole.search(question)]
        # vectors have 16 bits, and depend in the last of them on what is embedded together
        assert max(abs(a - b) for a, b in zip(scores, theirs, strict=True)) < 5e-3

"""Asking while builds publish: every quotation is of one archive, old or new, and none fails."""

import json
import multiprocessing
import random
import shutil
import time
from pathlib import Path
from threading import Thread
from typing import Any

import pytest

from index import build
from index.errors import ArchiveError
from index.store.doors import Where
from qa import Archive
from tests.support.fakes import FakeEncoder

PLACES = ("north", "south", "east", "west")
TEXT = "In build {n} the keeper of the {place} lighthouse counted {i} ships and wrote them down."


def write(seeds: Path, n: int, chance: random.Random) -> set[str]:
    """The seeds of build `n`: every text names it, so that a mix of two builds would show."""
    texts = {
        TEXT.format(n=n, place=chance.choice(PLACES), i=i) for i in range(chance.randrange(20, 60))
    }
    lines = [json.dumps({"id": text.split()[9], "text": text}) for text in sorted(texts)]
    new = seeds.parent / "new.jsonl"
    new.write_text("\n".join(lines))
    new.replace(seeds / "all.jsonl")
    return texts


def opened(index: Where) -> Archive:
    return Archive.open(index, encoder=FakeEncoder(), reader=object())  # type: ignore[arg-type]


def ask_in_a_process(index: Where, *arguments: Any) -> None:
    ask(opened(index), *arguments)


def ask(archive: Archive, begun: Any, last: Any, results: Any) -> None:
    """Search on and on with one open archive until the build `last` is seen; says what was."""
    wrong: list[str] = []
    seen: list[int] = []
    asked = 0
    # what is not seen long after it was published will never be
    end = float("inf")
    while (not last.value or seen[-1:] != [last.value]) and time.monotonic() < end:
        if last.value and end == float("inf"):
            end = time.monotonic() + 120
        try:
            hits = archive.search("How many ships did the keeper of the north light count?", k=30)
            if not asked:
                begun.release()
            asked += 1
            builds = {int(hit.passage.text.split()[2]) for hit in hits}
            verbatim = all(
                hit.article.text[hit.passage.start : hit.passage.end] == hit.passage.text
                for hit in hits
            )
            if len(builds) != 1 or not verbatim or (seen and min(builds) < seen[-1]):
                wrong.append(f"builds {builds} after {seen[-1:]}, verbatim: {verbatim}")
            elif builds - set(seen[-1:]):
                seen += builds
        except Exception as error:  # what must not happen, whatever it is
            wrong.append(f"{type(error).__name__}: {error}")
    results.put((asked, seen, wrong[:5]))


def ask_while_building(seeds: Path, index: Where, readers: int, seconds: float, builds: int) -> str:
    """Readers ask and a writer builds, so long and so often at least; says how much was done.

    Half of the readers are processes, half are threads beside the writer that share one archive.
    """
    chance, encoder = random.Random(1), FakeEncoder()
    write(seeds, 1, chance)
    build(seeds, index, encoder=encoder)
    context = multiprocessing.get_context("spawn")
    begun, last, results = context.Semaphore(0), context.Value("i", 0), context.Queue()
    told, archive = (begun, last, results), opened(index)
    asking: list[Any] = [
        context.Process(target=ask_in_a_process, args=(index, *told)) for _ in range(readers // 2)
    ]
    asking += [Thread(target=ask, args=(archive, *told)) for _ in range(readers - readers // 2)]
    for one in asking:
        one.start()
    for _ in asking:
        assert begun.acquire(timeout=300)
    n, end = 1, time.monotonic() + seconds
    while n <= builds or time.monotonic() < end:
        n += 1
        write(seeds, n, chance)
        build(seeds, index, encoder=encoder)
    assert f"In build {n} " in opened(index).search("ships")[0].passage.text
    last.value = n
    found = [results.get(timeout=300) for _ in asking]
    for one in asking:
        one.join()
    assert [wrong for _, _, wrong in found if wrong] == []
    assert [seen[-1] for _, seen, _ in found] == [n] * readers  # without a restart
    searches = sum(asked for asked, _, _ in found)
    changes = [len(seen) for _, seen, _ in found]
    return f"{readers} readers, {n} builds, {searches} searches, 0 errors; builds seen: {changes}"


def test_readers_go_on_while_a_writer_builds(seeds: Path, where: str) -> None:
    ask_while_building(seeds, where, readers=2, seconds=0, builds=12)


@pytest.mark.slow
def test_eight_readers_and_a_writer_for_ten_minutes(seeds: Path, where: str) -> None:
    print(ask_while_building(seeds, where, readers=8, seconds=600, builds=100))


def test_a_reader_is_told_when_the_index_is_gone_and_sees_the_next(tmp_path: Path) -> None:
    seeds, index, chance = tmp_path / "seeds", tmp_path / "index", random.Random(1)
    seeds.mkdir()
    write(seeds, 1, chance)
    build(seeds, index, encoder=FakeEncoder())
    archive = opened(index)
    shutil.rmtree(index)
    with pytest.raises(ArchiveError, match="there is no index"):
        archive.search("ships")
    write(seeds, 2, chance)
    build(seeds, index, encoder=FakeEncoder())
    assert "In build 2 " in archive.search("ships")[0].passage.text

"""Where the time of a question goes."""

import time
from collections.abc import Callable
from pathlib import Path
from xml.etree import ElementTree

import pytest

from index.store.doors import open_store
from qa import Archive
from qa.benchmarks.speed.fill import fill
from qa.benchmarks.speed.picture import bars
from qa.benchmarks.speed.stages import STAGES, measured, percentiles, table
from qa.benchmarks.speed.stopwatch import Stopwatch
from qa.reader.reader import Reader


class Slow:
    def outer(self) -> str:
        time.sleep(0.02)
        return self.inner()

    def inner(self) -> str:
        time.sleep(0.05)
        return "done"


def test_each_stage_counts_its_own_time_alone() -> None:
    watch, slow = Stopwatch(), Slow()
    with watch.on([("a", slow, "outer"), ("b", slow, "inner")]), watch.stage("rest"):
        assert slow.outer() == "done"
    assert watch.seconds["b"] > watch.seconds["a"] >= 0.02 > watch.seconds["rest"]
    slow.inner()  # no more is counted
    assert watch.seconds["b"] == pytest.approx(0.05, abs=0.05)
    assert "outer" not in vars(slow)


def test_a_stage_that_fails_is_counted_too() -> None:
    watch = Stopwatch()
    with pytest.raises(ValueError, match="no"), watch.stage("a"):
        raise ValueError("no")
    assert watch.seconds["a"] > 0


def test_every_stage_of_a_real_question_is_timed(
    make: Callable[..., object], tmp_path: Path, encoder: object
) -> None:
    make({"a.txt": "The ferry sails at nine.", "b.txt": "Rain fell on Trier."})
    reader = Reader.load()
    archive = Archive.open(tmp_path / "index", reader=reader, encoder=encoder)
    found = measured(archive, reader, ["When does the ferry sail?"])
    assert len(found) == 1
    assert all(found[0][stage] > 0 for stage in STAGES)
    assert found[0]["all"] == pytest.approx(sum(v for k, v in found[0].items() if k != "all"))
    rows = percentiles(found)
    assert "ms " in table(rows)
    assert rows["all"][0] == pytest.approx(1000 * found[0]["all"])


def test_an_index_is_filled_to_the_number_asked(
    make: Callable[..., object], tmp_path: Path, encoder: object
) -> None:
    make({"a.txt": "The ferry sails at nine.", "b.txt": "渡轮九点开航。"})
    fill(tmp_path / "index", 20)
    with open_store(tmp_path / "index").snapshot() as snapshot:
        passages = list(snapshot.all_passages())
        vector = encoder.queries(["The ferry sails at nine."])[0]
        nearest = snapshot.nearest(vector, 20)
        assert snapshot.article("made-0") is not None
    assert len(passages) == len({p.text for p in passages}) == len(nearest) == 20


def test_the_picture_holds_every_stage_and_is_whole_xml() -> None:
    drawn = ElementTree.fromstring(bars("a < b", {"read": (2.0, 4.0)}, (3.0, 5.0)))
    texts = [e.text for e in drawn.iter() if e.text and e.text.strip()]
    assert "read" in texts
    assert "2.0 / 4.0" in texts
    assert texts[0] == "a < b"

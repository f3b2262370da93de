"""An index filled with shuffled copies of its passages."""

from collections.abc import Callable
from pathlib import Path

from index.store.doors import open_store
from qa.benchmarks.speed.fill import fill
from tests.support.fakes import FakeEncoder


def test_an_index_is_filled_to_the_requested_number(
    make: Callable[..., object], tmp_path: Path, encoder: FakeEncoder
) -> None:
    make({"a.txt": "The ferry sails at nine.", "b.txt": "渡轮九点开航。"})
    fill(tmp_path / "index", 20)
    with open_store(tmp_path / "index").snapshot() as snapshot:
        passages = list(snapshot.all_passages())
        vector = encoder.queries(["The ferry sails at nine."])[0]
        nearest = snapshot.nearest(vector, 20)
        assert snapshot.article("made-0") is not None
    assert len(passages) == len({p.text for p in passages}) == len(nearest) == 20


def test_other_texts_come_before_shuffled_ones(
    make: Callable[..., object], tmp_path: Path, encoder: FakeEncoder
) -> None:
    make({"a.txt": "The ferry sails at nine.", "b.txt": "渡轮九点开航。"})
    fill(tmp_path / "index", 5, [("Паром отходит в девять.", "ru"), ("渡轮十点。", "zh")])
    with open_store(tmp_path / "index").snapshot() as snapshot:
        passages = list(snapshot.all_passages())
    assert [p.language for p in passages if p.article_id.startswith("other-")] == ["ru", "zh"]
    assert len(passages) == 5

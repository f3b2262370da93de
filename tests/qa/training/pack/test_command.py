"""`python -m qa.training pack`, with a small model and corpus."""

from pathlib import Path

import pytest

from index.errors import ArchiveError
from qa.training.pack import command
from qa.training.pack.pack_file import read_pack
from tests.support.packs import tiny_packed_model, write_corpus


@pytest.fixture
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(command, "read_wheel_model", tiny_packed_model)
    return write_corpus(tmp_path / "data")


def make(data: Path, name: str, *options: str) -> Path:
    path = data.parent / name
    command.main(["--data", str(data), "--out", str(path), *options])
    return path


def test_a_pack_has_a_split_for_each_part(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    pack = read_pack(make(data, "pack.npz"))
    assert list(pack.splits) == ["train", "held", "dev/en-tiny"]
    trained, held, dev = (len(t.context_source) for t in pack.splits.values())
    assert trained + held == 20
    assert held > 0
    assert dev == 3
    assert "pieces, 0." in capsys.readouterr().out


def test_the_same_data_gives_the_same_file(data: Path) -> None:
    assert make(data, "a").read_bytes() == make(data, "b").read_bytes()


def test_weights_and_a_limit_choose_questions(data: Path) -> None:
    pack = read_pack(make(data, "a", "--limit", "5", "--weights", "*=0,en-tiny=0.5"))
    assert len(pack.splits["train"].question_context) == 5
    assert pack.sources == ["en-tiny"]


def test_a_weight_of_an_unknown_source_is_an_error(data: Path) -> None:
    with pytest.raises(ArchiveError, match=r"names en-tinny, but .* holds en-tiny, zh-cmrc-tiny"):
        make(data, "a", "--weights", "en-tinny=1")


def test_rare_pieces_may_be_left_out(data: Path) -> None:
    few, many = (read_pack(make(data, f"p{n}", "--least", str(n))) for n in (40, 1))
    assert set(few.pieces) < set(many.pieces)

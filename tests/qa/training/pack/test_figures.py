"""The figures of a pack."""

from qa.training.pack.assembly import make_pack
from qa.training.pack.figures import describe
from qa.training.pack.texts import Split
from tests.support.packs import tiny_packed_model


def test_every_split_and_source_has_a_line(split: Split) -> None:
    lines = describe(make_pack({"train": split}, tiny_packed_model(), 1)).splitlines()
    assert lines[0].startswith("train: 29 questions, 20 contexts, ")
    assert lines[1].startswith("  en-tiny: 19 questions (10 without an answer), 10 contexts, ")
    assert lines[2].startswith("  zh-cmrc-tiny: 10 questions (0 without an answer), 10 contexts, ")

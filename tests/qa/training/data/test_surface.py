"""What shows of a window without reading it."""

from qa.training.data.surface import NAMES, Surface
from qa.training.data.windows import Window
from tests.support.training_pack import small_pack

PACK = small_pack(contexts=10)
TEXTS = PACK.splits["train"]


def features(start: int, end: int) -> dict[str, float]:
    values = Surface(PACK, TEXTS).features(Window(0, start, end))
    return dict(zip(NAMES, values, strict=True))


def test_the_first_passage_of_a_context() -> None:
    end = int(TEXTS.sentence_start[TEXTS.passage_start[1]])
    found = features(0, end)
    assert found["tokens"] == end
    assert found["sentences"] == TEXTS.passage_start[1]
    assert found["is a passage of the index"]
    assert found["begins the context"]
    assert found["begins at, as a share of the context"] == 0
    assert not found["begins inside of a sentence"]
    assert not found["ends inside of a sentence"]


def test_a_window_cut_inside_of_sentences() -> None:
    found = features(1, int(TEXTS.sentence_start[1]) + 1)
    assert found["sentences"] == 2
    assert found["begins inside of a sentence"]
    assert found["ends inside of a sentence"]
    assert not found["is a passage of the index"]
    assert not found["begins the context"]

"""Which questions ask for a clause."""

import pytest

from qa.training.pack.guides import guide_of
from qa.training.pack.pack_file import CLAUSE, PHRASE


@pytest.mark.parametrize(
    ("source", "question", "guide"),
    [
        ("zh-cmrc-train", "谁赢了？", CLAUSE),
        ("en-covidqa", "What is known about it?", CLAUSE),
        ("en-fairytaleqa", "Why did the fox run?", CLAUSE),
        ("en-fairytaleqa", "How did he feel?", CLAUSE),
        ("en-fairytaleqa", "How many sons had he?", PHRASE),
        ("en-fairytaleqa", "Who ran?", PHRASE),
        ("en-wiki", "Why did it fall?", PHRASE),
        ("no-norquad", "Hvorfor falt den?", CLAUSE),
        ("no-norquad", "Hvem falt?", PHRASE),
        ("fa-pquad", "چرا افتاد؟", CLAUSE),
        ("zh-drcd", "为什么？", PHRASE),
    ],
)
def test_sources_have_guides(source: str, question: str, guide: int) -> None:
    assert guide_of(source, question) == guide

"""The clause around a claim, and the words beside it."""

import pytest

from qa.drafts.frame import Frame


def frame(sentence: str, words: str) -> Frame:
    start = sentence.index(words)
    return Frame(sentence, start, start + len(words))


@pytest.mark.parametrize(
    ("sentence", "words", "clause"),
    [
        (
            "It rained, and the bridge of Ulm cost 5 euros, he said.",
            "5 euros",
            " the bridge of Ulm cost 5 euros,",
        ),
        ("Among women, 61 percent voted.", "61 percent", "Among women, 61 percent voted."),
        ("The painting, 3 metres, was sold.", "3 metres", "The painting, 3 metres, was sold."),
        ("2019年，有5000人参加了比赛，下雨了。", "5000人", "2019年，有5000人参加了比赛，"),
        ("他来了。大坝高61米。", "61米", "大坝高61米。"),
    ],
)
def test_a_clause_says_enough(sentence: str, words: str, clause: str) -> None:
    found = frame(sentence, words)
    assert sentence[slice(*found.clause)] == clause


def test_the_words_beside_a_claim() -> None:
    found = frame("The tanker was insured by Nordstern in 1998.", "Nordstern")
    assert found.anchors == ["insured", "1998"]
    assert ("before", "insu") in found.near
    assert [date.year for date in found.times(None)] == [1998]

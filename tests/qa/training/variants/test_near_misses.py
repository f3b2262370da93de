"""Near misses in seven languages."""

import random
import re
from collections.abc import Sequence

import pytest

from qa.training.variants.near_misses import NearMisses

Pairs = list[tuple[str, str]]


def alike(text: str, others: Sequence[str]) -> list[float]:
    """Count the letters that two names share, far below a synonym."""
    return [len(set(text) & set(other)) / 100 for other in others]


def draw(language: str, pairs: Pairs, *names: str) -> list[str]:
    """Return near misses of the first question."""
    near_misses = NearMisses(language, pairs, names, alike)
    return near_misses.draw(*pairs[0], random.Random(1))


@pytest.mark.parametrize(
    ("language", "pairs", "names", "expected"),
    [
        ("en", [
            ("Where did Anna Smith live?", "Anna Smith lived in Bonn."),
            ("What did Carl Jung write?", "A book by Carl Jung."),
        ], [], "Where did Carl Jung live?"),
        ("zh", [
            ("西班牙的首都在哪里？", "西班牙的首都是马德里。"),
            ("葡萄牙的首都在哪里？", "葡萄牙的首都是里斯本。"),
        ], ["西班牙", "葡萄牙"], "葡萄牙的首都在哪里？"),
        ("ja", [
            ("フランスの首都はどこですか？", "フランスの首都はパリ。"),
            ("イタリアの首都はどこですか？", "イタリアの首都はローマ。"),
        ], ["フランス", "イタリア"], "イタリアの首都はどこですか？"),
        ("id", [
            ("Kapan perang di Jawa mulai?", "Perang di Jawa mulai tahun 1825."),
            ("Kapan gempa di Bali terjadi?", "Gempa di Bali terjadi tahun 1917."),
        ], [], "Kapan perang di Bali mulai?"),
        ("ru", [
            ("Когда родился Иван Петров?", "Иван Петров родился в 1901 году."),
            ("Где живёт Семён Орлов?", "Семён Орлов живёт в Омске."),
        ], [], "Когда родился Семён Орлов?"),
        ("ar", [
            ("متى تأسست جامعة القاهرة؟", "تأسست جامعة القاهرة عام 1908."),
            ("متى تأسست جامعة دمشق؟", "تأسست جامعة دمشق عام 1923."),
        ], ["جامعة القاهرة", "جامعة دمشق"], "متى تأسست جامعة دمشق؟"),
        ("ko", [
            ("베를린 장벽은 언제 세워졌나?", "베를린 장벽은 1961년에 세워졌다."),
            ("파주에 무엇이 있나?", "파주에 공원이 있다. 뮌헨은 멀다."),
            ("뮌헨 시장은 누구인가?", "뮌헨 시장은 그이다."),
        ], ["베를린", "뮌헨"], "뮌헨 장벽은 언제 세워졌나?"),
    ],
)  # fmt: skip
def test_a_name_is_exchanged(language: str, pairs: Pairs, names: list[str], expected: str) -> None:
    assert expected in draw(language, pairs, *names)


def test_a_year_stays_near_and_is_not_in_the_context() -> None:
    context = " ".join(str(year) for year in range(1930, 1946))
    for seed in range(30):
        near_misses = NearMisses("en", [], [], alike)
        for text in near_misses.draw("Who won in 1945?", context, random.Random(seed)):
            year = int(text.removeprefix("Who won in ").rstrip("?"))
            assert 1915 <= year < 1930 or 1945 < year <= 1975


@pytest.mark.parametrize(
    ("number", "form"), [("7", r"\d{1,2}"), ("1,250", r"\d,\d{2}0"), ("۱۳۸۹", "[۰-۹]{4}")]
)
def test_numbers_keep_their_form(number: str, form: str) -> None:
    near_misses = NearMisses("en", [], [], alike)
    texts = [
        text
        for seed in range(20)
        for text in near_misses.draw(f"Who got {number} votes?", number, random.Random(seed))
    ]
    assert texts
    for text in texts:
        assert number not in text.split()
        assert re.fullmatch(rf"Who got {form} votes\?", text)


@pytest.mark.parametrize(
    ("language", "question", "context", "expected"),
    [
        ("en", "Who was first to win?", "Anna was first to win.", "Who was last to win?"),
        ("zh", "最大的湖是哪个？", "最大的湖是青海湖。", "最小的湖是哪个？"),
        ("zh", "最後的總統是誰？", "最後的總統簽署條約。", "最初的總統是誰？"),
        ("id", "Apa gunung terbesar?", "Gunung terbesar itu Semeru.", "Apa gunung terkecil?"),
    ],
)  # fmt: skip
def test_a_word_becomes_its_opposite(
    language: str, question: str, context: str, expected: str
) -> None:
    assert draw(language, [(question, context)]) == [expected]


def test_an_opposite_that_the_context_has_is_not_asked() -> None:
    assert draw("en", [("Who came first?", "Anna came first, Boris last.")]) == []


def test_a_replacement_is_not_in_the_context() -> None:
    pairs = [
        ("Where did Anna Smith live?", "Anna Smith lived in Bonn, Carl Jung in Kesswil."),
        ("What did Carl Jung write?", "A book by Carl Jung."),
    ]
    assert draw("en", pairs) == []


def test_what_the_context_does_not_mention_is_not_exchanged() -> None:
    pairs = [
        ("Where did Anna Smith live?", "She lived in Bonn."),
        ("What did Carl Jung write?", "A book by Carl Jung."),
    ]
    assert draw("en", pairs) == []


def test_other_spellings_of_the_same_name_do_not_count() -> None:
    pairs = [
        ("Where is the Rhine?", "The Rhine is in Europe."),
        ("Where does the Rhein flow?", "The Rhein flows north."),
    ]
    near_misses = NearMisses("en", pairs, [], lambda _, others: [0.9] * len(others))
    assert near_misses.draw(*pairs[0], random.Random(1)) == []


def test_the_most_similar_replacement_is_taken() -> None:
    pairs = [("Where is the Rhine?", "The Rhine."), *(
        (f"Where is the {name}?", f"The {name}.") for name in ("Bank", "Rhone", "Park", "Zoo")
    )]  # fmt: skip
    assert draw("en", pairs) == ["Where is the Rhone?"]

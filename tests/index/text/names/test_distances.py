"""How far apart sounds are: as the table of edits says that is filled in cell by cell."""

import random

import pytest

from index.text.names.distances import BLOCK, FAR, LONGEST, alike, distances
from index.text.names.sounds import CLASS, VOWELS

LETTERS = sorted({*CLASS, *VOWELS} - {"'"})


@pytest.fixture(scope="module")
def made_up() -> list[str]:
    """Sounds that share many letters, so that some are close."""
    chance = random.Random(0)
    letters = [*LETTERS, *"aeiounrlnkt" * 2]
    return ["".join(chance.choices(letters, k=chance.randint(1, 8))) for _ in range(90)]


def edits(one: str, other: str) -> float:
    """Return the cost of the cheapest edits, in consonants, one cell after the other."""
    row = [0.0]
    for at in range(len(other)):
        row.append(row[-1] + extra(other, at))
    for i, a in enumerate(one):
        above, row = row, [row[0] + extra(one, i)]
        for j, b in enumerate(other):
            left = row[-1] + extra(other, j)
            row.append(min(left, above[j] + exchange(a, b), above[j + 1] + extra(one, i)))
    return row[-1]


def extra(word: str, at: int) -> float:
    if word[at] in VOWELS:
        return 0.15
    if word[at] in "lr":
        return 0.6 if word[at + 1 : at + 2] in [*VOWELS] else 0.15
    return 1.0


def exchange(a: str, b: str) -> float:
    if a == b:
        return 0.0
    if a in VOWELS and b in VOWELS:
        opposite = (a in "eiy" and b in "ouw") or (a in "ouw" and b in "eiy")
        return 0.35 if opposite else 0.2
    if CLASS.get(a, a) != CLASS.get(b, b):
        return 1.0
    return 0.15 if CLASS[a] in "ln" else 0.25


def allowed(one: str, other: str) -> float:
    return 0.06 + 0.25 * min(sum(c in CLASS or c == "h" for c in word) for word in (one, other))


def test_all_are_compared_as_one_by_one(made_up: list[str]) -> None:
    kept = 0
    for sound in made_up:
        exact = [edits(sound, other) for other in made_up]
        unlimited = distances(sound, made_up, FAR - 1).tolist()
        assert unlimited == pytest.approx([20 * far for far in exact])
        close = [e <= allowed(sound, other) for e, other in zip(exact, made_up, strict=True)]
        expected = [far if ok else FAR for far, ok in zip(unlimited, close, strict=True)]
        assert distances(sound, made_up).tolist() == expected
        assert [alike(sound, [other]) for other in made_up[:9]] == close[:9]
        near = [far <= 0.45 + 1e-9 for far in exact]  # there are sounds at .45
        assert (distances(sound, made_up, 9) < FAR).tolist() == near
        kept += sum(close)
    assert len(made_up) < kept < len(made_up) ** 2 / 2


def test_lengths_do_not_matter_to_each_other() -> None:
    others = ["makron", "ma", "makuronamakuronamakuron", "makuren", "m" * 40_000]
    together = distances("makron", others).tolist()
    assert together == [distances("makron", [other])[0] for other in others]
    assert [far < FAR for far in together] == [True, False, False, True, False]


def test_many_are_compared_as_few(made_up: list[str]) -> None:
    many = made_up * (BLOCK // len(made_up) + 2)
    few = distances("makron", made_up).tolist()
    assert len(many) > BLOCK
    assert distances("makron", many).tolist() == (few * len(many))[: len(many)]


def test_no_name_is_as_long_as_what_is_not_compared() -> None:
    long = "maron" * (LONGEST // 5)
    assert distances(long, [long, "mn"]).tolist() == [0, FAR]
    assert distances(f"{long}a", [f"{long}a"]).tolist() == [FAR]


def test_there_may_be_nothing_to_compare_with() -> None:
    assert distances("makron", []).shape == (0,)
    assert not alike("makron", [])
    assert distances("", ["", "a", "m"]).tolist() == [0, FAR, FAR]

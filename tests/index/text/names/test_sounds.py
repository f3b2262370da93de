"""How names sound: the same name in two scripts, and names that are not the same."""

import pytest

from index.text.names.distances import alike, distances
from index.text.names.sounds import skeleton, sounds

SAME = [
    ("Zelensky", "Зеленского"), ("Zelensky", "زيلينسكي"), ("Zelensky", "泽连斯基"),
    ("Zelensky", "ゼレンスキー"), ("Zelensky", "젤렌스키"), ("Macron", "マクロン"),
    ("Macron", "ماكرون"), ("Macron", "Μακρόν"), ("Hegseth", "赫格塞斯"), ("Meloni", "梅洛尼"),
    ("Trump", "트럼프"), ("Trump", "トランプ"), ("Trump", "特朗普"), ("Starmer", "스타머"),
    ("Müller", "Мюллера"), ("Merkel", "默克尔"), ("Biden", "Байдена"), ("Netanyahu", "נתניהו"),
    ("Mitsotakis", "Μητσοτάκη"), ("Haifa", "חיפה"), ("Washington", "Вашингтон"),
]  # fmt: skip
DIFFERENT = [
    ("Zelensky", "ドレンスキー"), ("Zelensky", "卢布连斯基"),
    ("Herzog", "הרצל"), ("Trump", "트루먼"), ("Trump", "Crump"), ("Putin", "Байден"),
    ("Starmer", "파머"), ("Macron", "Μακρής"), ("Müller", "Мельник"),
]  # fmt: skip


def may_be_same(one: str, other: str) -> bool:
    return any(
        skeleton(a) == skeleton(b) and alike(a, [b]) for a in sounds(one) for b in sounds(other)
    )


@pytest.mark.parametrize(("one", "other"), SAME)
def test_a_name_sounds_alike_in_two_scripts(one: str, other: str) -> None:
    assert may_be_same(one, other)
    assert may_be_same(other, one)


@pytest.mark.parametrize(("one", "other"), DIFFERENT)
def test_other_names_do_not_sound_alike(one: str, other: str) -> None:
    assert not may_be_same(one, other)


def test_distance_is_symmetrical_and_zero_for_the_same_sound() -> None:
    assert distances("makron", ["makron", "makuren"])[0] == 0
    assert distances("makron", ["makuren"]) == distances("makuren", ["makron"])


def test_a_word_without_letters_has_no_sound() -> None:
    assert sounds("—") == ()

"""Which words of a text may be names, and their keys in the keyword index."""

import pytest

from index.text.names.words import MARK, name_keys, names
from index.text.terms import terms


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("the talks with Lee Jae-myung went on", ["Lee", "Jaemyung"]),
        ("Trump-Takaichi ties", ["Trump", "Takaichi"]),
        ("Scholz's plan", ["Scholz"]),
        ("о Зеленском и мире", ["Зеленском"]),
        ("マクロンと会った", ["マクロン"]),
        ("首相乔治娅·梅洛尼说", ["乔治娅", "梅洛尼"]),
        ("이재명은", ["이재명", "재명", "lee"]),
        ("부산에서", ["부산"]),
        ("السيسي", ["السيسي", "سيسي"]),
        ("rain in ulm", []),
        ("今天下雨", []),
    ],
)
def test_names_of_a_text(text: str, expected: list[str]) -> None:
    assert [name.word for name in names(text)] == expected


def test_a_name_has_the_script_of_the_text() -> None:
    assert {name.script for name in names("이재명은")} == {"u"}


def test_keys_are_terms_that_no_text_has() -> None:
    keys = list(name_keys("Emmanuel Macron met Зеленский, مكرم"))
    assert keys
    assert all(key.startswith(MARK) and key == key.lower() and " " not in key for key in keys)
    assert not set(keys) & set(terms(" ".join(keys)))


def test_a_text_without_names_has_no_keys() -> None:
    assert list(name_keys("it rained all day, 8.6%")) == []

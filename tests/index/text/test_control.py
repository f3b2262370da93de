"""Control characters are told from those that lay out a text."""

import pytest

from index.text.control import CONTROL


@pytest.mark.parametrize("code", [0, 7, 8, 0x0B, 0x0E, 0x1B, 0x1F, 0x7F, 0xFEFF])
def test_control_characters_match(code: int) -> None:
    assert CONTROL.fullmatch(chr(code))


@pytest.mark.parametrize("character", ["\t", "\n", "\f", "\r", " ", "a", "\x85", "\xa0", "港"])
def test_layout_and_text_do_not_match(character: str) -> None:
    assert not CONTROL.search(character)

"""Paragraphs in no language are left out, and unusual ones are kept."""

import pytest

from index.cleaning.boilerplate import Block
from index.cleaning.scrambled import without_scrambled

NAMES = (
    "John Smith, Wei Zhang, Ahmed Hassan, Olga Petrova, Jens Hansen, Yuki Tanaka, Pierre Dubois, "
)
SCORES = (
    "Arsenal 2-1 PSV, Sevilla 0-0 Lens, Bayern 4-3 United, Madrid 1-0 Union Berlin, Braga 1-2, "
)
MAORI = (
    "I kī te taone i te Wenerei ka hangaia anō ngā piriti e toru i te taone tawhito ā te kōanga. "
)
CODE = "for element in list(root.iter('rt', 'rtc')): replace(element); return len(readings) "
SCRAMBLED = (
    "Opv Hkwfti ypjjzwqr qqutsnjx gpqlvtczkxa Gxdbsubis Hvdy. Qei Hgbnwybb llfhvacd Cabx ali "
)


@pytest.mark.parametrize("text", [NAMES * 2, SCORES * 2, MAORI * 2, CODE * 2, SCRAMBLED[:60]])
def test_unusual_and_short_paragraphs_are_kept(text: str) -> None:
    blocks = [Block(text, "body")]
    assert without_scrambled(blocks) == (blocks, 0)


def test_scrambled_paragraphs_are_counted() -> None:
    plain, scrambled = Block("Plain words.", "body"), Block(SCRAMBLED * 2, "body")
    assert without_scrambled([plain, scrambled, scrambled]) == ([plain], 2)

"""Signs of the font Symbol become characters."""

import pytest

from index.formats.documents.docx_symbols import symbol


@pytest.mark.parametrize(
    ("font", "code", "character"),
    [
        ("Symbol", "F061", "α"),
        ("symbol", "57", "Ω"),
        ("Symbol", "F0B0", "°"),
        ("Symbol", "F0B3", "≥"),
        ("Symbol", "F0FE", ""),
        ("Wingdings", "F04A", ""),
        ("Symbol", "", ""),
        ("Symbol", "what", ""),
    ],
)
def test_symbol(font: str, code: str, character: str) -> None:
    assert symbol(font, code) == character

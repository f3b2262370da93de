"""The characters of the font Symbol, which Word files refer to by their place in the font."""

# from 61 on in small, from 41 on in capital letters
GREEK = "αβχδεφγηιϕκλμνοπθρστυϖωξψζ"
SYMBOLS = {
    **{0x61 + i: letter for i, letter in enumerate(GREEK)},
    **{0x41 + i: letter.upper() for i, letter in enumerate(GREEK)},
    0xB0: "°", 0xB1: "±", 0xA3: "≤", 0xB3: "≥", 0xB4: "×", 0xB8: "÷", 0xB9: "≠", 0xBB: "≈",
    0xA5: "∞", 0xB7: "•", 0xA2: "′", 0xB2: "″", 0xBC: "…", 0xAC: "←", 0xAE: "→", 0x2D: "−",
    0xA0: "€", 0xD6: "√", 0xB6: "∂", 0xE5: "∑",
}  # fmt: skip


def symbol(font: str, code: str) -> str:
    """Return the character at `code` of `font`, or "" if it is none that stands in sentences.

    >>> symbol("Symbol", "F06D"), symbol("Wingdings", "F0E0")
    ('μ', '')
    """
    try:
        place = int(code, 16)
    except ValueError:
        return ""
    return SYMBOLS.get(place & 0xFF, "") if font.lower() == "symbol" else ""

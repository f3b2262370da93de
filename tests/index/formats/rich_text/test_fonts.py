"""Bytes become characters by the font that they are in."""

from index.formats.rich_text.fonts import Fonts


def test_code_pages_and_the_default() -> None:
    fonts = Fonts()
    fonts.set_charset(1, 204)
    fonts.set_charset(2, 99)
    assert fonts.decode(b"\xd1", 1) == ("С", 0)
    assert fonts.decode(b"\xe9", None) == fonts.decode(b"\xe9", 2) == ("é", 0)
    fonts.default = 1
    assert fonts.decode(b"\xd1", None) == ("С", 0)


def test_fonts_of_symbols() -> None:
    fonts = Fonts()
    for font, name in ((3, b"Symbol;"), (4, b"Wingdings;")):
        fonts.set_charset(font, 2)
        fonts.add_name(font, name)
    assert fonts.decode(b"m m\x01", 3) == ("μ μ", 1)
    assert fonts.decode(b"abc", 4) == ("", 3)
    assert fonts.character(0xF06D, 3) == ("μ", 0)
    assert fonts.character(0xF0FC, 4) == ("", 1)
    assert fonts.character(0x706F, 3) == fonts.character(0x706F, None) == ("灯", 0)


def test_a_name_in_many_pieces_is_bounded() -> None:
    fonts = Fonts()
    fonts.set_charset(3, 2)
    for piece in (b"Sym", b"bol", b" " * 94, b"never read"):
        fonts.add_name(3, piece)
    assert fonts.decode(b"m", 3) == ("μ", 0)

"""How the fonts of an RTF file encode its characters: by a code page, or as a font of symbols."""

from dataclasses import dataclass, field

from index.formats.documents.docx_symbols import symbol

from .words import FONT_CHARSETS

SYMBOLS = 2  # the character set of fonts such as Symbol and Wingdings
MAX_NAME = 100  # characters of a font's name
PRIVATE = range(0xF000, 0xF100)  # where Unicode text refers to places in a font of symbols


@dataclass(slots=True)
class Fonts:
    """The table of fonts of a file, and the code page of fonts that are not in it."""

    codec: str = "cp1252"
    default: int = 0  # the font of text that names none
    _codecs: dict[int, str] = field(default_factory=dict)
    _names: dict[int, str] = field(default_factory=dict)  # of fonts of symbols

    def set_charset(self, font: int, charset: int | None) -> None:
        """Note which characters a font has."""
        if charset == SYMBOLS:
            self._names[font] = ""
        elif charset in FONT_CHARSETS:
            self._codecs[font] = FONT_CHARSETS[charset]

    def add_name(self, font: int, data: bytes) -> None:
        """Note a piece of the name of a font."""
        if font in self._names:
            name = self._names[font] + data[:MAX_NAME].decode("ascii", "replace")
            self._names[font] = name[:MAX_NAME]

    def decode(self, data: bytes, font: int | None) -> tuple[str, int]:
        """Decode bytes in a font; return how many characters are unknown symbols, too."""
        font = self.default if font is None else font
        if font not in self._names:
            return data.decode(self._codecs.get(font, self.codec), "replace"), 0
        return self._symbols(data, font)

    def character(self, number: int, font: int | None) -> tuple[str, int]:
        """The same for one character that is stated by its number in Unicode."""
        font = self.default if font is None else font
        if font in self._names and number in PRIVATE:
            return self._symbols(bytes([number & 0xFF]), font)
        return chr(number), 0

    def _symbols(self, data: bytes, font: int) -> tuple[str, int]:
        name = self._names[font].strip(" ;")
        found = [chr(c) if c in b" \t" else symbol(name, f"{c:x}") for c in data]
        return "".join(found), found.count("")

"""Follow the groups and control words of RTF, and collect the text that a reader would see.

Nothing is executed: the instructions of fields, embedded objects and pictures are passed over.
striprtf, the known library, reads deleted text, loses footnotes, and writes links into sentences.
"""

import re
from collections import Counter
from dataclasses import dataclass, field, replace

from index.formats.documents.docx_math import superscript

from .fonts import Fonts
from .group import BODY, CAPTURED, LABEL, MARGIN, NOTE, NOWHERE, Group, list_number
from .words import (
    CHARACTER_SETS,
    DROPPED,
    ESCAPED,
    FOOTERS,
    HEADERS,
    OUTER,
    READ_WITHIN,
    SYMBOLS,
    codec_of_page,
)

TOKEN = re.compile(
    rb"\\([a-zA-Z]{1,32})(-?\d{1,10})? ?|\\'([0-9a-fA-F]{2})|\\(.)|([{}])|([^\\{}\r\n]+)|.",
    re.DOTALL,
)


@dataclass(slots=True)
class Interpreter:
    """The state of reading one file."""

    texts: dict[str, list[str]] = field(default_factory=dict)
    omitted: Counter[str] = field(default_factory=Counter)
    created: list[int] = field(default_factory=list)  # year, month, day
    complete: bool = False
    _group: Group = field(default_factory=Group)
    _outer: list[Group] = field(default_factory=list)
    _bytes: bytearray = field(default_factory=bytearray)  # not yet decoded
    _replaced: int = 0  # characters to come that were stated in Unicode before
    _fonts: Fonts = field(default_factory=Fonts)

    def run(self, data: bytes) -> None:
        """Read a whole file."""
        at = 0
        while at < len(data) and not self.complete:
            token = TOKEN.match(data, at)
            assert token  # the last alternative matches anything
            at = token.end()
            word, number, hexadecimal, escaped, brace, text = token.groups()
            if text or hexadecimal:
                self._characters(text or bytes.fromhex(hexadecimal.decode()))
                continue
            if brace:
                self._brace(brace)
            elif word == b"bin":
                at += max(0, int(number or 0))
            elif word:
                self._word(word.decode(), int(number) if number else None)
            elif escaped == b"*":
                self._group = replace(self._group, starred=True)
            elif escaped:
                self._put(ESCAPED.get(escaped.decode("latin-1"), ""))
        self._flush()

    def text(self, sink: str) -> str:
        """Everything that went to a sink."""
        halves = "".join(self.texts.get(sink, ())).encode("utf-16", "surrogatepass")
        return halves.decode("utf-16", "replace")  # joins those outside of the first plane

    def _characters(self, data: bytes) -> None:
        passed = min(self._replaced, len(data))
        self._replaced -= passed
        self._bytes += data[passed:]

    def _flush(self) -> None:
        """Decode the bytes so far, which may be half a character each."""
        data, self._bytes = bytes(self._bytes), bytearray()
        if data and self._group.font_table and not self._group.dropped:
            self._fonts.add_name(self._group.font or 0, data)
        elif data:
            self._append(*self._fonts.decode(data, self._group.font))

    def _put(self, text: str, unknown: int = 0) -> None:
        self._flush()
        self._replaced = 0
        self._append(text, unknown)

    def _append(self, text: str, unknown: int = 0) -> None:
        """Add text to where the group's goes, without some symbols that are unknown."""
        group = self._group
        if group.dropped or not (text or unknown):
            return
        if unknown and group.sink not in (NOWHERE, LABEL):
            self.omitted["symbol"] += unknown
        if group.hidden or group.deleted:
            self.omitted["hidden text"] += group.hidden and not group.deleted
        elif group.sink:
            texts = self.texts.setdefault(group.sink, [])
            texts.append(superscript(text, "".join(texts[-1:])) if group.raised else text)

    def _brace(self, brace: bytes) -> None:
        self._flush()
        self._replaced = 0
        if brace == b"{":
            self._outer.append(self._group)
            self._group = replace(self._group, starred=False)
        elif self._outer:
            sink, self._group = self._group.sink, self._outer.pop()
            if sink == LABEL != self._group.sink:
                self._append(list_number("".join(self.texts.pop(LABEL, ()))))
            if sink in (NOTE, MARGIN) and sink != self._group.sink:
                self.texts.setdefault(sink, []).append("\n\n")
            self.complete = not self._outer

    def _word(self, word: str, number: int | None) -> None:
        self._flush()
        if word == "u" and number is not None:
            self._put(*self._fonts.character(number % 0x10000, self._group.font))
            self._replaced = self._group.skip
        elif word in SYMBOLS:
            self._put(SYMBOLS[word])
        elif not self._destination(word) and not self._format(word, number):
            self._group = replace(self._group, dropped=self._group.dropped or self._group.starred)
        if self._group.starred:
            self._group = replace(self._group, starred=False)

    def _destination(self, word: str) -> bool:
        """Follow a word that says what its group is; False for any other word."""
        group = self._group
        if word in DROPPED:
            self._group = replace(group, dropped=True)
        elif word in OUTER:
            sink = group.sink if word == "field" else NOWHERE
            self._group = replace(group, sink=sink, font_table=word == "fonttbl")
        elif word in READ_WITHIN:
            body = next((g.sink for g in reversed(self._outer) if g.sink), BODY)
            self._group = replace(group, sink=body)
        elif word in CAPTURED:
            self._group = replace(group, sink=CAPTURED[word])
        elif word in HEADERS | FOOTERS:
            self._group = replace(group, sink=MARGIN)
        elif word == "annotation":
            self.omitted["comment"] += not group.dropped
            self._group = replace(group, dropped=True)
        else:
            return False
        return True

    def _format(self, word: str, number: int | None) -> bool:
        """Follow a word that changes how text is read; False for any other word."""
        group, on = self._group, number != 0
        if word == "plain":
            self._group = replace(group, hidden=False, deleted=False, raised=False, font=None)
        elif word in ("super", "sub", "nosupersub"):
            self._group = replace(group, raised=on and word == "super")
        elif word == "uc":
            self._group = replace(group, skip=max(0, number or 0))
        elif word in ("v", "deleted"):
            hidden, deleted = (on, group.deleted) if word == "v" else (group.hidden, on)
            self._group = replace(group, hidden=hidden, deleted=deleted)
        elif word in ("yr", "mo", "dy"):
            if not group.dropped and len(self.created) < 3:
                self.created.append(number or 0)
        else:
            return self._encoding(word, number)
        return True

    def _encoding(self, word: str, number: int | None) -> bool:
        """Follow a word that says how bytes are decoded; False for any other word."""
        group, fonts = self._group, self._fonts
        if word in CHARACTER_SETS:
            fonts.codec = CHARACTER_SETS[word]
        elif word == "ansicpg":
            fonts.codec = codec_of_page(number) or fonts.codec
        elif word == "deff":
            fonts.default = number or 0
        elif word == "f":
            self._group = replace(group, font=number or 0)
        elif word == "fcharset" and group.font_table:
            fonts.set_charset(group.font or 0, number)
        else:
            return False
        return True

"""Put the characters of a printed line of Hebrew or Arabic into the order in which they are read.

A PDF has the places of characters, not their order. Read from the right, every character is in
order except for numbers and words in left-to-right scripts, which are turned round again. It is the
inverse of what a program does to display a text, which has none that is always right: "IBM 300"
between Hebrew words may have been "300 IBM".
"""

import itertools
import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

RTL = r"\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefe"
ARABIC_DIGITS = r"\u0660-\u0669\u06f0-\u06f9"
RIGHT_TO_LEFT = re.compile(rf"(?![{ARABIC_DIGITS}])[{RTL}]")
ARABIC = re.compile(r"(?![\u0660-\u0669\u06f0-\u06f9])[\u0600-\u06ff\u0750-\u08ff\ufb50-\ufefe]")
PRESENTATION_FORM = re.compile(r"[\ufb1d-\ufdff\ufe70-\ufefe]")
DIGIT = rf"[0-9{ARABIC_DIGITS}]"
LTR_LETTER = rf"[^\W\d_{RTL}]"
# of a line read from the right, so that these are still the wrong way round
WORDS = rf"(?:{DIGIT}|{LTR_LETTER})(?:[^{RTL}]*(?:{DIGIT}|{LTR_LETTER}))?"
NUMBER = rf"{DIGIT}+(?:[.,:/\u066a-\u066c]{DIGIT}+)*"
HEBREW_NUMBER = rf"[%°$€₪£]?{DIGIT}+(?:[.,:/\-+]{DIGIT}+)*[$€₪£]?"
OPENING, CLOSING = "([{«", ")]}»"
MIRROR = str.maketrans(OPENING + CLOSING, CLOSING + OPENING)


@dataclass(frozen=True, slots=True)
class Glyph:
    """A character and its box on the page."""

    text: str
    left: float
    right: float
    bottom: float
    top: float

    @property
    def place(self) -> tuple[float, float]:
        """The box from left to right; the letters of a ligature share it."""
        return self.left, self.right


def in_reading_order(line: list[Glyph]) -> str:
    """Return the text of one printed line; only a line with right-to-left letters is reordered."""
    text = "".join(glyph.text for glyph in line)
    rtl = len(RIGHT_TO_LEFT.findall(text))
    if not rtl:
        return text
    visual = "\x1f".join(_clusters(line))  # what is between the separators is never turned round
    if 2 * rtl >= sum(map(str.isalpha, text)):
        ordered = _from_the_right(visual)
    else:
        pieces = re.compile(rf"[{RTL}](?:[^A-Za-z]*[{RTL}])?")
        ordered = pieces.sub(lambda match: _from_the_right(match[0]), visual)
    return unicodedata.normalize("NFC", ordered.replace("\x1f", ""))


def _clusters(line: list[Glyph]) -> Iterable[str]:
    """The characters from left to right, marks and the letters of a ligature with their letter."""
    clusters: list[list[Glyph]] = []
    marks: list[Glyph] = []
    for glyph in line:
        if unicodedata.combining(glyph.text):
            marks.append(glyph)
        elif clusters and glyph.place == clusters[-1][0].place and not glyph.text.isspace():
            clusters[-1].append(glyph)
        else:
            clusters.append([glyph])
    # PDFium turns right-to-left lines round, ligatures included
    texts = [
        (cluster, "".join(g.text for g in (reversed(cluster) if _is_rtl(cluster) else cluster)))
        for cluster in clusters
    ]
    placed = sorted(texts, key=lambda item: item[0][0].left)
    result = [_plain(text) for _, text in placed]
    for mark in marks:
        middle = (mark.left + mark.right) / 2
        nearest = min(
            range(len(placed)),
            key=lambda i: _distance(placed[i][0][0], middle),
            default=None,
        )
        if nearest is not None:
            result[nearest] += mark.text
    return result


def _is_rtl(cluster: list[Glyph]) -> bool:
    return RIGHT_TO_LEFT.match(cluster[0].text) is not None


def _distance(glyph: Glyph, at: float) -> float:
    if glyph.text.isspace():
        return float("inf")
    return max(glyph.left - at, at - glyph.right, 0) + abs((glyph.left + glyph.right) / 2 - at) / 99


def _plain(text: str) -> str:
    """Replace the shapes of Arabic letters, which some fonts name, by the letters."""
    return PRESENTATION_FORM.sub(lambda match: unicodedata.normalize("NFKC", match[0]), text)


def _from_the_right(visual: str) -> str:
    """Read clusters, separated by U+001F, from the right; numbers and Latin words from the left."""
    clusters = visual.split("\x1f")[::-1]
    text = "".join(cluster[0] if cluster else "" for cluster in clusters)  # one for each cluster
    clusters = [cluster for cluster in clusters if cluster]
    number = NUMBER if ARABIC.search(text) else HEBREW_NUMBER
    for match in re.finditer(rf"{WORDS}", text):
        start, end = match.span()
        if re.search(LTR_LETTER, match[0]):
            clusters[start:end] = clusters[start:end][::-1]
    for match in re.finditer(number, text):
        start, end = match.span()
        inside = next((w for w in re.finditer(WORDS, text) if w.start() <= end - 1 < w.end()), None)
        if inside is None or not re.search(LTR_LETTER, inside[0]):
            clusters[start:end] = clusters[start:end][::-1]
    return "".join(clusters)


def with_brackets(lines: list[str]) -> list[str]:
    """Turn brackets round on a page that has them as they look rather than as they are meant."""
    text = "".join(line for line in lines if RIGHT_TO_LEFT.search(line))
    mirrored = _pairs(text.translate(MIRROR)) > _pairs(text)
    return [
        _paired(line.translate(MIRROR) if mirrored else line)
        if RIGHT_TO_LEFT.search(line)
        else line
        for line in lines
    ]


def _pairs(text: str) -> int:
    """Count the brackets that are closed again."""
    open_brackets: list[str] = []
    pairs = 0
    for character in text:
        if character in OPENING:
            open_brackets.append(character)
        elif open_brackets and character.translate(MIRROR) == open_brackets[-1]:
            open_brackets.pop()
            pairs += 1
    return pairs


def _paired(line: str) -> str:
    """Mend "(a(": a bracket beside a Latin word may have been turned round alone."""
    if line.count("(") == line.count(")") or (line.count("(") + line.count(")")) % 2:
        return line
    sides = itertools.cycle("()")
    return re.sub(r"[()]", lambda _: next(sides), line)

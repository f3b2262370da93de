"""Read subtitles (.srt, .vtt): their words as sentences, and the second at which each was said.

Positions, colours and comments are not read. A speaker that is named stands before what is said,
as in a transcript.
"""

import re
from collections.abc import Iterator
from itertools import pairwise

from index.errors import UnreadableError
from index.formats.decoding import decode_bytes
from index.formats.seed_file import Omitted, Record, Seed
from index.text.control import CONTROL

from .cues import Cue, parse

PAUSE = 4.0  # seconds without a cue that end a paragraph
LAST = 20  # characters at the end of a text that tell whether a sentence ends
SENTENCE_END = re.compile(r"""[.!?…。!?؟۔♪\])]["'”’»」』]*$""")
DASH = re.compile(r"[-–—‐]\s*\S")
UNSPACED = re.compile(r"[\u3000-\u30ff\u3400-\u9fff\uff00-\uffef\u0e00-\u0eff]")
# how many cues, and which share of them, repeat lines of the one before in captions that scroll
MIN_REPEATED, MIN_ROLLING = 3, 0.5


def read_subtitles(seed: Seed) -> Iterator[Record | Omitted]:
    """Yield the file as one record; its "locations" say when each cue begins.

    Raises:
        UnreadableError: It holds no cue.
    """
    decoded = decode_bytes(seed.read())
    subtitles = parse(CONTROL.sub("", decoded.text))
    text, locations = join(_without_repeats(subtitles.cues))
    if not text:
        raise UnreadableError("holds no subtitles: no times like 00:01:02,000 --> 00:01:04,000")
    yield Record(seed.place, text, {"language": subtitles.language, "locations": locations})
    if subtitles.untimed:
        lines = "line" if subtitles.untimed == 1 else "lines"
        yield Omitted(seed.place, f"{subtitles.untimed} {lines} without a time left out")
    if subtitles.readings:
        readings = f"{subtitles.readings} readings above characters (ruby)"
        yield Omitted(seed.place, f"{readings} left out")
    if decoded.doubt:
        yield Omitted(seed.place, decoded.doubt)


def join(cues: list[Cue]) -> tuple[str, list[dict[str, float]]]:
    r"""Join cues into a text; a pause or another speaker begins a paragraph.

    >>> join([Cue(1, 2, ("Nine ships",)), Cue(2, 3, ("came in.",)), Cue(9, 9, ("Fog.",))])[0]
    'Nine ships came in.\n\nFog.'
    """
    text, locations = "", []
    before: Cue | None = None
    for cue in cues:
        words = _joined(cue.lines)
        speaker = cue.voice if not before or cue.voice != before.voice else None
        if speaker:
            words = f"{speaker}: {words}"
        if before:
            changed = cue.voice != before.voice
            pause = cue.start - before.end >= PAUSE and SENTENCE_END.search(text[-LAST:])
            text += "\n\n" if changed or pause else _gap(text, words)
        locations.append({"start": len(text), "seconds": cue.start})
        text += words
        before = cue
    return text, locations


def _joined(lines: tuple[str, ...]) -> str:
    text = ""
    for line in lines:
        text += (_gap(text, line) if text else "") + line
    return text


def _gap(before: str, after: str) -> str:
    """What stands between two pieces of text."""
    if DASH.match(after) and SENTENCE_END.search(before[-LAST:]):  # another speaker
        return "\n"
    return "" if UNSPACED.match(before[-1]) and UNSPACED.match(after) else " "


def _without_repeats(cues: list[Cue]) -> list[Cue]:
    """Drop lines that only stay on the screen, where cues scroll line by line."""
    pairs = list(pairwise(cues))
    repeated = sum(b.lines[0] == a.lines[-1] for a, b in pairs)
    if repeated < max(MIN_REPEATED, MIN_ROLLING * len(pairs)):
        return cues
    new = cues[:1]
    for before, cue in pairs:
        shown = range(min(len(before.lines), len(cue.lines)), 0, -1)
        kept = next((n for n in shown if before.lines[-n:] == cue.lines[:n]), 0)
        if lines := cue.lines[kept:]:
            new.append(Cue(cue.start, cue.end, lines, cue.voice))
    return new

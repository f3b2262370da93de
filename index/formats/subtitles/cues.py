"""Parse subtitles (SubRip, WebVTT) into cues; count what is left out.

That is lines for which no time is stated, and readings above characters (ruby).

The known libraries (pysubs2, srt, webvtt-py) lose words in braces or after "<", or read the name
of the next cue as text of this one.
"""

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

TIME = r"(?:(\d+):)?(\d{1,2}):(\d{1,2})(?:[,.](\d{1,3}))?"
TIMES = re.compile(rf"\s*{TIME}\s*-{{1,2}}>\s*{TIME}(?:\s.*)?")
OF_TIMES = frozenset("0123456789:;,.->? \t")  # characters of a line that states times, if wrongly
NOT_SHOWN = re.compile(r"(?:NOTE|STYLE|REGION|X-TIMESTAMP-MAP\S*)(?:\s|$)")
SRT_TAG = re.compile(r"</?(?:i|b|u|s|c|font|span)(?:[\s.][^<>]*)?>|\{\\[^{}]*\}", re.IGNORECASE)
VTT_TAG = re.compile(r"</?[a-z][^<>]*>|</?>|<[\d:.]+>", re.IGNORECASE)
READING = re.compile(r"<rt\b[^<>]*>.*?(?:</rt>|(?=</ruby>)|$)", re.IGNORECASE | re.DOTALL)
VOICE = re.compile(r"<v(?:\.[^\s<>]*)?\s+([^<>]+)>", re.IGNORECASE)


Times = tuple[float, float]  # seconds: from, to


@dataclass(frozen=True, slots=True)
class Cue:
    """What is shown at once."""

    start: float  # seconds
    end: float
    lines: tuple[str, ...]
    voice: str | None = None  # the speaker, if it is named


@dataclass(frozen=True, slots=True)
class Subtitles:
    """The cues in order of time, and how much was left out."""

    cues: list[Cue]
    untimed: int  # lines for which no time is stated
    readings: int  # above characters (ruby)
    language: str | None = None


def parse(text: str) -> Subtitles:
    """Parse a file of either format."""
    lines = re.split(r"\r\n|\n|\r", text.lstrip("\ufeff"))
    is_vtt = bool(re.match(r"WEBVTT(?:\s|$)", lines[0]))
    blocks = list(_blocks(lines, is_vtt))
    header = blocks[0][1]
    language = re.search(r"^Language:\s*([\w-]+)", "\n".join(header), re.MULTILINE)
    untimed, readings = _untimed(header, is_vtt), 0
    cues: list[Cue] = []
    for times, block in blocks[1:]:
        if times is None:
            untimed += sum(map(bool, block))
        elif is_vtt:
            cut = block.index("") if "" in block else len(block)
            shown, found = READING.subn("", "\n".join(block[:cut]))
            cues += _vtt_cues(times, shown)
            readings += found
            untimed += _untimed(block[cut:], is_vtt)
        else:
            cues.append(_srt_cue(times, block))
    cues = sorted((cue for cue in cues if cue.lines), key=lambda cue: cue.start)
    stated = language[1].split("-")[0] if is_vtt and language else None
    return Subtitles(cues, untimed, readings, stated)


def _blocks(lines: list[str], is_vtt: bool) -> Iterator[tuple[Times | None, list[str]]]:
    """Yield the lines before the first times, then those after each, without the cues' names.

    The times are None where they are stated, but cannot be read.
    """
    times: Times | None = (0.0, 0.0)
    block: list[str] = []
    for line in lines:
        found = TIMES.fullmatch(line)
        if not found and not _tries_to_state_times(line):
            block.append(line)
            continue
        if block and (block[-1].strip().isdigit() or (is_vtt and block[-1] and _is_name(block))):
            block.pop()
        yield times, block
        times, block = None, []
        if found:
            times = _seconds(*found.groups()[:4]), _seconds(*found.groups()[4:])
    yield times, block


def _tries_to_state_times(line: str) -> bool:
    arrow = "-->" in line or ("->" in line and ":" in line)
    return arrow and OF_TIMES.issuperset(line)


def _is_name(block: list[str]) -> bool:
    """Whether the last line of a block stands alone, so that it names the cue below."""
    return len(block) > 1 and not block[-2]


def _seconds(hours: str | None, minutes: str, seconds: str, fraction: str | None) -> float:
    whole = int(hours or 0) * 3600 + int(minutes) * 60 + int(seconds)
    return round(whole + int((fraction or "0").ljust(3, "0")) / 1000, 3)


def _untimed(lines: list[str], is_vtt: bool) -> int:
    """Count the lines that are no cue, nor, in WebVTT, a header, comment or style."""
    count, shown = 0, not is_vtt
    for i, line in enumerate(lines):
        if i == 0 and is_vtt and line:
            shown = not line.startswith("WEBVTT")
        elif not line:
            shown = True
            continue
        elif i and not lines[i - 1] and is_vtt:
            shown = not NOT_SHOWN.match(line)
        count += shown
    return count


def _srt_cue(times: tuple[float, float], lines: list[str]) -> Cue:
    text = SRT_TAG.sub("", "\n".join(lines)).replace("\\N", "\n").replace("\\h", " ")
    return Cue(*times, _shown(text))


def _vtt_cues(times: tuple[float, float], text: str) -> Iterator[Cue]:
    """Yield what each voice says."""
    cuts = {0, *(voice.start() for voice in VOICE.finditer(text)), len(text)}
    for start, end in pairwise(sorted(cuts)):
        said = text[start:end]
        voice = VOICE.search(said)
        shown = _shown(html.unescape(VTT_TAG.sub("", said)))
        yield Cue(*times, shown, " ".join(html.unescape(voice[1]).split()) if voice else None)


def _shown(text: str) -> tuple[str, ...]:
    return tuple(" ".join(line.split()) for line in text.split("\n") if line.strip())

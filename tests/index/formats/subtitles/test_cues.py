"""Subtitles are parsed into cues without losing words."""

import pytest

from index.formats.subtitles.cues import Cue, parse

SRT = """1
00:00:01,000 --> 00:00:03,000 X1:1 X2:3
<i>The port</i> {laughs} of <font color="#fff">Larnik</font>
- 3 < 5 & <b>closed

2
00:00:03,500 -> 0:0:05.2
{\\an8}on Tuesday\\hat\\Nnoon.

2025

After a blank line.
3
01:00:06,000 --> 01:00:07,000
The end.
"""
VTT = """WEBVTT - not shown
Kind: captions
Language: en-GB

STYLE
::cue { color: red }

NOTE a comment
00:05 in it

intro
00:01.000 --> 00:03.000 align:start position:0%
<v.loud Anna Reyes>The <c.red>port</c> &amp; &lt;more&gt;</v>

00:03.000 --> 00:05.000
<ruby>灯<rt>dēng</rt>塔<rt>tǎ</rt></ruby> closed<00:00:04.000><c> now</c> 3 < 5

NOTE after
"""


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_subrip(end: str) -> None:
    found = parse("\ufeff" + SRT.replace("\n", end))
    assert found.cues == [
        Cue(1, 3, ("The port {laughs} of Larnik", "- 3 < 5 & closed")),
        Cue(3.5, 5.2, ("on Tuesday at", "noon.", "2025", "After a blank line.")),
        Cue(3606, 3607, ("The end.",)),
    ]
    assert found.untimed == 0


def test_webvtt() -> None:
    found = parse(VTT)
    assert found.cues == [
        Cue(1, 3, ("The port & <more>",), "Anna Reyes"),
        Cue(3, 5, ("灯塔 closed now 3 < 5",)),
    ]
    assert (found.untimed, found.readings, found.language) == (0, 2, "en")


def test_lines_without_a_time_are_counted() -> None:
    broken = "00:07.000 -- 00:08.000\nLost words.\n\n"
    assert parse(f"{VTT}\n{broken}x\n00:09.000 --> 00:10.000\nHere.").untimed == 2
    assert parse("WEBVTT\n\n" + broken).untimed == 2
    assert parse("By nobody\nat all\n\n" + SRT).untimed == 2


def test_cues_are_in_order_of_time_and_empty_ones_go() -> None:
    text = "00:05.000 --> 00:06.000\nLate.\n\n00:01.000 --> 00:09.000\nEarly.\n\n"
    text += "00:05.000 --> 00:07.000\nBoth.\n\n00:08.000 --> 00:09.000\n \n"
    assert [cue.lines[0] for cue in parse(text).cues] == ["Early.", "Late.", "Both."]


@pytest.mark.parametrize("text", ["", "WEBVTT", "words\n\nmore", "1\n00:00:01 --> x\nwords"])
def test_files_without_cues(text: str) -> None:
    assert parse(text).cues == []


def test_each_voice_of_a_cue_says_its_own_words() -> None:
    cue = "WEBVTT\n\n00:01.000 --> 00:03.000\n<v Anna>Is he guilty?</v>\n<v Bob>No.</v>\n"
    assert parse(cue).cues == [Cue(1, 3, ("Is he guilty?",), "Anna"), Cue(1, 3, ("No.",), "Bob")]


def test_times_without_a_fraction_are_read() -> None:
    found = parse("1\n0:00:01 --> 0:00:02.5\nNine\n\n2\n00:03 -> 00:04\nships\n")
    assert [(cue.start, cue.end, cue.lines) for cue in found.cues] == [
        (1, 2.5, ("Nine",)),
        (3, 4, ("ships",)),
    ]


@pytest.mark.parametrize(
    "times", ["00:00:03,000 -->", "--> 4", "0:3 --> 0:4:", "00;03 --> 00;04", "-->"]
)
@pytest.mark.parametrize("header", ["", "WEBVTT\n\n"])
def test_times_that_cannot_be_read_are_no_words(times: str, header: str) -> None:
    first = "1\n00:00:01,000 --> 00:00:02,000\nNine -> 10\n10 -> 9\n\n"
    last = "3\n00:00:05,000 --> 00:00:06,000\nships\n"
    found = parse(f"{header}{first}2\n{times}\nlost\nwords\n\n{last}")
    assert [cue.lines for cue in found.cues] == [("Nine -> 10", "10 -> 9"), ("ships",)]
    assert found.untimed == 2

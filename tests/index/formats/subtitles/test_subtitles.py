"""Cues become sentences; each knows the second at which it was said."""

from typing import Any

from index.formats.seed_file import Omitted, Record
from index.formats.subtitles.cues import Cue
from index.formats.subtitles.subtitles import join, read_subtitles
from tests.support.reading import Read, only_article, why_refused
from tests.support.seed_streams import seed_of


def record_of(text: str) -> Record:
    (record,) = read_subtitles(seed_of(text, "a.vtt"))
    assert isinstance(record, Record)
    return record


def said(text: str, locations: Any) -> list[tuple[float, str]]:
    """The seconds of each location and the word there."""
    return [(at["seconds"], text[at["start"] :].split()[0]) for at in locations]


def vtt(*cues: str) -> str:
    """Cues one after another, of one second each."""
    times = (f"00:0{i}.000 --> 00:0{i + 1}.000" for i in range(9))
    return "WEBVTT\n\n" + "\n\n".join(f"{time}\n{cue}" for time, cue in zip(times, cues))  # noqa: B905


def test_sentences_run_over_cues() -> None:
    record = record_of(vtt("Nine grey ships", "came in\nbefore noon.", "Then fog."))
    assert record.text == "Nine grey ships came in before noon. Then fog."
    assert said(record.text, record.metadata["locations"]) == [
        (0, "Nine"),
        (1, "came"),
        (2, "Then"),
    ]


def test_a_pause_after_a_sentence_begins_a_paragraph() -> None:
    cues = [Cue(0, 1, ("One",)), Cue(9, 10, ("two.",)), Cue(20, 21, ("Three.",))]
    assert join(cues)[0] == "One two.\n\nThree."


def test_speakers() -> None:
    cues = vtt("<v Anna>Nine ships?", "<v Anna>Or ten?", "<v Bo>Nine.", "So nine.")
    assert record_of(cues).text == "Anna: Nine ships? Or ten?\n\nBo: Nine.\n\nSo nine."
    assert record_of(vtt("- Nine?\n- No, ten.", "of them")).text == "- Nine?\n- No, ten. of them"


def test_scripts_without_spaces_are_joined_without() -> None:
    assert (
        record_of(vtt("灯塔看守人数了\n九艘船，", "然后 ten")).text
        == "灯塔看守人数了九艘船，然后 ten"
    )


def test_lines_that_scroll_are_read_once() -> None:
    record = record_of(
        vtt(" \nthe<00:00:00.500><c> port</c>", "the port\n ", "the port\nof<c> Larnik</c>",
            "of Larnik\n ", "of Larnik\nclosed", "closed")
    )  # fmt: skip
    assert record.text == "the port of Larnik closed"
    assert said(record.text, record.metadata["locations"]) == [(0, "the"), (2, "of"), (4, "closed")]


def test_what_is_said_twice_is_read_twice() -> None:
    assert record_of(vtt("No.", "No.", "No!", "Yes.")).text == "No. No. No! Yes."


def test_an_article(read: Read) -> None:
    article = only_article(read("2025-10-28.srt", "1\n00:00:01,000 --> 00:00:02,000\nNeun Schiffe"))
    assert (article.text, article.id) == ("Neun Schiffe", "2025-10-28.srt")
    assert str(article.date) == "2025-10-28"
    utf16 = "1\n00:00:01,000 --> 00:00:02,000\n<i>灯塔</i>\n".encode("utf-16")
    assert only_article(read("a.srt", utf16)).text == "灯塔"


def test_what_is_left_out_is_named(read: Read) -> None:
    _, omitted = read("a.vtt", vtt("One.") + "\n\nNowhere.")
    assert omitted == Omitted("a.vtt", "1 line without a time left out")
    assert why_refused(read("a.vtt", "WEBVTT\n\nwords")).startswith("holds no subtitles")

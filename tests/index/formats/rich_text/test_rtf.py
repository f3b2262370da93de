"""Rich text files become articles; what is not read of them is named."""

import datetime

import pytest

from index.formats.limits import MAX_DOCUMENT
from index.formats.seed_file import Omitted, Refused
from tests.support.reading import Read, only_article, why_refused


def rtf(body: str) -> str:
    return rf"{{\rtf1\ansi\ansicpg1252\deff0{{\fonttbl{{\f0 Times;}}}}{body}}}"


def test_paragraphs_tables_and_notes(read: Read) -> None:
    body = (
        r"\pard Nine\b  grey\b0  ships{\footnote\pard Or ten.\par} came.\par Fog\line came.\par"
        r"\trowd Tartu\cell\cell 97\cell\row\pard Then {\*\shpinst{\sp{\sn x}{\sv not read}}"
        r"{\shptxt\pard Boxed.\par}}\par"
    )
    assert only_article(read("a.rtf", rtf(body))).text == (
        "Nine grey ships came.\n\nFog\ncame.\n\nTartu | 97\n\nThen Boxed.\n\nOr ten."
    )


def test_metadata(read: Read) -> None:
    info = (r"{\info{\title The {\b Light}}{\author K. Eeper}{\operator B}"
            r"{\revtim\yr2026\mo1\dy1}{\creatim\yr2025\mo10\dy28\hr9}}")  # fmt: skip
    article = only_article(read("a.rtf", rtf(info + r"Fog.\par")))
    assert (article.title, article.author) == ("The Light", "K. Eeper")
    assert (article.date, article.text) == (datetime.date(2025, 10, 28), "The Light\n\nFog.")


def test_what_is_left_out_is_named(read: Read) -> None:
    body = (r"{\header The Gazette\par}{\footer Page 3\par}Nine ships{\*\annotation Sure?}."
            r"{\v Hidden.}{\deleted Gone.}\par")  # fmt: skip
    article, omitted = read("a.rtf", rtf(body))
    assert article.text == "Nine ships."
    assert omitted == Omitted("a.rtf", "1 headers and footers, 1 comment, hidden text left out")


def test_objects_pictures_and_fields_are_passed_over(read: Read) -> None:
    body = (
        r"{\pict\pngblip\bin5 {\}x}}Nine{\object\objocx{\*\objdata 0105{x}}{\result  ships}}"
        r"{\field{\*\fldinst INCLUDETEXT \"/etc/hostname\" }{\fldrslt  and fog}}"
        r"{\field{\*\fldinst HYPERLINK \"https://example.org\"}{\fldrslt{\ul  here}}}"
        r"{\*\unknown not read{\b nor this}}.\par"
    )
    assert only_article(read("a.rtf", rtf(body))).text == "Nine ships and fog here."


def test_a_file_that_is_cut_short_is_read_up_to_there(read: Read) -> None:
    article, refused = read("a.rtf", rtf(r"Fog came.\par Then")[:-1])
    assert article.text == "Fog came.\n\nThen"
    assert refused == Refused("a.rtf", "is cut short or damaged: a brace is not closed")


def test_bytes_outside_of_the_encoding_are_named(read: Read) -> None:
    article, omitted = read("a.rtf", rtf(r"Fog \'81 came.\par"))
    assert article.text == "Fog \ufffd came."
    assert "1 characters that are not in their font's encoding" in omitted.what


def test_symbols_that_are_unknown_are_named(read: Read) -> None:
    fonts = r"{\fonttbl{\f4\fcharset2 Wingdings;}}"
    article, omitted = read(
        "a.rtf", rtf(fonts + r"{\listtext\f4 \'a7\tab}Fog {\f4 \'fc\'fc}came.\par")
    )
    assert article.text == "Fog came."
    assert omitted == Omitted("a.rtf", "2 symbols left out")


@pytest.mark.parametrize(
    ("content", "why"),
    [
        ("words", "is not an RTF file"),
        ("", "is empty"),
        (rtf(r"{\pict 00ff}"), "has no text"),
        ("{" * 100_000, "is not an RTF file"),
        (r"{\rtf1" + "{" * 100_000, "has no text"),
        (r"{\rtf1" + "x" * 10_000_001, "has over 10 MB of text"),
        (r"{\rtf1" + " " * MAX_DOCUMENT, "is 50.0 MB"),
    ],
    ids=range(7),
)
def test_what_cannot_be_read_is_refused(read: Read, content: str, why: str) -> None:
    assert why in why_refused(read("a.rtf", content))

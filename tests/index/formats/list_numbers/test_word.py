"""Paragraphs of a Word file are numbered as Word numbers them."""

from typing import Any
from unittest.mock import Mock

import docx
import pytest

from index.formats.docx_properties import W
from index.formats.list_numbers import word
from index.formats.list_numbers.word import WordNumbers
from index.formats.seed_file import Omitted
from tests.support.reading import Read
from tests.support.word_markup import NAMESPACES, element, paragraph, saved


def root(name: str, markup: str) -> Any:
    from docx.oxml import parse_xml

    return parse_xml(f"<w:{name} {NAMESPACES}>{markup}</w:{name}>")


def level(at: int, form: str, text: str, more: str = "", start: int = 1) -> str:
    return (
        f'<w:lvl w:ilvl="{at}"><w:start w:val="{start}"/><w:numFmt w:val="{form}"/>'
        f'<w:lvlText w:val="{text}"/>{more}</w:lvl>'
    )


def definition(name: int, *levels: str) -> str:
    return f'<w:abstractNum w:abstractNumId="{name}">{"".join(levels)}</w:abstractNum>'


def listed(list_id: int, name: int, changes: str = "") -> str:
    return f'<w:num w:numId="{list_id}"><w:abstractNumId w:val="{name}"/>{changes}</w:num>'


def item(list_id: int | str, at: int = 0, style: str = "") -> str:
    named = f'<w:pStyle w:val="{style}"/>' if style else ""
    number = f'<w:numPr><w:ilvl w:val="{at}"/><w:numId w:val="{list_id}"/></w:numPr>'
    return paragraph("x", properties=named + number)


def labels(numbering: str, items: list[str], styles: str = "") -> list[str | None]:
    numbers = WordNumbers(root("numbering", numbering), root("styles", styles))
    return [numbers.label(each) for each in element("".join(items))]


OUTLINE = definition(
    0, level(0, "decimal", "%1."), level(1, "lowerLetter", "%2)"), level(2, "lowerRoman", "%1.%3")
)


def test_levels_begin_anew_below_a_higher_one() -> None:
    items = [item(1, at) for at in (0, 1, 1, 2, 0, 1, 2, 2)]
    assert labels(OUTLINE + listed(1, 0), items) == [
        "1. ", "a) ", "b) ", "1.i ", "2. ", "a) ", "2.i ", "2.ii ",
    ]  # fmt: skip


def test_lists_of_one_definition_go_on_unless_they_state_a_start() -> None:
    anew = '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="7"/></w:lvlOverride>'
    numbering = OUTLINE + listed(1, 0) + listed(2, 0) + listed(3, 0, anew)
    items = [item(1), item(2), item(3), item(3), item(1)]
    assert labels(numbering, items) == ["1. ", "2. ", "7. ", "8. ", "9. "]


def test_a_level_may_go_on_below_a_higher_one() -> None:
    numbering = definition(
        0, level(0, "upperRoman", "Part %1"),
        level(1, "decimal", "Article %2", '<w:lvlRestart w:val="0"/>'),
    ) + listed(1, 0)  # fmt: skip
    assert labels(numbering, [item(1, at) for at in (0, 1, 1, 0, 1)]) == [
        "Part I ", "Article 1 ", "Article 2 ", "Part II ", "Article 3 ",
    ]  # fmt: skip


STYLES = """
    <w:style w:styleId="H1"><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>
    <w:style w:styleId="H2"><w:basedOn w:val="H1"/></w:style>
    <w:style w:styleId="H3"><w:basedOn w:val="H3"/></w:style>
    <w:style w:styleId="Plain"><w:basedOn w:val="H1"/>
        <w:pPr><w:numPr><w:numId w:val="0"/></w:numPr></w:pPr></w:style>
"""


def test_numbers_of_a_style() -> None:
    numbering = definition(
        0, level(0, "decimal", "%1", '<w:pStyle w:val="H1"/>'),
        level(1, "decimal", "%1.%2", '<w:pStyle w:val="H2"/>'),
    ) + listed(1, 0)  # fmt: skip
    styled = [
        paragraph("x", properties=f'<w:pStyle w:val="{name}"/>')
        for name in ("H1", "H2", "H2", "Plain", "H3", "none", "H1")
    ]
    assert labels(numbering, [*styled, item(0, style="H1")], STYLES) == [
        "1 ", "1.1 ", "1.2 ", "", "", "", "2 ", "",
    ]  # fmt: skip


def test_a_definition_may_name_a_style_that_has_another_one() -> None:
    linked = '<w:abstractNum w:abstractNumId="5"><w:numStyleLink w:val="H1"/></w:abstractNum>'
    endless = '<w:abstractNum w:abstractNumId="6"><w:numStyleLink w:val="L"/></w:abstractNum>'
    style = (
        '<w:style w:styleId="L"><w:pPr><w:numPr><w:numId w:val="3"/></w:numPr></w:pPr></w:style>'
    )
    numbering = OUTLINE + linked + endless + listed(1, 0) + listed(2, 5) + listed(3, 6)
    assert labels(numbering, [item(2), item(3)], STYLES + style) == ["1. ", ""]


@pytest.mark.parametrize(
    ("markup", "label"),
    [
        (level(0, "bullet", "•"), ""),
        (level(0, "decimal", "%1.", '<w:suff w:val="nothing"/>'), "1."),
        (level(0, "decimal", "%1.", "<w:rPr><w:vanish/></w:rPr>"), ""),
        (level(0, "upperRoman", "%1.", "<w:isLgl/>", start=4), "4. "),
        (level(0, "none", ""), ""),
        (level(0, "chineseCounting", "第%1条"), "第一条 "),
        (level(0, "hebrew1", "%1."), None),
        (level(0, "decimal", "%1.%2"), None),
        (level(0, "decimal", "x" * 101), None),
        (level(0, "lowerLetter", "%1", start=10**8), None),
        ("", ""),
    ],
)
def test_levels(markup: str, label: str | None) -> None:
    assert labels(definition(0, markup) + listed(1, 0), [item(1)]) == [label]


def test_levels_past_the_ninth_are_ignored() -> None:
    numbering = definition(0, level(8, "decimal", "%9."), level(9, "decimal", "x"))
    assert labels(numbering + listed(1, 0), [item(1, 8), item(1, 9)]) == ["1. ", ""]


def test_a_definition_is_read_once_for_all_its_lists(monkeypatch: pytest.MonkeyPatch) -> None:
    read = Mock(wraps=word._level)
    monkeypatch.setattr(word, "_level", read)
    changed = f'<w:lvlOverride w:ilvl="0">{level(0, "upperRoman", "%1.")}</w:lvlOverride>'
    numbering = OUTLINE + listed(1, 0) + listed(2, 0, changed) + listed(3, 0)
    assert labels(numbering, [item(each) for each in (1, 2, 3)]) == ["1. ", "II. ", "3. "]
    assert read.call_count == 4  # three of the definition, one of a list


def test_a_file_without_lists_has_no_numbers() -> None:
    assert [WordNumbers().label(each) for each in element(item(1) + item("x"))] == ["", ""]


def test_numbers_stand_in_the_text_and_those_unknown_are_named(read: Read) -> None:
    document = docx.Document()
    for text, style in (("One.", "List Number"), ("", "List Number"), ("Three.", "List Number"),
                        ("A point.", "List Bullet")):  # fmt: skip
        document.add_paragraph(text, style=style)
    [article] = read("a.docx", saved(document))
    assert article.text == "1. One.\n\n3. Three.\n\nA point."
    for form in document.part.numbering_part.element.iter("{*}numFmt"):
        if form.get(f"{W}val") == "decimal":
            form.set(f"{W}val", "hebrew1")
    article, omitted = read("a.docx", saved(document))
    assert article.text == "One.\n\nThree.\n\nA point."
    assert omitted == Omitted("a.docx", "2 list numbers left out")


def test_lists_are_not_read_for_a_document_without_any(monkeypatch: pytest.MonkeyPatch) -> None:
    numbers = WordNumbers(root("numbering", OUTLINE + listed(1, 0)), root("styles", ""))
    monkeypatch.setattr(word, "_levels", Mock(side_effect=AssertionError))
    assert numbers.label(element(paragraph("x"))[0]) == ""
    with pytest.raises(AssertionError):
        numbers.label(element(item(1))[0])

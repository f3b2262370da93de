"""What properties say, stated or not."""

import pytest

from index.formats.documents.docx_properties import (
    W,
    end_is_deleted,
    is_on,
    local_name,
    number,
    value,
)
from tests.support.word_markup import element, paragraph


def test_values_at_a_path() -> None:
    [found] = element(paragraph(properties='<w:numPr><w:numId w:val="7"/></w:numPr>'))
    assert value(found, "pPr", "numPr", "numId") == "7"
    assert value(found, "pPr", "ilvl") is value(None, "numId") is None
    assert number(found.find(f"{W}pPr"), "numPr", "numId", 1) == 7
    assert number(found, "tcPr", "gridSpan", 1) == 1
    assert local_name(found) == "p"


@pytest.mark.parametrize(("flag", "on"), [("<w:b/>", True), ('<w:b w:val="0"/>', False)])
def test_flags(flag: str, on: bool) -> None:
    [found] = element(flag)
    assert is_on(found) is on
    assert not is_on(None)


def test_a_paragraph_whose_mark_is_deleted_goes_on() -> None:
    one, two = element(paragraph(properties="<w:rPr><w:del/></w:rPr>") + paragraph())
    assert end_is_deleted(one)
    assert not end_is_deleted(two)

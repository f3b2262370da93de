"""Paragraphs of an OpenDocument text are numbered as their styles say."""

import pytest

from index.formats.list_numbers.open_document import list_labels
from index.formats.xml import parse_xml

NUMBER = 'num-format="1" num-suffix="."'


def level(at: int, attributes: str, of: str = "list-level-style-number") -> str:
    return f'<{of} level="{at}" {attributes}/>'


def labels(body: str, *levels: str, more: str = "") -> list[str | None]:
    style = f"<list-style name='L'>{''.join(levels)}</list-style>"
    root = parse_xml(f"<d>{style}{more}<text>{body}</text></d>".encode())
    text = root.find("text")
    assert text is not None
    found = list_labels(text, root, None)
    return [found.get(paragraph, "") for paragraph in text.iter("p", "h")]


def items(*texts: str, attributes: str = "style-name='L'") -> str:
    return f"<list {attributes}>{''.join(f'<list-item>{t}</list-item>' for t in texts)}</list>"


P = "<p/>"


def test_items_and_levels() -> None:
    body = items(P, P + items(P, P + P, attributes=""), P) + P + items(P)
    levels = level(1, NUMBER), level(2, 'num-format="a" num-prefix="(" num-suffix=")"')
    assert labels(body, *levels) == ["1.", "2.", "(a)", "(b)", "", "3.", "", "1."]


def test_numbers_of_several_levels() -> None:
    deeper = level(2, 'num-format="i" display-levels="2" num-suffix=":" start-value="4"')
    assert labels(items(P + items(P, P)), level(1, NUMBER), deeper) == ["1.", "1.iv:", "1.v:"]
    pattern = level(2, 'num-format="1" num-list-format="Section %1%-%2%"')
    assert labels(items(P + items(P)), level(1, NUMBER), pattern) == ["1.", "Section 1-1"]


def test_lists_that_go_on() -> None:
    body = items(P, attributes="style-name='L' id='x'") + items(P) + "".join(
        items(P, attributes=f"style-name='L' {how}")
        for how in ("continue-numbering='true'", "continue-list='x'", "continue-list='none'")
    )  # fmt: skip
    assert labels(body, level(1, NUMBER)) == ["1.", "1.", "2.", "2.", "1."]


def test_stated_numbers_and_headers() -> None:
    body = ("<list style-name='L'><list-header><p/></list-header><list-item start-value='7'><p/>"
            "</list-item><list-item><p/></list-item></list>")  # fmt: skip
    assert labels(body, level(1, NUMBER)) == ["", "7.", "8."]


def test_headings_are_numbered_by_the_outline() -> None:
    outline = (
        "<outline-style><outline-level-style level='1' num-format='1'/>"
        "<outline-level-style level='2' num-format='1' display-levels='2'/></outline-style>"
    )
    body = (
        "<h outline-level='1'/><h outline-level='2'/><section><h outline-level='2'/></section>"
        "<h outline-level='1' is-list-header='true'/><h outline-level='1'/><h outline-level='3'/>"
        "<h outline-level='1' restart-numbering='true' start-value='5'/>"
    )
    assert labels(body, more=outline) == ["1", "1.1", "1.2", "", "2", "", "5"]


def test_levels_past_the_tenth_are_ignored() -> None:
    levels = "".join(f"<outline-level-style level='{at}' num-format='1'/>" for at in (10, 11))
    body = "<h outline-level='10'/><h outline-level='11'/><h outline-level='10'/>"
    assert labels(body, more=f"<outline-style>{levels}</outline-style>") == ["1", "", "2"]


@pytest.mark.parametrize(
    ("markup", "label"),
    [
        (level(1, 'bullet-char="•"', "list-level-style-bullet"), ""),
        (level(1, 'bullet-char="Note:"', "list-level-style-bullet"), "Note:"),
        (level(1, 'num-format=""'), ""),
        (level(1, 'num-format="א, ב, ג, ..."'), None),
        (level(1, f'num-format="1" num-prefix="{"x" * 101}"'), None),
        (level(2, NUMBER), ""),
    ],
)
def test_one_level(markup: str, label: str | None) -> None:
    assert labels(items(P), markup) == [label]


def test_deleted_lists_do_not_count() -> None:
    assert labels(f"<tracked-changes>{items(P)}</tracked-changes>{items(P)}", level(1, NUMBER)) == [
        "", "1.",
    ]  # fmt: skip

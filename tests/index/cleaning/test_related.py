"""A box of related articles between paragraphs does not end the article."""

import pytest

from index.cleaning.boilerplate import clean
from index.cleaning.related import without_boxes

ONE, TWO, THREE, FOUR = (f"The harbour board met for {n} hours that day." for n in range(1, 5))


def kinds(page: list[str], *links: str, gap: str = "\n\n") -> list[tuple[str, str]]:
    return [(block.kind, block.text) for block in clean(gap.join(page), frozenset(links))]


@pytest.mark.parametrize("heading", ["Related stories", "Lire aussi :", "相关阅读", "Read also"])
@pytest.mark.parametrize("gap", ["\n\n", "\n\n\u00a0\n\n"])
def test_paragraphs_below_a_heading_stay_body(heading: str, gap: str) -> None:
    page = [ONE, TWO, heading, THREE, FOUR]
    assert kinds(page, gap=gap) == [("body", block) for block in (ONE, TWO, THREE, FOUR)]


def test_headlines_of_a_box_become_teasers_at_the_end() -> None:
    page = [ONE, "Related articles", "Ferry prices to rise", "Ice house to move", TWO, THREE]
    assert kinds(page) == [
        ("body", ONE), ("body", TWO), ("body", THREE),
        ("teaser", "Ferry prices to rise"), ("teaser", "Ice house to move"),
    ]  # fmt: skip


def test_links_tell_a_box_from_a_last_paragraph() -> None:
    page = [ONE, "Related articles", "- Ferry prices to rise", TWO]
    assert kinds(page, "Ferry prices to rise")[:2] == [("body", ONE), ("body", TWO)]
    assert [kind for kind, _ in kinds(page)] == ["body", "teaser"]


def test_several_boxes() -> None:
    page = [ONE, "Read also", "Fog", TWO, THREE, "Read also", "Ice", THREE, FOUR]
    assert [kind for kind, _ in kinds(page)] == ["body"] * 5 + ["teaser"] * 2


@pytest.mark.parametrize(
    "end",
    [
        [THREE],
        ["Ferry prices to rise", THREE],
        ["Ferry prices to rise", THREE, "Ice house to move", FOUR],
        ["The harbour board met …", "The ice house is …"],
    ],
)
def test_teasers_at_the_end_are_still_teasers(end: list[str]) -> None:
    page = kinds([ONE, TWO, "Related articles", *end])
    assert {kind for kind, _ in page[2:]} == {"teaser"}


def test_sentences_directly_below_a_heading_are_the_article() -> None:
    page = [ONE, TWO, "Related content", THREE, "What comes next", FOUR]
    assert [kind for kind, _ in kinds(page)] == ["body"] * 5


def test_paragraphs_below_a_shortened_teaser_are_the_article() -> None:
    page = [ONE, TWO, "Related articles", "Ice house to move", "The ice house …", THREE, FOUR]
    assert kinds(page)[2:4] == [("body", THREE), ("body", FOUR)]


def test_an_empty_block_below_teasers_drops_nothing() -> None:
    page = [ONE, TWO, "Related articles", "Ice house to move", THREE, "\u00a0", "Fog", FOUR]
    assert kinds(page)[-1][1].endswith(FOUR)


def test_on_a_page_with_marks_all_that_follows_is_teasers() -> None:
    page = [ONE, "Reported by AI", TWO, "Related articles", THREE, FOUR]
    assert [kind for kind, _ in kinds(page)].count("teaser") == 2


def test_short_sentences_below_a_heading_are_teasers() -> None:
    blocks = ["灯塔看守人数了船。", "相关文章", "雾散了", "灯塔在北边，有雾。", "灯塔。"]
    assert without_boxes(blocks) == (blocks[:1], [], blocks[2:])

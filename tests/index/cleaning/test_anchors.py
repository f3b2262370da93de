"""Anchors follow the lines that they were set at, wherever cleaning puts them."""

from index.article import Anchor, Location, location_at
from index.cleaning.anchors import follow
from index.cleaning.assemble import GAP
from index.cleaning.boilerplate import Block, clean

FOG = "Fog lay over the harbour until noon, and the ferries stayed where they were."
SHIPS = "The lighthouse keeper counted nine ships and wrote them into his book."


def on_pages(*pages: str) -> tuple[str, list[Anchor]]:
    """Join pages, and set an anchor at the start of each."""
    text, anchors = "", []
    for number, page in enumerate(pages, start=1):
        anchors.append(Anchor(len(text), Location(page=number)))
        text += page
    return text, anchors


def pages_of(blocks: list[Block], text: str, anchors: list[Anchor]) -> dict[str, int | None]:
    """Return the page of each word of the cleaned text."""
    cleaned = GAP.join(block.text for block in blocks)
    moved = follow(anchors, text, blocks, GAP)
    assert list(moved) == sorted(moved, key=lambda anchor: anchor.start)
    found = {word: location_at(moved, cleaned.index(word)) for word in cleaned.split()}
    return {word: location.page if location else None for word, location in found.items()}


def test_without_anchors_there_are_none() -> None:
    assert follow((), FOG, clean(FOG), GAP) == ()


def test_a_text_that_is_not_cleaned_keeps_its_anchors() -> None:
    text, anchors = on_pages(f"{FOG} ", f"{SHIPS}\n\n", "Then it rained.")
    assert follow(anchors, text, clean(text), GAP) == tuple(anchors)


def test_a_page_may_begin_within_a_sentence_and_end_in_white_space() -> None:
    text, anchors = on_pages(
        "Nine ships were coun", "ted before noon.\n\n  ", "\n\nThen it rained."
    )
    pages = pages_of(clean(text), text, anchors)
    assert (pages["were"], pages["before"], pages["Then"]) == (1, 2, 3)
    assert location_at(follow(anchors, text, clean(text), GAP), 20) == Location(page=2)


def test_anchors_pass_over_what_was_removed() -> None:
    banner = "We use cookies to improve this site.\nAccept all\n\n"
    text, anchors = on_pages(f"{FOG}\n\n", f"{banner}{SHIPS}\n\n", "Then it rained.")
    blocks = clean(text)
    assert "cookies" not in GAP.join(block.text for block in blocks)
    pages = pages_of(blocks, text, anchors)
    assert (pages["Fog"], pages["keeper"], pages["rained."]) == (1, 2, 3)


def test_a_box_that_was_moved_keeps_its_page() -> None:
    box = f"Related articles\n\nFerry sails\n\n{SHIPS}\n\n{SHIPS} Later, ten.\n\n"
    text, anchors = on_pages(f"{FOG}\n\n", box, "Then it rained.")
    blocks = clean(text)
    assert [block.kind for block in blocks] == ["body", "body", "body", "body", "teaser"]
    pages = pages_of(blocks, text, anchors)
    assert (pages["Fog"], pages["keeper"], pages["rained."], pages["sails"]) == (1, 2, 3, 2)


def test_equal_lines_are_on_pages_of_their_own() -> None:
    text, anchors = on_pages(f"{FOG}\n\n", f"{SHIPS}\n\n", f"{FOG}\n\n", SHIPS)
    moved = follow(anchors, text, clean(text), GAP)
    assert [anchor.location.page for anchor in moved] == [1, 2, 3, 4]


def test_a_stated_title_is_on_no_page_and_changes_none() -> None:
    text, anchors = on_pages(f"{FOG}\n\n", f"Harbour news\n\n{SHIPS}")
    stated = [Block("A report", "title"), *clean(text)]
    assert pages_of(stated, text, anchors)["report"] is None
    repeated = [Block("Harbour news", "title"), *clean(text)]
    assert pages_of(repeated, text, anchors)["Fog"] == 1


def test_a_removed_control_character_does_not_matter() -> None:
    text, anchors = on_pages(f"\x07 Fog\x00{FOG}\r\n\r\n", f"\ufeff{SHIPS}")
    pages = pages_of(clean(text), text, anchors)
    assert (pages["harbour"], pages["keeper"]) == (1, 2)


def test_lines_within_a_block_have_times_of_their_own() -> None:
    text, anchors = on_pages("Nine ships\n", "came in.\n", "Then it rained.")
    moved = follow(anchors, text, clean(text), GAP)
    assert [anchor.start for anchor in moved] == [0, 11, 20]

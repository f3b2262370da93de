"""Blocks: the cited text marked in them, and what is near it kept of a long source."""

from qa.source_view.blocks import MAX_SHOWN, Block, show


def test_the_cited_text_is_marked_across_blocks() -> None:
    shown = show([Block("It rained."), Block("Nine", "row"), Block("ships came.")], "Nine ships")
    assert shown.marked
    assert [block.pieces for block in shown.blocks] == [
        [("It rained.", False)],
        [("Nine", True)],
        [("ships", True), (" came.", False)],
    ]
    assert not shown.cut_before
    assert not shown.cut_after


def test_nothing_is_marked_if_nothing_is_cited_or_found() -> None:
    blocks = [Block("It rained."), Block("")]
    assert not show(blocks, "").marked
    assert not show(blocks, "It snowed.").marked
    assert show([], "It").blocks == ()


def test_of_a_long_source_what_is_near_is_kept() -> None:
    blocks = [Block(f"Line {n} of a long report.") for n in range(20_000)]
    shown = show(blocks, "Line 10000 of")
    assert shown.cut_before
    assert shown.cut_after
    assert shown.marked
    assert len(shown.blocks) < 6_000
    start = show(blocks, "not there")
    assert start.blocks[0].text == "Line 0 of a long report."
    assert start.cut_after
    assert not start.cut_before


def test_of_a_long_block_what_is_near_is_kept() -> None:
    (block,) = show([Block("x" * 5 * MAX_SHOWN + "nine" + "x" * 5 * MAX_SHOWN)], "nine").blocks
    assert [text for text, marked in block.pieces if marked] == ["nine"]
    assert len(block.text) == 2 * MAX_SHOWN
    (start,) = show([Block("y" * 5 * MAX_SHOWN)], "").blocks
    assert len(start.text) == 2 * MAX_SHOWN

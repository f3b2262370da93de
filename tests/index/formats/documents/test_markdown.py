"""Markdown becomes paragraphs: what a reader sees, without the markup."""

import pytest

from index.formats.documents.markdown import from_markdown


@pytest.mark.parametrize(
    ("page", "text"),
    [
        ("# Big *dogs*\n\nThey [bark](/loud) & `run`.", "Big dogs\n\nThey bark & run."),
        ("one  \ntwo\nthree\\\nfour", "one\ntwo\nthree\nfour"),
        ("![a dog](dog.png) Woof.", "Woof."),
        ("- one\n- two\n\n> three", "one\n\ntwo\n\nthree"),
        ("```\ncode\n```\n\n    more", "code\n\nmore"),
        ("<div>kept &amp; seen</div>\n<!-- not\nthis -->", "kept & seen"),
        ("<script>\nnot this\n</script>\n\nthis", "this"),
        ("a <b>bold</b> word", "a bold word"),
        ("a < b and c > d", "a < b and c > d"),
        ("under\n=====\n\n***\n\ntext", "under\n\ntext"),
        ("", ""),
    ],
)
def test_markdown(page: str, text: str) -> None:
    assert from_markdown(page) == (text, {})


def test_a_line_of_dashes_in_an_article_is_no_front_matter() -> None:
    assert from_markdown("Text.\n\n---\n\na: b\n\n---\n")[0] == "Text.\n\na: b"

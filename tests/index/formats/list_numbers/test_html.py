"""Items of a web page's lists are numbered as browsers show them."""

import lxml.html
import pytest

from index.formats.list_numbers.html import Numbered, number_items


def seen(html: str) -> str:
    root = lxml.html.fragment_fromstring(html.replace("<li", " <li"), create_parent="div")
    number_items(root)
    return " ".join(str(root.text_content()).split())


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("<ol><li>x<li>y</ol>", "1. x 2. y"),
        ("<ol start=9><li>x<li>y</ol>z", "9. x 10. yz"),
        ("<ol start=-1><li>x<li>y<li>z</ol>", "-1. x 0. y 1. z"),
        ("<ol start=99999999999><li>x</ol>", "1. x"),
        ("<ol><li>x<li value=7>y<li>z</ol>", "1. x 7. y 8. z"),
        ("<ol reversed><li>x<li>y<li>z</ol>", "3. x 2. y 1. z"),
        ("<ol reversed start=10><li>x<li>y</ol>", "10. x 9. y"),
        ("<ol type=a><li>x<li value=27>y<li value=0>z</ol>", "a. x aa. y 0. z"),
        ("<ol type=A><li>x<li>y</ol>", "A. x B. y"),
        ("<ol type=i><li>x<li value=4>y<li value=4000>z</ol>", "i. x iv. y 4000. z"),
        ("<ol type=I><li>x<li type=1>y</ol>", "I. x 2. y"),
        ("<ol type=x><li>x</ol>", "1. x"),
        ("<ol style='list-style: inside upper-alpha'><li>x</ol>", "A. x"),
        ("<ol style='list-style-type:decimal-leading-zero'><li>x</ol>", "01. x"),
        ("<ul style='LIST-STYLE-TYPE: decimal'><li>x</ul>", "1. x"),
        ("<ol><li>x<ol type=a><li>y<li>z</ol><li>w</ol>", "1. x a. y b. z 2. w"),
        ("<ol><li>x<ul><li>y</ul><li>z</ol>", "1. x y 2. z"),
        ("<ol><li><ol><li>x</ol></ol>", "1. x"),
        ("<ol><li> <p><b>x</b></p> <p>y</p></ol>", "1. x y"),
        ("<ol><li><img> x</ol>", "1. x"),
        ("<ol><li><!--c--> x</ol>", "1. x"),
        ("<ol><li><script>s</script>x<li></li>\n<li>y</ol>", "s1. x 3. y"),
        ("<ol><div><li>x</li></div></ol>", "1. x"),
    ],
)
def test_numbers_that_are_shown(html: str, text: str) -> None:
    assert seen(html) == text


@pytest.mark.parametrize(
    "html",
    [
        "<ul><li>x</ul>",
        "<li>x</li>",
        "<ol style='list-style:none'><li>x</ol>",
        "<ol style='list-style-type: disc'><li>x</ol>",
        "<ol style='list-style: \"- \"'><li>x</ol>",
        "<ol class='m-0 list-none'><li>x</ol>",
        "<ol class='list-unstyled'><li>x</ol>",
        "<ol role=list><li>x</ol>",
        "<ol><li style='display: flex'>x</ol>",
        "<ol><li><article>x</article></ol>",
        "<nav><ol><li>x</ol></nav>",
    ],
)
def test_items_without_numbers(html: str) -> None:
    assert seen(html) == "x"


def test_numbers_that_cannot_be_written_are_counted() -> None:
    root = lxml.html.fragment_fromstring("<ol style='list-style: hebrew'><li>x<li><li>y</ol>")
    assert number_items(root) == Numbered(frozenset(), 2)


def test_only_the_bullets_before_these_numbers_go() -> None:
    numbered = Numbered(frozenset({"1.", "a."}), 0)
    assert numbered.without_bullets("- 1. x\n  - a. y\n- 2. z\n- w\n1. - 1. v") == (
        "1. x\n  a. y\n- 2. z\n- w\n1. - 1. v"
    )
    assert Numbered(frozenset(), 0).without_bullets("- 1. x") == "- 1. x"

"""Trees are looked at and changed in linear time; no text is lost."""

from collections.abc import Callable

import lxml.html
import pytest
from lxml.etree import _Element as Element

from index.formats.list_numbers.html import number_items
from index.formats.web.comments import drop_comments
from index.formats.web.overlays import drop_overlays
from index.formats.web.tree import drop, lengths, measured, outermost, replace_by_text, text_of
from index.formats.web.visible import make_visible
from tests.support.counting_tree import Work, counting_tree

DEEP = 100
COMMENTS = "<div><h2>Comments</h2>" + "<div><b>Ann</b><p>Yes</p></div>" * 2 + "</div> and so on "


def fragment(html: str) -> Element:
    return lxml.html.fragment_fromstring(html, create_parent="div")


def test_neighbours_are_replaced_and_what_is_between_them_stays() -> None:
    root = fragment("a<i>1</i>b<i>2</i><i>3<i>4</i></i>c<b>d</b>e<i>5</i>f<p>g<i>6</i></p>")
    replace_by_text({each: f"({each.text})" for each in root.iter("i")})
    assert lxml.html.tostring(root) == b"<div>a(1)b(2)(3)c<b>d</b>e(5)f<p>g(6)</p></div>"


def test_what_follows_a_dropped_element_stays() -> None:
    root = fragment("a<i>1</i>b<!--c--><i>2</i>d<p><i>3</i>e</p>f")
    drop([*root.iter("i", lxml.etree.Comment), root])
    assert lxml.html.tostring(root) == b"<div>abd<p>e</p>f</div>"


def test_outermost_elements_are_in_no_other() -> None:
    root = fragment("<b id=1><i id=2><b></b></i></b><p><i id=3></i></p>")
    assert [each.get("id") for each in outermost(root, "b", "i")] == ["1", "3"]


@pytest.mark.parametrize(
    "html",
    ["", " one  two ", "<p>one</p><p>two</p>", "<p>one </p>\n<p> two</p><i> </i> ", "a<!--b c-->d"],
)
def test_lengths_are_those_of_the_texts(html: str) -> None:
    root = fragment(html)
    assert lengths(root, {root})[root] == len(text_of(root))
    assert [each for event, each, _ in measured(root) if event == "start"] == [*root.iter("*")]


def test_lengths_of_parts() -> None:
    root = fragment("<p>one <b>two</b> </p><p>three</p>")
    found = lengths(root, set(root.iter("p", "b")))
    assert [found[each] for each in root.iter("p", "b")] == [len("one two"), 4, len(" three")]


@pytest.mark.parametrize(
    "make",
    [
        *(
            lambda size, form=form: form * size
            for form in (
                "10<sup>6</sup> ", "x<sub>2</sub>", "<b><sup>2</sup></b>", "<i></i><sup>2</sup>",
                "a <time>noon</time>", "<math><mi>a</mi></math>", "<ruby>a<rt>b</rt></ruby>",
                "a<i hidden>b</i>", "a<template>b</template>", "<dialog>b</dialog>a", COMMENTS,
                "<div>a<input type=email></div>", "<form><input type=email>", "<q>a</q>",
                "<figure><figcaption>Ships land.</figcaption></figure>a",
                "<table><tr><td>a</td><td>b</td></tr></table>", "<h2>Comments</h2>",
            )
        ),
        lambda size: "<p>" + "10<sup>6</sup> " * size,
        lambda size: "<p>" + "a" * size + "<sup>2</sup>" * size,
        lambda size: "<p><b>" + "a" * size + "</b>" + "<i></i><sup>2</sup>" * size,
        lambda size: "<p>" + "At <time>noon</time>. " * size,
        lambda size: "<p>" + "<button>a</button> or " * size,
        lambda size: "<div>" + COMMENTS * size,
        lambda size: "<figure>" + "<figcaption>Ships land.</figcaption> a" * size,
        lambda size: "<div hidden>" * DEEP + "a " * size + "</div>" * DEEP + "<p>" + "b " * size,
        lambda size: "<p>" + "<rt>" * DEEP + "a " * size,
        lambda size: ("<h2>a<i>" * DEEP + "</i></h2>" * DEEP) * (size // DEEP),
        lambda size: "<div>" * DEEP + "<input type=email>" * size,
        lambda size: "<ol reversed><li>a" * DEEP + "<li>b" * size,
    ],
)  # fmt: skip
def test_the_work_grows_as_the_page_does(make: Callable[[int], str]) -> None:
    works = []
    for size in (400, 1600):
        root = counting_tree(make(size))
        for change in (drop_overlays, drop_comments, make_visible, number_items):
            change(root)
        works.append(Work.count)
    assert works[1] < 5 * works[0]  # quadratic: 16 times

"""The text of a prepared page is what a reader of the page sees."""

import lxml.html
import pytest

from index.formats.web.tree import text_of
from index.formats.web.visible import make_visible


def seen(fragment: str) -> str:
    root = lxml.html.fragment_fromstring(f"<p>Long plain words go here.</p>{fragment}", "div")
    make_visible(root)
    return text_of(root).removeprefix("Long plain words go here.").strip()


@pytest.mark.parametrize(
    ("fragment", "text"),
    [
        ("<p>10<sup>6</sup> litres", "10^6 litres"),
        ("<p>10<sup>-3</sup> g", "10^-3 g"),
        ("<p>7 km<sup>2</sup> big", "7 km² big"),
        ("<p>3<sup>2</sup> + 4<sup>2</sup> = 5<sup>2</sup>", "3^2 + 4^2 = 5^2"),
        ("<p>3<sup>1</sup>/<sub>2</sub> acres", "3 1/2 acres"),
        ("<p>the 1<sup>st</sup> of M<sup>me</sup> B", "the 1st of Mme B"),
        ("<p>CO<sub>2</sub> and 101<sub>2</sub>", "CO2 and 101_2"),
        ("<p>45<sup>3</sup> thousand", "45 [3] thousand"),
        ('<p>clerk 30<a href="#n1"><sup>1</sup></a>.', "clerk 30 [1]."),
        ('<p>in 2019<sup><a href="#n4">[4]</a></sup>.', "in 2019 [4]."),
        ("<p>word<sup>12</sup> more", "word [12] more"),
        ("<p>x <math><mi>a</mi><mo>=</mo><mn>4</mn></math> y", "x a=4 y"),
        ("<ruby>東京<rp>(</rp><rt>とうきょう</rt><rp>)</rp></ruby>に行く", "東京に行く"),
        ("<p hidden>no</p><p>yes", "yes"),
        ("<p style='color:red; display: none'>no</p>yes", "yes"),
        ("<template><p>no</p></template>yes", "yes"),
        ("<p hidden=until-found>yes</p>", "yes"),
        ("<table><tr><td>Tartu</td><td>97</td></tr></table>", "Tartu 97"),
        ("<p>he said <q>no</q> twice", "he said “no” twice"),
    ],
)
def test_what_is_seen(fragment: str, text: str) -> None:
    assert seen(fragment) == text


def test_elements_within_sentences_become_text_and_others_stay() -> None:
    root = lxml.html.fragment_fromstring(
        "<p>At <time>nine</time> he pressed <button>OK</button> on it.</p>"
        "<ul><li><button>Share</button></li></ul><div><time>a year ago</time></div>",
        "div",
    )
    make_visible(root)
    assert [e.tag for e in root.iter("time", "button", "span")] == [
        "span",
        "span",
        "button",
        "time",
    ]


def test_a_page_that_hides_everything_is_shown_by_a_script() -> None:
    root = lxml.html.fragment_fromstring("<div style='display:none'><p>All words.</p></div>", "div")
    make_visible(root)
    assert text_of(root) == "All words."


def test_readings_are_counted() -> None:
    root = lxml.html.fragment_fromstring("<ruby>東<rt>とう</rt>京<rt>きょう</rt></ruby>", "div")
    assert make_visible(root) == 2
    assert text_of(root) == "東京"


def test_a_caption_that_is_a_sentence_becomes_a_paragraph_behind_its_figure() -> None:
    root = lxml.html.fromstring(
        "<div><figure><img><figcaption>A ship <b>lands</b>.</figcaption></figure>tail</div>"
    )
    make_visible(root)
    assert [child.tag for child in root] == ["figure", "p"]
    assert root[1].text == "A ship lands."
    assert root.text_content() == "A ship lands.tail"


def test_a_credit_stays_in_its_figure() -> None:
    html = "<div><figure><img><figcaption>Photo: Anna</figcaption></figure></div>"
    root = lxml.html.fromstring(html)
    make_visible(root)
    assert root[0][1].tag == "figcaption"


def test_captions_keep_their_order_behind_their_figure() -> None:
    captions = "".join(f"<figcaption>Ship {n} lands.</figcaption>" for n in (1, 2))
    root = lxml.html.fromstring(f"<div><figure>{captions}</figure>tail</div>")
    make_visible(root)
    assert [child.text for child in root[1:]] == ["Ship 1 lands.", "Ship 2 lands."]
    assert root[2].tail == "tail"

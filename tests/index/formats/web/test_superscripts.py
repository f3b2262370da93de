"""Superscripts and subscripts are judged by the text of their own line."""

import lxml.html
import pytest

from index.formats.web.superscripts import in_line


@pytest.mark.parametrize(
    ("html", "texts"),
    [
        ("10<sup>6</sup>", ["^6"]),
        ("<i>m</i><i>c</i><sup>2</sup>", ["^2"]),
        ("3<sup>2</sup> + 4<sup>2</sup>", ["^2", "^2"]),
        ("<p>45</p><sup>3</sup> men", ["3"]),
        ("45<br><sup>3</sup> men", ["3"]),
        ("45<!--c--><sup>3</sup> men", [" [3]"]),
        ("45<!--c--> <sup>3</sup> men", ["3"]),
        ("word<b></b><sup class='fn'>a</sup>", [" [a]"]),
        ("10<sup>6<sup>2</sup></sup>", ["^62"]),
        ("10<sup></sup><sub> </sub>", ["", ""]),
        ("no others", []),
    ],
)
def test_texts_in_line(html: str, texts: list[str]) -> None:
    root = lxml.html.fragment_fromstring(html, create_parent="div")
    assert list(in_line(root, {"p"}).values()) == texts

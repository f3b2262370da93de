"""The front matter of a text file is parsed; what states no field is text."""

import pytest

from index.formats.documents.front_matter import split_front_matter


@pytest.mark.parametrize(
    ("page", "fields"),
    [
        ("---\ntitle: A\nlanguage: no\n---\nx", {"title": "A", "language": "no"}),
        ("---\r\ntitle: A\r\n---\r\nx", {"title": "A"}),
        ("\ufeff---\ntitle: A\n...\nx", {"title": "A"}),
        ("---\nTitle: A\ntags: [a, 1]\n---\nx", {"title": "A", "tags": ["a", "1"]}),
        ('+++\ntitle = "A"\ndraft = false\n+++\nx', {"title": "A", "draft": False}),
        ("---\nauthors: [A]\n---\nx", {"authors": ["A"], "author": ["A"]}),
    ],
)
def test_fields(page: str, fields: dict[str, object]) -> None:
    front = split_front_matter(page)
    assert (dict(front.fields), front.text, front.trouble) == (fields, "x", None)


@pytest.mark.parametrize(
    "page",
    ["x", "---\nonly words\n---\nx", "---\nNote: this\n---\nx", "---\ntitle: A\nx", "---\n---\nx"],
)
def test_other_pages_are_text(page: str) -> None:
    assert split_front_matter(page).text == page


def test_what_does_not_parse_is_read_line_by_line() -> None:
    front = split_front_matter("---\ntitle: Storm: after\nauthor: 'K. Eeper'\n  odd\n---\nx")
    assert front.fields == {"title": "Storm: after", "author": "K. Eeper"}
    assert "is not YAML" in (front.trouble or "")
    assert "is not TOML" in (split_front_matter("+++\ntitle = A B\n+++\nx").trouble or "")

"""The prolog is taken off whatever it holds, and references to no character cost no word."""

import pytest

from index.errors import UnreadableError
from index.formats.web.feeds.prolog import after_prolog, existing_characters

XML = '<?xml version="1.0"?>'


@pytest.mark.parametrize(
    "prolog",
    ["", "\n\n" + XML, XML + "<!-- <rss> -->\n<?style x='>'?>",
     XML + '<!DOCTYPE rss PUBLIC "-//Netscape//DTD RSS 0.91//EN" "http://example.org/a.dtd">\n',
     "<!doctype rss [ <!ENTITY a '&b;'> <!ENTITY % c 'x'> <!ELEMENT rss ANY> ] ><!-- -->"],
    ids=["none", "lines", "comments", "an external doctype", "an internal doctype"],
)  # fmt: skip
def test_prologs(prolog: str) -> None:
    assert after_prolog(prolog + "<rss>&a;</rss>") == ("<rss>&a;</rss>", {})


def test_entities_that_stand_for_text() -> None:
    doctype = (
        """<!DOCTYPE rss [<!ENTITY co "ACME Ltd"> <!ENTITY sq '&#178;'> <!ENTITY b "<b/>">]>"""
    )
    assert after_prolog(f"{doctype}<rss/>") == ("<rss/>", {"co": "ACME Ltd", "sq": "&#178;"})
    many = f'<!DOCTYPE rss [<!ENTITY a "{"x" * 10_000}">]><rss>' + "&a;" * 1001
    with pytest.raises(UnreadableError, match="entities that stand for too much text"):
        after_prolog(many)


@pytest.mark.parametrize("text", ["", "words", "<", "<?xml", "<!--", "<!DOCTYPE", "<!DOCTYPE a ["])
def test_what_has_no_end_is_left_alone(text: str) -> None:
    assert after_prolog(text) == (text, {})


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("&#55357;&#56832;", "😀"),
        ("&#xD83D;&#xde00;", "😀"),
        ("&#55357;", "\ufffd"),
        ("&#65;&#xDE00;", "&#65;\ufffd"),
        ("&#99999999999999999999;", "\ufffd"),
        ("&#" + "9" * 5000 + ";&#x42;", "\ufffd&#x42;"),
        ("&#x0000000041;&amp;", "&#x0000000041;&amp;"),
        ("&#65;&#66;&#67;", "&#65;&#66;&#67;"),
        ("&#65;&#55357;&#56832;", "&#65;😀"),
    ],
)
def test_references_to_characters_that_do_not_exist(written: str, read: str) -> None:
    assert existing_characters(f"a {written} b") == f"a {read} b"

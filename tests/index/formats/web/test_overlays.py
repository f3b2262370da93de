"""Consent dialogs and sign-up forms go; an article that is shown in a dialog stays."""

import lxml.html

from index.formats.web.overlays import drop_overlays
from index.formats.web.tree import text_of

ARTICLE = "<p>" + "Nine ships lay in the harbour of Ulm. " * 20 + "</p>"


def left(html: str) -> str:
    root = lxml.html.document_fromstring(html)
    drop_overlays(root)
    return text_of(root)


def test_a_dialog_goes_and_the_text_behind_it_stays() -> None:
    for dialog in ('div role="dialog"', "dialog", 'section role="AlertDialog"', "amp-consent"):
        name = dialog.partition(" ")[0]
        assert left(f"<{dialog}><p>We store cookies.</p></{name}>tail{ARTICLE}").startswith("tail")


def test_an_article_in_a_dialog_stays() -> None:
    assert "Nine ships" in left(f'<p>Menu</p><div role="dialog">{ARTICLE}</div>')


def test_a_sign_up_form_goes_with_its_invitation() -> None:
    box = '<div><p>Get the news every morning.</p><form><input type="email"></form></div>'
    assert "every morning" not in left(f"<main>{ARTICLE}{box}{ARTICLE}</main>")


def test_an_article_beside_a_sign_up_field_stays() -> None:
    assert "Nine ships" in left(f'<div>{ARTICLE}<form><input type="email"></form></div>')
    assert "Who?" in left(f'<div><p>Who?</p><input type="text"></div>{ARTICLE}')

"""Lines that newsletter programs add to a mail go; the same words within its text stay."""

import lxml.html
import pytest

from index.formats.records.mail_furniture import drop_furniture

TEXT = "The keeper counted nine ships before noon and wrote them into his book. " * 20


def left(top: str, foot: str) -> str:
    page = f"<div>{top}<p>{TEXT}</p>{foot}</div>"
    root = lxml.html.fragment_fromstring(page, create_parent="div")
    drop_furniture(root)
    return str(root.text_content()).replace(TEXT, "|")


@pytest.mark.parametrize(
    "top",
    [
        "<p><a href='x'>View this email in your browser</a></p>",
        "<table><tr><td>Trouble reading? <a href='x'>View online</a></td></tr></table>",
        "<div><a href='x'>Im Browser ansehen</a></div>",
        "<p><a href='x'>Voir dans votre navigateur</a></p>",
        "<p><a href='x'>在浏览器中查看</a></p>",
        "<p><a href='x'>Открыть в браузере</a></p>",
    ],
)
def test_a_link_to_the_web_goes_from_the_top(top: str) -> None:
    assert left(top, "") == "|"


@pytest.mark.parametrize(
    "foot",
    [
        "<p>You get this because you signed up. <a href='x'>Unsubscribe</a></p><p></p>",
        "<p><a href='x'>Manage your preferences</a></p>",
        "<div>Sie möchten das nicht? <a href='x'>Hier abmelden</a></div>",
        "<p><a href='x'>Se désabonner</a></p>",
        "<p><a href='x'>退订</a></p>",
        "<p><a href='x'>配信停止はこちら</a></p>",
        "<p><a href='x'>Отписаться от рассылки</a></p>",
    ],
)
def test_a_link_to_unsubscribe_goes_from_the_foot(foot: str) -> None:
    assert left("", foot) == "|"


@pytest.mark.parametrize(
    ("top", "foot", "kept"),
    [
        ("", "<p>Readers unsubscribe in spring.</p>", "|Readers unsubscribe in spring."),
        ("<p>Many <a href='x'>unsubscribe</a> now.</p>", "", "Many unsubscribe now.|"),
        ("", "<p><a href='x'>View in browser</a></p>", "|View in browser"),
        ("", "<a href='x'>Unsubscribe</a>", "|Unsubscribe"),  # in no block of its own
        ("", f"<p>{'It rained. ' * 40}<a href='x'>Unsubscribe</a></p>",
         f"|{'It rained. ' * 40}Unsubscribe"),
    ],
)  # fmt: skip
def test_the_same_words_elsewhere_stay(top: str, foot: str, kept: str) -> None:
    assert left(top, foot) == kept


def test_a_mail_of_nothing_else_stays() -> None:
    page = "<div><p><a href='x'>Unsubscribe</a></p></div>"
    root = lxml.html.fragment_fromstring(page, create_parent="div")
    drop_furniture(root)
    assert root.text_content() == "Unsubscribe"

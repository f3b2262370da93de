"""Lines that newsletter programs add to a mail go; the same words within its text stay."""

import lxml.html
import pytest
from lxml.etree import _Element as Element

from index.formats.records import mail_furniture
from index.formats.records.mail_furniture import drop_furniture
from index.formats.web import tree

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
        "<p>Tired of this? <a href='x'>Unsubscribe</a></p><p></p>",
        "<p>Ulm Times Ltd. <a href='x'>Unsubscribe or manage your preferences</a>.</p>",
        "<p><a href='x'>Unsubscribe</a> | <a href='y'>Opt out</a> | Privacy policy</p>",
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


@pytest.mark.parametrize(
    "line",
    [
        "<p>The port of Ulm closes on 3 May. <a>Read the full story online</a></p>",
        "<p>Workers may still <a>opt out</a> of the scheme until May, the ministry said.</p>",
        "<p>Many of the older workers at the port of Ulm <a>opt out</a></p>",
        "<p>You get this because you signed up. <a>Unsubscribe</a></p>",
        "<p>港口五月三日关闭。<a>退订</a></p>",
    ],
)
def test_a_line_that_states_more_stays(line: str) -> None:
    said = lxml.html.fragment_fromstring(line).text_content()
    assert left(line, line) == f"{said}|{said}"


def test_many_links_are_judged_by_the_first_and_last(monkeypatch: pytest.MonkeyPatch) -> None:
    read: list[str] = []

    def text_of(element: Element) -> str:
        read.append(str(element.tag))
        return tree.text_of(element)

    monkeypatch.setattr(mail_furniture, "text_of", text_of)
    line = "<p><a>Unsubscribe</a></p>"
    assert left(line * 50, line * 50) == "Unsubscribe" * 30 + "|" + "Unsubscribe" * 30
    assert (read.count("div"), read.count("p"), read.count("a")) == (1, 40, 100)


def test_a_mail_of_nothing_else_stays() -> None:
    page = "<div><p><a href='x'>Unsubscribe</a></p></div>"
    root = lxml.html.fragment_fromstring(page, create_parent="div")
    drop_furniture(root)
    assert root.text_content() == "Unsubscribe"

"""The fields of "Narrow the search" over a small archive."""

import asyncio
import json
from pathlib import Path

import gradio as gr

from index import build
from qa import Archive
from qa.chat.filter_choices import ANY, filter_values
from qa.page.filter_fields import chosen
from qa.page.page import page
from tests.support.fakes import FakeEncoder
from tests.support.gradio_pages import Page, browser, event
from tests.support.hostile import ParsedHtml


def test_the_fields_offer_the_archives_languages_and_articles(chat_page: Page) -> None:
    assert chat_page.component("language").choices == [ANY, ("English", "en")]
    choices = chat_page.component("article").choices
    assert choices[0] == ANY
    assert sorted(choices[1:]) == [("The bridge", "bridge"), ("The ferry", "ferry")]
    assert not chat_page.component("narrow").open


def test_the_days_are_native_date_fields(chat_page: Page) -> None:
    parsed = ParsedHtml(chat_page.component("days").html_template)
    assert parsed.attributes.count(("type", "date")) == 2


def test_an_article_is_selected_by_its_encoded_id(chat_page: Page) -> None:
    article, frame = chat_page.handler("select_article")(event(article="a%2Fb.txt"))
    assert article.value == "a/b.txt"
    assert ("a/b.txt", "a/b.txt") in article.choices
    assert len(article.choices) == 4
    assert frame.open


def test_a_language_of_the_archive_is_selected(chat_page: Page) -> None:
    select = chat_page.handler("select_language")
    language, frame = select(event(language="en"))
    assert language.value == "en"
    assert frame.open
    missing, _ = select(event(language="zz"))
    assert missing.value == ""


def test_earlier_texts_are_offered_only_while_they_are_kept(own_page: Page) -> None:
    assert not own_page.component("earlier").visible
    show = own_page.handler("show_earlier")
    hidden = show()
    assert (hidden.visible, hidden.value) == (False, False)
    build(own_page.seeds, own_page.archive.where, encoder=FakeEncoder(), versions="keep")
    assert show().visible


def test_clearing_the_fields_removes_every_filter(chat_page: Page) -> None:
    names = ("days", "language", "article", "one-archive", "names", "earlier")
    fields = [chat_page.component(name) for name in names]
    [clear] = [f for f in chat_page.blocks.fns.values() if f.outputs == fields]
    assert clear.fn is None  # no answer of the server to wait for
    emptied = json.loads(str(clear.js).removeprefix("() => "))
    nothing = {**filter_values({}, "", ""), "earlier": False, "page_language": "en"}
    assert chosen(browser(), *emptied) == nothing


def test_names_are_listed_when_the_fields_open_but_not_of_several_archives(
    chat_page: Page, tmp_path: Path
) -> None:
    assert opened_by(chat_page) == 1
    seeds = tmp_path / "seeds"
    seeds.mkdir()
    (seeds / "a.txt").write_text("The ferry to Oban carried 312 people on Monday.")
    places = {name: tmp_path / name for name in ("news", "wire")}
    for place in places.values():
        build(seeds, place, encoder=FakeEncoder())
    archive = Archive.open(places, encoder=FakeEncoder())

    async def blocks() -> gr.Blocks:
        return page(archive)

    several = Page(asyncio.run(blocks()), archive, seeds)
    assert not several.component("names").visible
    listed = several.handler("archives_in_page_language")(browser("es"))
    assert listed.choices[0] == ("Todas las hemerotecas", "")
    assert opened_by(several) == 0  # their names are not known: asking for them is an error


def opened_by(page: Page) -> int:
    """Return how many handlers run when "Narrow the search" is opened."""
    wanted = (page.component("narrow")._id, "expand")
    return sum(wanted in fn.targets for fn in page.blocks.fns.values())

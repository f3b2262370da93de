"""The panel of a source: what hostile files say is inert, PDFs are in a frame without an origin."""

import json
from pathlib import Path
from urllib.parse import unquote

import pytest

from qa import Archive
from qa.chat.panel.evidence import article_html
from qa.chat.panel.permalink_panel import permalink_html
from qa.chat.panel.source_panel import source_html
from qa.source_view.finding import SourceFinder
from tests.support.builds import Make
from tests.support.fakes import FakeEncoder
from tests.support.hostile import HOSTILE, ParsedHtml
from tests.support.pdfs import one_page

SENTENCE = "The ferry to Oban carried 312 people on Monday."
TAGS = {
    "a", "bdi", "blockquote", "br", "button", "dd", "div", "dl", "dt", "h2", "header", "mark", "p",
    "section", "span",
}  # fmt: skip
ATTRIBUTES = {
    "aria-label", "class", "dir", "download", "href", "lang", "role", "tabindex", "value",
}  # fmt: skip


@pytest.fixture
def archive(make: Make, tmp_path: Path) -> Archive:
    evil = "".join(
        f"<p>{each.replace('<', '&lt;')} is what it said all day.</p>" for each in HOSTILE
    )
    make({
        "ferry.eml": f"From: <b>Anna</b> <a@b.example>\nSubject: {HOSTILE[1]}\n\n{SENTENCE}\n",
        "page.html": f"<html><head><title>{HOSTILE[0]}</title></head><body><article>"
        f"<p>{SENTENCE * 3}</p>{evil}</article></body></html>",
        "ferry.pdf": one_page(f"({SENTENCE} Fog came.)"),
        "old.txt": SENTENCE + " Fog came.",
    })  # fmt: skip
    archive = Archive.open(tmp_path / "index", encoder=FakeEncoder())
    archive.sources = SourceFinder(tmp_path / "seeds")
    return archive


def panel(archive: Archive, identity: str, cited: str = SENTENCE, language: str = "en") -> str:
    start = archive.article(identity).text.index(cited)
    return source_html(archive, f"{start}-{start + len(cited)}-{identity}", language)


@pytest.mark.parametrize("identity", ["ferry.eml", "page.html", "old.txt"])
def test_text_is_shown_inert_with_the_cited_words_marked(archive: Archive, identity: str) -> None:
    html = panel(archive, identity)
    parsed = ParsedHtml(html)
    assert set(parsed.tags) <= TAGS
    assert parsed.attribute_names <= ATTRIBUTES
    assert "<mark>The ferry to Oban" in html
    assert ("href", f"source/file?id={identity}") in parsed.attributes


def test_a_mail_shows_its_head(archive: Archive) -> None:
    text = ParsedHtml(panel(archive, "ferry.eml")).text
    assert "From<b>Anna</b> <a@b.example>" in text
    assert f"Subject{HOSTILE[1]}" in text
    assert "发件人" in ParsedHtml(panel(archive, "ferry.eml", language="zh")).text


def test_a_pdf_is_in_a_frame_without_an_origin(archive: Archive) -> None:
    parsed = ParsedHtml(panel(archive, "ferry.pdf"))
    assert parsed.tags.count("iframe") == 1
    attributes = dict(parsed.attributes)
    assert attributes["sandbox"] == "allow-scripts"
    assert attributes["src"] == "source/viewer"
    assert attributes["data-file"] == "source/file?id=ferry.pdf"
    shown = json.loads(unquote(attributes["data-show"] or ""))
    assert shown["page"] == 1
    assert len(shown["marks"]) == 1
    assert all(shown["labels"].values())


def test_a_text_that_is_not_found_in_the_source_is_quoted_above_it(archive: Archive) -> None:
    html = source_html(archive, "0-7-ferry.eml", "en")  # the title, which no paragraph holds
    parsed = ParsedHtml(html)
    assert "was not found in the original" in parsed.text
    assert "mark" not in parsed.tags


def test_the_way_back_leads_to_the_cited_text(archive: Archive) -> None:
    parsed = ParsedHtml(panel(archive, "ferry.pdf"))
    back = next(v for k, v in parsed.attributes if k == "value" and v and v.startswith("/#/a/"))
    assert f"<mark>{SENTENCE[:12]}" in permalink_html(archive, back, "en")


def test_what_became_of_a_source_is_said(archive: Archive, tmp_path: Path) -> None:
    (tmp_path / "seeds" / "old.txt").unlink()
    assert "no longer in the seeds folder" in ParsedHtml(panel(archive, "old.txt", "Fog")).text
    (tmp_path / "seeds" / "ferry.pdf").write_bytes(one_page("(It rained all day long.)"))
    parsed = ParsedHtml(panel(archive, "ferry.pdf"))
    assert "has changed since the archive was built" in parsed.text
    assert "iframe" not in parsed.tags
    assert "download" not in parsed.attribute_names
    (tmp_path / "seeds" / "page.html").unlink()
    (tmp_path / "seeds" / "page.html").symlink_to("/etc/passwd")
    assert "指向种子文件夹之外" in ParsedHtml(panel(archive, "page.html", language="zh")).text
    archive.sources = None
    assert "does not show originals" in ParsedHtml(panel(archive, "ferry.eml")).text


@pytest.mark.parametrize("key", ["", "<b>", "0-1-", "0-1-../../etc/passwd", "0-1-%00", "0-1-other"])
def test_other_keys_open_nothing(archive: Archive, key: str) -> None:
    parsed = ParsedHtml(source_html(archive, key, "en"))
    assert not parsed.tags or "no article" in parsed.text


def test_an_error_is_said_in_the_language_of_the_page(archive: Archive) -> None:
    assert "keinen Artikel" in ParsedHtml(source_html(archive, "0-1-other", "de")).text


def test_the_button_is_there_only_if_sources_can_be_opened(archive: Archive) -> None:
    article = archive.article("old.txt")
    assert "Open the original" in ParsedHtml(article_html(article, [], "en", True)).text
    assert "Open the original" not in ParsedHtml(article_html(article, [], "en")).text
    address = archive.permalink("old.txt")
    assert "Open the original" in ParsedHtml(permalink_html(archive, address, "en")).text
    archive.sources = None
    assert "Open the original" not in ParsedHtml(permalink_html(archive, address, "en")).text

"""The panel that a permalink opens, whatever became of the text and whatever is in the link."""

from pathlib import Path
from urllib.parse import quote

import pytest

from qa import Archive
from qa.chat.panel.permalink_panel import permalink_html
from qa.permalink import MAX_QUOTE, Permalink, digest_of, link_to
from tests.support.builds import Make
from tests.support.fakes import FakeEncoder
from tests.support.hostile import HOSTILE, REPLY_ATTRIBUTES, ParsedHtml

SENTENCE = "The ferry to Oban carried 312 people on Monday."
TEXT = f"It was foggy. {SENTENCE} Nobody was hurt."
TAGS = {
    "bdi", "blockquote", "br", "button", "del", "details", "div", "h2", "header", "ins", "mark",
    "p", "section", "span", "summary",
}  # fmt: skip


@pytest.fixture
def archive(make: Make, tmp_path: Path, encoder: FakeEncoder) -> Archive:
    make({"ferry.txt": TEXT})
    return Archive.open(tmp_path / "index", encoder=encoder)


@pytest.fixture
def address(archive: Archive) -> str:
    article = archive.article("ferry.txt")
    start = article.text.index(SENTENCE)
    return str(link_to(article, start, start + len(SENTENCE)))


def shown(archive: Archive, address: str, language: str = "en") -> str:
    return ParsedHtml(permalink_html(archive, address, language)).text


def test_the_cited_text_is_marked_in_its_article(archive: Archive, address: str) -> None:
    html = permalink_html(archive, f"http://127.0.0.1:7860{address}", "en")
    assert "<mark>The ferry to Oban" in html
    assert ParsedHtml(html).text.endswith(TEXT)
    assert "qa-notice" not in html
    assert ("value", address) in ParsedHtml(html).attributes  # to copy it again


def test_a_whole_article_is_shown_without_a_mark(archive: Archive) -> None:
    html = permalink_html(archive, archive.permalink("ferry.txt"), "en")
    assert ParsedHtml(html).text.endswith(TEXT)
    assert "<mark>" not in html


def test_a_changed_article_is_shown_with_what_became_of_the_text(
    archive: Archive, address: str, make: Make
) -> None:
    make({"ferry.txt": f"Corrected. {TEXT}"})
    html = permalink_html(archive, address, "en")
    assert "The cited text stands here" in ParsedHtml(html).text
    assert "<mark>The ferry to Oban carried 312" in html
    make({"ferry.txt": TEXT.replace("312", "412")})
    html = permalink_html(archive, address, "en")
    assert "<del>312</del><ins>412</ins>" in html
    assert "<mark>The ferry to Oban carried 412" in html
    make({"ferry.txt": "A ferry to Skye carried some goats to market. Snow fell."})
    html = permalink_html(archive, address, "zh")
    assert f"引文：“{SENTENCE}”" in ParsedHtml(html).text
    assert "<mark>" in html
    make({"ferry.txt": "Snow fell."})
    html = permalink_html(archive, address, "en")
    assert "nor anything like it" in ParsedHtml(html).text
    assert SENTENCE in ParsedHtml(html).text
    assert "<mark>" not in html


def test_a_forged_link_never_passes_for_the_article(archive: Archive, address: str) -> None:
    forged = address.replace("312", "912")
    html = permalink_html(archive, forged, "en")
    assert "does not say what the link quotes" in ParsedHtml(html).text
    assert "<mark>The ferry to Oban carried 312" in html
    digest = digest_of(archive.article("ferry.txt"))
    assert "not where the link says" in shown(
        archive, str(Permalink(digest, 2, 2 + len(SENTENCE), SENTENCE))
    )


@pytest.mark.parametrize("words", HOSTILE)
def test_what_a_link_quotes_is_never_markup(archive: Archive, words: str) -> None:
    digest = digest_of(archive.article("ferry.txt"))
    for quoted in (words, f"The ferry to Oban carried 312 {words}"):
        address = str(Permalink(digest, 0, len(quoted), quoted))
        parsed = ParsedHtml(permalink_html(archive, address, "en"))
        assert set(parsed.tags) <= TAGS
        assert parsed.attribute_names <= REPLY_ATTRIBUTES | {"tabindex"}
    for address in (words, f"/#/a/{digest}/0-9?q={words}", f"/#/a/{words}"):
        parsed = ParsedHtml(permalink_html(archive, address, "en"))
        assert set(parsed.tags) == {"section"}


@pytest.mark.parametrize(
    "tail", ["0-9?q=" + "a" * (MAX_QUOTE + 1), "9-1", "0-9?q=%00%ff", "0-9" + quote("雾") * 5000]
)
def test_a_malformed_link_is_explained(archive: Archive, tail: str) -> None:
    text = shown(archive, f"/#/a/{'0' * 32}/{tail}")
    assert "is no permalink of an archive" in text
    assert len(text) < 400

"""Citations, and the name of a source wherever it is shown: its file and the place in it."""

import dataclasses
import io
import json
import tarfile
from collections.abc import Callable
from pathlib import Path

import pytest

import qa.__main__ as cli
from index.article import Anchor
from index.passage import Passage
from index.store.base.article_page import PageRequest
from qa import Archive, Citation, Location, Place
from qa.answers.citing import cite, cite_sentence, merge, sentence_bounds, source_name
from qa.answers.context import Context
from qa.chat.article_table import table_html
from qa.chat.panel.evidence import cited_article_html
from qa.chat.reply import reply_html
from qa.chat.turn import respond
from qa.reader.spans import Span
from qa.server.as_json import answer_json, hit_json, listing_json
from tests.support.fakes import FakeEncoder, FakeReader
from tests.support.files import zipped
from tests.support.hits import DATE, make_hit
from tests.support.hostile import ParsedHtml

BODY = "The mayor opened the bridge on Monday. It cost 3.5 million euros."
LINES = '{"text": "A dog barked."}\n' + json.dumps({"id": "own", "text": BODY, "title": "Bridge"})
OUTER, LINE, PACKED = "outer.zip#inner/bridge.txt", "outer.zip#b.jsonl#2", "old.tar#2025/x.txt"


@pytest.fixture
def archive(make: Callable[..., object], tmp_path: Path, encoder: FakeEncoder) -> Archive:
    """One report in three places inside archives, and two articles without a title."""
    tar = io.BytesIO()
    with tarfile.open(fileobj=tar, mode="w") as packed:
        member = tarfile.TarInfo("2025/x.txt")
        member.size = len(BODY)
        packed.addfile(member, io.BytesIO(BODY.encode()))
    made = zipped({"inner/bridge.txt": BODY, "b.jsonl": LINES})
    make({"outer.zip": made, "old.tar": tar.getvalue(), "a.txt": "A cat slept."})
    return Archive.open(
        tmp_path / "index",
        encoder=encoder,
        reader=FakeReader("3.5 million euros"),  # type: ignore[arg-type]
    )


SENTENCE = "It cost 3.5 million euros."


def test_a_citation_is_a_slice_of_its_article_with_its_context() -> None:
    hit = make_hit(BODY, f"Bridge opened\n\n{BODY} Cars use it.\n\nEnd.", title="Bridge opened")
    start = hit.article.text.index(SENTENCE)
    cited = cite(hit, start, start + len(SENTENCE))
    assert hit.article.text[cited.start : cited.end] == cited.text == SENTENCE
    assert (cited.title, cited.date, cited.language) == ("Bridge opened", DATE, "en")
    assert (cited.article_id, cited.path, cited.kind) == ("a.txt", "a.txt", "body")
    before = "The mayor opened the bridge on Monday. "
    assert cited.context == Context(before, " Cars use it.")


def test_a_citation_is_on_the_page_on_which_it_starts() -> None:
    hit = make_hit(BODY)
    at = BODY.index(SENTENCE)
    anchors = tuple(Anchor(start, Location(page=n)) for n, start in enumerate((2, at, at + 9), 1))
    hit = dataclasses.replace(hit, article=dataclasses.replace(hit.article, anchors=anchors))
    assert cite(hit, at, len(BODY)).location == Location(page=2)
    assert cite(hit, at - 1, len(BODY)).location == Location(page=1)
    assert cite(hit, 0, len(BODY)).location is None


def test_the_context_of_a_headline_includes_the_first_paragraph() -> None:
    hit = make_hit("Bridge opened", f"Bridge opened\n\n{BODY}\n\nEnd.", kind="title")
    assert cite(hit, 0, 13).context == Context("", f"\n\n{BODY}")


def test_context_is_neither_compared_nor_printed() -> None:
    cited = cite(make_hit(SENTENCE, BODY), BODY.index(SENTENCE), len(BODY))
    bare = dataclasses.replace(cited, context=None)
    assert cited.context is not None
    assert cited == bare
    assert repr(cited) == repr(bare)
    assert hash(cited) == hash(bare)


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        ("3.5 million", SENTENCE),
        ("The mayor", "The mayor opened the bridge on Monday."),
        ("Monday. It cost", BODY),
        (SENTENCE, SENTENCE),
    ],
)
def test_a_span_is_widened_to_its_sentences(words: str, sentence: str) -> None:
    passage = Passage("a.txt", 0, len(BODY), BODY, "body", "en", None)
    at = BODY.index(words)
    start, end = sentence_bounds(passage, Span(0, at, at + len(words), 1.0, 0.9))
    assert BODY[start:end] == sentence


def test_a_sentence_is_cited_verbatim_or_as_a_near_duplicate() -> None:
    asked = "The mayor opened the bridge Monday."
    hit = make_hit(BODY, f"News\n\n{BODY}")
    verbatim, near = cite_sentence(hit, SENTENCE, "euros"), cite_sentence(hit, asked, "mayor")
    assert verbatim is not None
    assert near is not None
    assert verbatim.text == SENTENCE
    assert near.text == "The mayor opened the bridge on Monday."
    for cited in (verbatim, near):
        assert hit.article.text[cited.start : cited.end] == cited.text
    assert cite_sentence(hit, "A dog barked.", "dog") is None


def test_merging_prefers_a_body_then_the_exact_text_then_the_first() -> None:
    def cited(article_id: str, kind: str, text: str = SENTENCE) -> Citation:
        return cite(make_hit(text, article_id=article_id, kind=kind), 0, len(text))

    teaser, title = cited("teaser", "teaser"), cited("title", "title")
    near = cited("near", "body", SENTENCE[:-1])
    body, copy = cited("body", "body"), cited("copy", "body")
    merged = merge([teaser, title, near, body, copy], SENTENCE)
    assert merged == dataclasses.replace(body, also_in=merged.also_in)
    assert merged.context is body.context
    assert [(place.article_id, place.verbatim) for place in merged.also_in] == [
        ("copy", True),
        ("near", False),
        ("title", True),
        ("teaser", True),
    ]
    assert merge([teaser], SENTENCE) == teaser


def test_a_citation_names_the_file_and_the_member(archive: Archive, tmp_path: Path) -> None:
    (cited,) = archive.answer("What did the bridge cost?").citations
    places: list[Citation | Place] = [cited, *cited.also_in]
    assert sorted(map(source_name, places)) == sorted([OUTER, LINE, PACKED])
    for place in places:
        assert (tmp_path / "seeds" / place.path).is_file()
        assert archive.article(place.article_id).place == place.place
    (line,) = (place for place in places if place.article_id == "own")
    assert (line.path, line.place) == ("outer.zip", LINE)


def test_the_terminal_and_its_json_name_each_source(
    archive: Archive, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Archive, "open", lambda index, reader: archive)
    assert cli.main(["What did the bridge cost?"]) == 0
    printed = capsys.readouterr().out
    assert all(printed.count(place) == 1 for place in (OUTER, LINE, PACKED))
    assert cli.main(["What did the bridge cost?", "--json"]) == 0
    (cited,) = json.loads(capsys.readouterr().out)["citations"]
    assert {cited["place"], *(p["place"] for p in cited["also_in"])} == {OUTER, LINE, PACKED}


def test_the_json_api_names_each_source(archive: Archive) -> None:
    (cited,) = answer_json(archive.answer("What did the bridge cost?"))["citations"]
    assert {cited["place"], *(p["place"] for p in cited["also_in"])} == {OUTER, LINE, PACKED}
    assert {OUTER, LINE, PACKED} <= {hit_json(hit)["place"] for hit in archive.search("bridge")}
    rows = listing_json(archive.listing(PageRequest()), PageRequest())["articles"]
    assert {OUTER, LINE, PACKED} <= {row["place"] for row in rows}


def test_the_chat_the_evidence_panel_and_the_table_name_each_source(archive: Archive) -> None:
    reply = respond(archive, "What did the bridge cost?")
    shown = ParsedHtml(reply_html(reply)).text
    assert all(shown.count(place) == 1 for place in (OUTER, LINE, PACKED))
    panel = ParsedHtml(cited_article_html(archive, [reply], "0-1")).text
    assert all(place in panel for place in (OUTER, LINE, PACKED))
    table = ParsedHtml(table_html(archive.listing(PageRequest()), PageRequest())).text
    assert all(place in table for place in (OUTER, LINE, PACKED, "outer.zip#b.jsonl#1"))
    assert archive.listing(PageRequest(words="inner/bri")).total == 1


def test_a_source_without_a_place_is_named_by_its_path(archive: Archive) -> None:
    (cited,) = archive.answer("What did the bridge cost?").citations
    assert source_name(dataclasses.replace(cited, place="")) == cited.path

"""A source is named to people by the file and the place in it, wherever it is shown."""

import dataclasses
import io
import json
import tarfile
from collections.abc import Callable
from pathlib import Path

import pytest

import qa.__main__ as cli
from index.store.base.article_page import PageRequest
from qa import Archive
from qa.answers.citing import named
from qa.chat.article_table import table_html
from qa.chat.evidence import cited_article_html
from qa.chat.reply import reply_html
from qa.chat.turn import respond
from qa.server.as_json import answer_json, hit_json, listing_json
from tests.support.fakes import FindingReader
from tests.support.files import zipped
from tests.support.hostile import ParsedHtml

BODY = "The mayor opened the bridge on Monday. It cost 3.5 million euros."
LINES = '{"text": "A dog barked."}\n' + json.dumps({"id": "own", "text": BODY, "title": "Bridge"})
OUTER, LINE, PACKED = "outer.zip#inner/bridge.txt", "outer.zip#b.jsonl#2", "old.tar#2025/x.txt"


@pytest.fixture
def archive(make: Callable[..., object], tmp_path: Path, encoder) -> Archive:
    """The same report in three places inside of archives, and two articles that have no title."""
    tar = io.BytesIO()
    with tarfile.open(fileobj=tar, mode="w") as packed:
        member = tarfile.TarInfo("2025/x.txt")
        member.size = len(BODY)
        packed.addfile(member, io.BytesIO(BODY.encode()))
    made = zipped({"inner/bridge.txt": BODY, "b.jsonl": LINES})
    make({"outer.zip": made, "old.tar": tar.getvalue(), "a.txt": "A cat slept."})
    return Archive.open(
        tmp_path / "index", encoder=encoder, reader=FindingReader("3.5 million euros")
    )


def test_a_citation_names_the_file_and_the_member(archive: Archive, tmp_path: Path) -> None:
    (cited,) = archive.answer("What did the bridge cost?").citations
    places = [cited, *cited.also_in]
    assert sorted(map(named, places)) == sorted([OUTER, LINE, PACKED])
    for place in places:
        assert (tmp_path / "seeds" / place.path).is_file()
        assert archive.article(place.article_id).place == place.place
    (line,) = (place for place in places if place.article_id == "own")
    assert (line.path, line.place) == ("outer.zip", LINE)


def test_it_is_named_in_the_terminal_and_in_json(
    archive: Archive, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Archive, "open", lambda index: archive)
    assert cli.main(["What did the bridge cost?"]) == 0
    said = capsys.readouterr().out
    assert all(said.count(place) == 1 for place in (OUTER, LINE, PACKED))
    assert cli.main(["What did the bridge cost?", "--json"]) == 0
    (cited,) = json.loads(capsys.readouterr().out)["citations"]
    assert {cited["place"], *(p["place"] for p in cited["also_in"])} == {OUTER, LINE, PACKED}


def test_it_is_named_to_programs(archive: Archive) -> None:
    (cited,) = answer_json(archive.answer("What did the bridge cost?"))["citations"]
    assert {cited["place"], *(p["place"] for p in cited["also_in"])} == {OUTER, LINE, PACKED}
    assert {OUTER, LINE, PACKED} <= {hit_json(hit)["place"] for hit in archive.search("bridge")}
    rows = listing_json(archive.listing(PageRequest()), PageRequest())["articles"]
    assert {OUTER, LINE, PACKED} <= {row["place"] for row in rows}


def test_it_is_named_in_the_chat_beside_the_article_and_in_the_table(archive: Archive) -> None:
    reply = respond(archive, "What did the bridge cost?")
    shown = ParsedHtml(reply_html(reply)).text
    assert all(shown.count(place) == 1 for place in (OUTER, LINE, PACKED))
    panel = ParsedHtml(cited_article_html(archive, [reply], "0-1")).text
    assert all(place in panel for place in (OUTER, LINE, PACKED))
    table = ParsedHtml(table_html(archive.listing(PageRequest()), PageRequest())).text
    assert all(place in table for place in (OUTER, LINE, PACKED, "outer.zip#b.jsonl#1"))
    assert archive.listing(PageRequest(words="inner/bri")).total == 1


def test_one_without_a_place_goes_by_its_path(archive: Archive) -> None:
    (cited,) = archive.answer("What did the bridge cost?").citations
    assert named(dataclasses.replace(cited, place="")) == cited.path

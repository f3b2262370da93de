"""A saved conversation is verified after its archive was built anew with other texts."""

import datetime
import json
from pathlib import Path

import pytest

from qa import Archive
from qa.audit.__main__ import as_text
from qa.audit.verifying import verify
from qa.chat.export import as_json, as_markdown
from qa.chat.turn import respond
from tests.support.builds import Make
from tests.support.fakes import FakeEncoder, FakeReader

SEEDS = {
    "ferry.txt": "The ferry to Oban carried 312 people on Monday.",
    "bridge.txt": "The bridge at Kelso cost 3.5 million euros to build.",
    "harbour.txt": "Anna Smith opened the new harbour in Ulm before noon.",
    "zebra.txt": "Zebras crossed the market square of Lugano yesterday.",
}
QUESTIONS = ("Who took the ferry to Oban?", "What did the Kelso bridge cost?",
             "Who opened the harbour in Ulm?", "What crossed the square of Lugano?")  # fmt: skip
READER = ("312 people", "3.5 million", "Anna Smith", "Zebras")


@pytest.fixture
def saved(make: Make, tmp_path: Path, encoder: FakeEncoder) -> Path:
    """A conversation in both forms, saved as saved.json and saved.md."""
    make(dict(SEEDS))
    archive = Archive.open(tmp_path / "index", encoder=encoder)
    replies = []
    for question, words in zip(QUESTIONS, READER, strict=True):
        archive._given_reader = FakeReader(words)  # type: ignore[assignment]
        replies.append(respond(archive, question))
    (tmp_path / "saved.json").write_text(as_json(replies), encoding="utf-8")
    (tmp_path / "saved.md").write_text(as_markdown(replies), encoding="utf-8")
    return tmp_path


@pytest.mark.parametrize("name", ["saved.json", "saved.md"])
def test_each_citation_gets_its_verdict(saved: Path, make: Make, name: str) -> None:
    verdicts = verify(saved / name, saved / "index")
    assert [v.status for v in verdicts] == ["unchanged"] * 4
    begun = datetime.datetime.now(datetime.UTC).date().isoformat()
    make(
        {
            "ferry.txt": "A correction.\n\n" + SEEDS["ferry.txt"],
            "bridge.txt": SEEDS["bridge.txt"].replace("3.5", "4.5"),
            "zebra.txt": None,
        }
    )
    moved, edited, unchanged, gone = verify(saved / name, saved / "index")
    assert (moved.status, moved.article_id, moved.start, moved.sound) == (
        "moved", "ferry.txt", 15, True,
    )  # fmt: skip
    assert (edited.status, edited.sound, edited.difference) == (
        "edited", False, "The bridge at Kelso cost [-3-]{+4+}.5 million euros to build.",
    )  # fmt: skip
    assert (unchanged.status, unchanged.title, unchanged.text) == (
        "unchanged", None, SEEDS["harbour.txt"],
    )  # fmt: skip
    assert (gone.status, gone.quote) == ("gone", SEEDS["zebra.txt"])
    today = datetime.datetime.now(datetime.UTC).date().isoformat()
    assert unchanged.held_until == ""
    assert all(begun <= v.held_until <= today for v in (moved, edited, gone))


def test_a_conversation_saved_by_an_older_version_is_verified_by_ids(
    saved: Path, make: Make
) -> None:
    file = saved / "saved.json"
    old = json.loads(
        file.read_text(), object_hook=lambda d: {k: d[k] for k in d if k != "permalink"}
    )
    file.write_text(json.dumps(old))
    assert {v.status for v in verify(file, saved / "index")} == {"unchanged"}
    make({"ferry.txt": "A correction.\n\n" + SEEDS["ferry.txt"]})
    assert verify(file, saved / "index")[0].status == "moved"


def test_what_cannot_be_parsed_is_named(saved: Path) -> None:
    (saved / "draft.md").write_text("See /#/a/12/3-4.")
    (verdict,) = verify(saved / "draft.md", saved / "index")
    assert (verdict.status, verdict.permalink, verdict.sound) == (
        "unreadable", "/#/a/12/3-4", False,
    )  # fmt: skip
    assert "should look like" in verdict.why


def test_a_citation_of_an_earlier_line_names_the_day_that_the_line_states(
    make: Make, tmp_path: Path, encoder: FakeEncoder
) -> None:
    def lines(*texts: str) -> dict[str, str]:
        days = ({"id": "x", "date": f"2026-11-0{n}", "text": t} for n, t in enumerate(texts, 1))
        return {"a.jsonl": "\n".join(map(json.dumps, days))}

    fog, ships = "Fog lay on the harbour of Ulm all day.", "Ships left the harbour of Ulm all day."
    make(lines(fog))
    saved = tmp_path / "saved.txt"
    saved.write_text(Archive.open(tmp_path / "index", encoder=encoder).permalink("x"))
    make(lines(fog, ships))
    (verdict,) = verify(saved, tmp_path / "index")
    assert (verdict.version_of, verdict.held_until) == ("2026-11-01", "")
    said = "; the cited text is in an earlier version, of 2026-11-01"
    assert said in as_text(verdict)

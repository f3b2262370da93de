"""`python -m qa`: what it prints, and its exit status."""

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

import qa.__main__ as cli
from index.errors import run
from qa import Answer, Archive, TimelineEntry
from tests.support.builds import Make
from tests.support.chats import an_answer
from tests.support.fakes import FakeEncoder, FakeReader


@pytest.fixture
def always_answer(monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """Replace the archive by one with a fixed answer."""

    def fix(answer: Answer, void: str = "") -> None:
        methods = {
            "answer": lambda self, question, **filters: answer,
            "error_rate": lambda self: (None, void),
        }
        archive = type("Fixed", (), methods)()
        monkeypatch.setattr(Archive, "open", lambda index, reader: archive)

    return fix


def test_an_answer_is_printed_with_its_source(
    always_answer: Callable[..., None], capsys: pytest.CaptureFixture[str]
) -> None:
    always_answer(an_answer())
    assert cli.main(["What did it cost?"]) == 0
    out = capsys.readouterr().out
    assert out.splitlines() == [
        "3.5 million euros",
        "  “It cost 3.5 million euros.”",
        "[1] Bridge · en · a.txt (also in b.txt)",
    ]


def test_earlier_texts_are_asked_on_demand(
    make: Make, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    open_archive = Archive.open
    fakes: dict[str, Any] = {"encoder": FakeEncoder(), "reader": FakeReader("312", "412")}
    monkeypatch.setattr(Archive, "open", lambda index, reader: open_archive(index, **fakes))
    arguments = ["How many people?", "--index", str(tmp_path / "index"), "--earlier"]
    make({"a.txt": "The ferry carried 312 people."})
    assert run(cli.main, arguments) == 2
    assert "keeps no earlier texts to search" in capsys.readouterr().err
    make({"a.txt": "The ferry carried 412 people."}, versions="keep")
    assert run(cli.main, arguments) == 0
    out, err = capsys.readouterr()
    assert out.startswith("312\n")
    assert err == "only earlier versions of articles are asked\n"
    assert run(cli.main, arguments[:-1]) == 0
    out, _ = capsys.readouterr()
    assert out.startswith("412\n")
    assert ": 1 sentence differs)" in out


def test_names_limit_what_is_asked_also_of_earlier_texts(
    make: Make, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    open_archive = Archive.open
    fakes: dict[str, Any] = {"encoder": FakeEncoder(), "reader": FakeReader("312", "412")}
    monkeypatch.setattr(Archive, "open", lambda index, reader: open_archive(index, **fakes))
    arguments = ["How many people?", "--index", str(tmp_path / "index"), "--json", "--name"]
    make({"a.txt": "Ann Lee saw 312 people.", "b.txt": "Bob Stone saw 312 people."})
    make({"a.txt": "Ann Lee saw 412 people.", "b.txt": "Kim Park saw 412 people."}, versions="keep")

    def cited(*more: str) -> list[str]:
        assert run(cli.main, [*arguments, *more]) == 0
        return [one["article_id"][:6] for one in json.loads(capsys.readouterr().out)["citations"]]

    assert cited("Ann Lee") == ["a.txt"]
    assert cited("Bob Stone", "--earlier") == ["b.txt@"]
    assert run(cli.main, [*arguments, "Bob Stone"]) == 2  # the newer text no longer names him
    assert "no article names 'Bob Stone'" in capsys.readouterr().err
    assert run(cli.main, [*arguments, "Kim Park", "--earlier"]) == 2
    with pytest.raises(SystemExit):
        cli.main(["--batch", "a.csv", "--output", "b.csv", "--name", "Ann Lee"])


def test_a_refusal_has_status_1_and_shows_the_closest_passages(
    always_answer: Callable[..., None], capsys: pytest.CaptureFixture[str]
) -> None:
    nothing = {"answered": False, "text": None, "sentence": None, "start": None, "end": None}
    always_answer(an_answer(**nothing))
    assert cli.main(["Why?"]) == 1
    out = capsys.readouterr().out
    assert out.startswith("The archive does not hold an answer")
    assert "“It cost 3.5 million euros.”" in out


def test_a_refusal_says_what_is_missing_and_what_it_is_not_sure_of(
    always_answer: Callable[..., None], capsys: pytest.CaptureFixture[str]
) -> None:
    unsure = an_answer(answered=False, confidence=0.31)
    nothing = {"answered": False, "text": None, "sentence": None, "start": None, "end": None}
    more = {"missing": ("Zorro", "\x1b[31m"), "alternatives": (unsure, unsure)}
    always_answer(an_answer(**nothing, **more), "it is void")
    assert cli.main(["Why?"]) == 1
    out, err = capsys.readouterr()
    assert "Nowhere in the archive: Zorro, [31m" in out
    assert out.count("Not sure enough (31%): “3.5 million euros” · Bridge · en · a.txt") == 1
    assert err == "warning: it is void\n"


def test_json_holds_the_whole_answer(
    always_answer: Callable[..., None], capsys: pytest.CaptureFixture[str]
) -> None:
    always_answer(an_answer())
    assert cli.main(["What did it cost?", "--json"]) == 0
    shown = json.loads(capsys.readouterr().out)
    assert shown["text"] == "3.5 million euros"
    assert shown["citations"][0]["also_in"][0]["path"] == "b.txt"
    assert set(shown) == {*Answer.__slots__, "permalink"}


@pytest.mark.parametrize(
    ("format", "start"),
    [("bibtex", "@misc{"), ("ris", "TY  - NEWS"), ("csl-json", "[\n"), ("footnote", "‘Bridge’")],
)
def test_the_source_is_printed_as_a_reference(
    format: str,
    start: str,
    always_answer: Callable[[Answer], None],
    capsys: pytest.CaptureFixture[str],
) -> None:
    always_answer(an_answer())
    assert cli.main(["What did it cost?", "--format", format]) == 0
    assert capsys.readouterr().out.startswith(start)
    nothing = {"answered": False, "text": None, "sentence": None, "start": None, "end": None}
    always_answer(an_answer(**nothing))
    assert cli.main(["Why?", "--format", format]) == 1
    printed = capsys.readouterr()
    assert (printed.out, printed.err) == ("", "The archive does not hold an answer to this.\n")


def test_explain_prints_how_passages_were_ranked(
    make: Callable[..., object],
    tmp_path: Path,
    encoder: FakeEncoder,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    make({"a.txt": "Rain fell on Ulm.", "b.txt": "Sun shone on Trier."})
    archive = Archive.open(tmp_path / "index", encoder=encoder)
    monkeypatch.setattr(Archive, "open", lambda index, reader: archive)
    assert cli.main(["Did rain fall?", "--explain"]) == 0
    shown = capsys.readouterr().out.splitlines()
    assert shown[1].split()[2:4] == ["#1", "#1"]
    assert "looked up:   rain" in shown
    assert cli.main(["Rain?", "--explain", "--language", "fr"]) == 1


def test_no_index_is_bad_input(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(cli.main, ["Why?", "--index", str(tmp_path / "none")]) == 2
    error = capsys.readouterr().err
    assert error.count("\n") == 1
    assert "python -m index" in error


def test_an_empty_question_is_bad_input(
    make: Callable[..., object], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    make({"a.txt": "A text."})
    assert run(cli.main, ["", "--index", str(tmp_path / "index")]) == 2
    assert capsys.readouterr().err.startswith("error: ")


def test_filters_narrow_the_archive_and_count_undated_articles(
    make: Callable[..., object],
    tmp_path: Path,
    encoder: FakeEncoder,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    make({"2025-10-28.txt": "Rain fell on Ulm.", "b.txt": "Rain fell on Trier."})
    reader = FakeReader()
    archive = Archive.open(tmp_path / "index", reader=reader, encoder=encoder)  # type: ignore[arg-type]
    monkeypatch.setattr(Archive, "open", lambda index, reader: archive)
    assert cli.main(["Where did rain fall?", "--after", "2025-10-28"]) == 1
    shown = capsys.readouterr()
    assert "2025-10-28.txt" in shown.out
    assert "b.txt" not in shown.out
    assert shown.err == "left out because they have no date: 1 of the articles\n"
    assert cli.main(["Where did rain fall?", "--article", "b.txt", "--language", "fr"]) == 1
    assert ".txt" not in capsys.readouterr().out
    assert run(cli.main, ["Where?", "--before", "May"]) == 2
    assert "must be a day like 2025-10-28, not 'May'" in capsys.readouterr().err


def test_a_timeline_is_printed_by_day(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (cited,) = an_answer().citations
    first, last = date(2025, 3, 1), date(2025, 3, 4)
    entries = [
        TimelineEntry("12", first, last, (cited, cited), 12.0),
        TimelineEntry("15\x1b[2J", last, last, (cited,), 15.0),
    ]
    archive = type("Fixed", (), {"timeline": lambda self, question, **filters: entries})()
    monkeypatch.setattr(Archive, "open", lambda index, reader: archive)
    assert cli.main(["How many?", "--timeline"]) == 0
    assert capsys.readouterr().out.splitlines() == [
        "2025-03-01 – 2025-03-04  12 · 2 articles",
        "2025-03-04  15[2J · 1 article (latest)",
    ]
    assert cli.main(["How many?", "--timeline", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)[0]["first"] == "2025-03-01"
    entries.clear()
    assert cli.main(["How many?", "--timeline"]) == 1
    assert "No dated article" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ([], "give one question, or --batch"),
        (["Who?", "--batch", "a.csv", "--output", "b.csv"], "give one question, or --batch"),
        (["--batch", "a.csv"], "--batch and --output go together"),
        (["--batch", "a.csv", "--output", "b.csv", "--json"], "no other form"),
        (["Who?", "--timeline", "--explain"], "--timeline goes with --json only"),
        (["Who?", "--timeline", "--format", "ris"], "--timeline goes with --json only"),
    ],
)
def test_options_that_do_not_go_together_are_an_error(
    arguments: list[str], message: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit, match="2"):
        cli.main(arguments)
    assert message in capsys.readouterr().err

"""`archive-qa export`: nothing is missing in it, and its articles are seeds of the same archive."""

import json
from pathlib import Path

import pytest

from index import ArchiveError, build
from index.admin.export import export, main
from index.errors import run
from index.store.doors import open_store
from tests.support.builds import Make
from tests.support.fakes import FakeEncoder

PAGE = "Ships\n\nThe keeper saw {} ships.\n\n相关文章\n\n雾散了\n\n灯塔在北边，有雾。\n\n灯塔。"
SEEDS = {
    "2025-10-28-ships.txt": PAGE.format("nine"),
    "page.md": "---\ntitle: A page\nauthor: 李\nurl: https://example.org/a\n---\nText *of* it.\n",
    "lines.jsonl": [
        {"id": "odd", "text": " x\r\n😀 \u2028 \t.\n", "date": "2024-02-29", "language": "EN"},
        {"text": 'No name. "quoted" \\ back', "title": "T"},
        {
            "id": "film",
            "text": "One. Two.",
            "locations": [{"start": 0, "seconds": 1.5}, {"start": 5, "page": 2, "seconds": 9.0}],
        },
    ],
}


def all_of(index: Path) -> tuple[list[object], list[object]]:
    """Articles without the files they came in, and passages."""
    with open_store(index).snapshot() as snapshot:
        articles: list[object] = [
            (a.id, a.title, a.text, a.date, a.language, a.url, a.author, a.parts, a.anchors)
            for a in snapshot.articles()
        ]
        return articles, list(snapshot.all_passages())


def test_the_exported_articles_are_seeds_of_the_same_archive(
    make: Make, tmp_path: Path, encoder: FakeEncoder
) -> None:
    make(SEEDS)
    (tmp_path / "again").mkdir()
    out = tmp_path / "again" / "all.jsonl"
    assert run(main, ["--index", str(tmp_path / "index"), "--output", str(out)]) == 0
    report = build(tmp_path / "again", tmp_path / "index2", encoder=encoder)
    assert (report.added, report.skipped) == (5, [])
    assert all_of(tmp_path / "index2") == all_of(tmp_path / "index")
    assert [p.kind for p in all_of(tmp_path / "index")[1]].count("teaser") == 2  # type: ignore[attr-defined]
    first = list(export(tmp_path / "index"))
    assert [json.loads(line)["id"] for line in first] == sorted(
        ["2025-10-28-ships.txt", "page.md", "odd", "lines.jsonl#2", "film"]
    )
    (film,) = [line for line in map(json.loads, first) if line["id"] == "film"]
    assert film["locations"] == SEEDS["lines.jsonl"][2]["locations"]  # type: ignore[index]
    assert "locations" not in json.loads(first[0])


def test_passages_are_exported_with_their_places(
    make: Make, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    make(SEEDS)
    texts = {
        json.loads(line)["id"]: json.loads(line)["text"] for line in export(tmp_path / "index")
    }
    assert run(main, ["passages", "--index", str(tmp_path / "index")]) == 0
    passages = [json.loads(line) for line in capsys.readouterr().out.split("\n") if line]
    assert len(passages) == len(all_of(tmp_path / "index")[1])
    for p in passages:
        assert texts[p["article_id"]][p["start"] : p["end"]] == p["text"]
    (film,) = [p for p in passages if p["article_id"] == "film"]
    assert (film["page"], film["seconds"]) == (None, 1.5)
    assert {p["seconds"] for p in passages} == {None, 1.5}


def test_an_empty_archive_exports_nothing_and_no_archive_is_an_error(
    make: Make, tmp_path: Path
) -> None:
    make({})
    assert list(export(tmp_path / "index")) == []
    with pytest.raises(ArchiveError, match="there is no index"):
        list(export(tmp_path / "nowhere"))


def test_the_file_is_there_only_when_it_is_whole(make: Make, tmp_path: Path) -> None:
    make(SEEDS)
    out = tmp_path / "out.jsonl"
    out.write_text("older")
    assert run(main, ["--index", str(tmp_path / "nowhere"), "--output", str(out)]) == 2
    assert out.read_text() == "older"
    command = ["--index", str(tmp_path / "index"), "--output", str(tmp_path / "no" / "x")]
    assert run(main, command) == 3
    assert not list(tmp_path.glob(".*half"))


def test_earlier_versions_are_exported_by_themselves(make: Make, tmp_path: Path) -> None:
    make({"2026-11-01.txt": "Fog came. It was cold."})
    make({"2026-11-01.txt": "Snow came. It was cold."})
    (line,) = map(json.loads, export(tmp_path / "index", "versions"))
    assert (line["id"], line["text"]) == ("2026-11-01.txt", "Fog came. It was cold.")
    assert (line["date"], line["sentences_that_differ"]) == ("2026-11-01", 1)
    assert line["replaced"].endswith("+00:00")
    (article,) = map(json.loads, export(tmp_path / "index"))
    assert article["text"].startswith("Snow")

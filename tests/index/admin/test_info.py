"""`archive-qa info`: the numbers of an index."""

import json
from pathlib import Path

import pytest

from index.admin.info import info, main
from index.errors import run
from index.store.base.error_rate import ErrorRate, keep_error_rate
from index.store.doors import open_store
from tests.support.builds import Make


def test_the_numbers_of_an_index(
    make: Make, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    lines = [{"id": i, "text": "他来了。他又走了。", "language": "zh"} for i in "abc"]
    make(
        {
            "x.jsonl": lines,
            "a.TXT": "Ships\n\nThe ships sailed and came back.\n\nRelated articles\n\nFog.",
        }
    )
    make({"b.txt": "The ships came back before noon and stayed."})
    found = info(tmp_path / "index")
    assert (found.articles, found.passages, found.generation) == (5, 7, 2)
    assert found.languages == {"zh": 3, "en": 2}
    assert found.files == {".jsonl": 3, ".txt": 2}
    assert found.kinds == {"body": 5, "teaser": 1, "title": 1}
    assert (found.encoder, found.dimension, found.passage_tokens) == ("fake", 64, 128)
    assert found.published.endswith("+00:00")
    sizes = {f.name: f.stat().st_size for f in (tmp_path / "index").glob("*[es]")}
    assert len(sizes) == 2
    assert sizes.items() <= found.sizes.items()
    assert run(main, ["--index", str(tmp_path / "index"), "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["languages"] == {"zh": 3, "en": 2}
    assert run(main, ["--index", str(tmp_path / "index")]) == 0
    out = capsys.readouterr().out
    assert "articles    5\n" in out
    assert "  languages zh 3, en 2\n" in out
    assert "partly read 0 of the articles" in out
    assert "MB  archive.sqlite" in out
    assert "error rate  none chosen" in out


def test_the_error_rate_that_a_person_chose(
    make: Make, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    make({"b.txt": "The ships came back before noon and stayed."})
    chosen = ErrorRate(0.05, 0.95, 0.62, 200, 142, 2, "2026-11-28", 1, "fake 1", "abc")
    keep_error_rate(open_store(tmp_path / "index"), chosen)
    assert run(main, ["--index", str(tmp_path / "index")]) == 0
    assert "error rate  wrong in at most 5% of the answers: thresh" in capsys.readouterr().out
    assert info(tmp_path / "index").error_rate.startswith("wrong in at most 5%")


def test_partly_read_articles_are_counted_until_they_read_whole(
    make: Make, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    odd = "---\ntitle: Ships\ndate: soon\nlanguage: [7]\n---\nThe ships came back before noon."
    make({"a.md": odd, "b.md": odd.replace("noon", "dusk"), "c.txt": "Fog lay over the harbour."})
    for _ in range(2):  # the second build reads nothing
        assert info(tmp_path / "index").partly_read == 2
        assert len(make({}).partly_read) == 4
    assert run(main, ["--index", str(tmp_path / "index")]) == 0
    assert "partly read 2 of the articles" in capsys.readouterr().out
    make({"a.md": odd.replace("soon", "2025-10-28").replace("[7]", "en"), "b.md": None})
    assert info(tmp_path / "index").partly_read == 0


def test_no_index_is_an_error_and_control_characters_are_not_printed(
    make: Make, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(main, ["--index", str(tmp_path / "nowhere")]) == 2
    make({"a.jsonl": [{"text": "Text.", "language": "\u202e\x1b[31m"}]})
    capsys.readouterr()
    assert run(main, ["--index", str(tmp_path / "index")]) == 0
    assert not {"\x1b", "\u202e"} & set(capsys.readouterr().out)


def test_earlier_versions_are_counted(
    make: Make, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    make({"a.txt": "Fog came."})
    make({"a.txt": "Snow came."})
    found = info(tmp_path / "index")
    assert (found.articles, found.versions, found.version_texts) == (1, 1, 1)
    assert run(main, ["--index", str(tmp_path / "index")]) == 0
    out = capsys.readouterr().out
    assert "versions    1 earlier ones, the text of 1 is kept, 0 are searchable" in out

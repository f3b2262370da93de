"""`archive-qa facets`."""

import datetime
import json
from pathlib import Path

import pytest

from index.errors import ArchiveError
from qa.facets.facets import Facets, FacetValue, TimeBar
from qa.facets_command import as_text, main
from tests.support.builds import Make

TEXT = [
    {"id": "a", "date": "2025-10-28", "text": "President Ann Lee flew to Lyon."},
    {"id": "b", "date": "2025-11-02", "text": "Ann Lee left the European Commission."},
]


@pytest.fixture
def index(make: Make, tmp_path: Path) -> str:
    make({"a.jsonl": TEXT})
    return str(tmp_path / "index")


def test_names_and_days_are_listed(index: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--index", index]) == 0
    shown = capsys.readouterr().out
    assert "2 of 2 articles" in shown
    assert "      2  Ann Lee" in shown
    assert shown.index("Ann Lee") < shown.index("Lyon") < shown.index("European Commission")
    assert "2025-10-28  ####" in shown


def test_names_narrow_the_archive(index: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--index", index, "--name", "lyon", "--json"]) == 0
    plain = json.loads(capsys.readouterr().out)
    assert (plain["articles"], plain["total"]) == (1, 2)
    assert [value["name"] for value in plain["people"]] == ["Ann Lee"]
    assert main(["--index", index, "--words", "euro", "--most", "1"]) == 0
    shown = capsys.readouterr().out
    assert "European Commission" in shown
    assert "Ann Lee" not in shown


def test_no_article_is_exit_status_1(index: str) -> None:
    assert main(["--index", index, "--before", "2000-01-01"]) == 1


def test_what_cannot_be_is_an_error(index: str) -> None:
    with pytest.raises(ArchiveError, match="names 'Nobody'"):
        main(["--index", index, "--name", "Nobody"])
    with pytest.raises(ArchiveError, match="--most is 0"):
        main(["--index", index, "--most", "0"])


def test_names_are_shown_without_control_characters() -> None:
    day = datetime.date(2025, 10, 28)
    value = FacetValue("person", "\x1b[31mAnn\u202e", "k", 1, ("a\nb",))
    facets = Facets(1, 1, people=(value,), over_time=(TimeBar("2025", day, day, 1),))
    assert "[31mAnn (ab)" in as_text(facets)
    assert "\x1b" not in as_text(facets)

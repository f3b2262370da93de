"""Questions to a part of the archive: each condition, through `search` and `answer`."""

import datetime
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from index import ArchiveError
from qa import Archive
from tests.support.fakes import FakeEncoder

RAIN = "Rain fell on the town of {} all day long, and its people stayed at home."


@pytest.fixture
def archive(make: Callable[..., object], tmp_path: Path, encoder: FakeEncoder) -> Archive:
    days = ["2025-01-01", "2025-01-02", "2025-01-03"]
    lines = [{"id": d, "text": RAIN.format(d), "date": d} for d in days]
    make({"days.jsonl": lines, "none.txt": RAIN.format("Ulm"), "zh.txt": "乌尔姆下了一整天的雨。"})
    return Archive.open(tmp_path / "index", encoder=encoder)


def found(archive: Archive, **only: Any) -> set[str]:
    return {hit.article.id for hit in archive.search("rain 下雨", **only)}


def test_days_are_inclusive_and_leave_out_undated_articles(archive: Archive) -> None:
    assert found(archive, after="2025-01-02") == {"2025-01-02", "2025-01-03"}
    assert found(archive, before=datetime.date(2025, 1, 2)) == {"2025-01-01", "2025-01-02"}
    noon = datetime.datetime(2025, 1, 2, 12)
    assert found(archive, after=noon, before=noon) == {"2025-01-02"}
    assert found(archive, after="2026-01-01") == set()
    assert archive.count_undated() == 2


def test_a_language_is_that_of_the_passage(archive: Archive) -> None:
    assert archive.languages() == ["en", "zh"]
    assert found(archive, language="ZH") == {"zh.txt"}
    assert "none.txt" in found(archive, language="en")
    assert found(archive, language="ja") == set()


def test_a_language_includes_its_variants(make: Callable[..., object], archive: Archive) -> None:
    make({"tw.jsonl": [{"id": "tw", "text": "8.6%", "language": "zh-TW"}]})
    assert found(archive, language="zh") == {"zh.txt", "tw"}
    assert found(archive, language="zh-tw") == {"tw"}


def test_one_article_and_conditions_together(archive: Archive) -> None:
    assert found(archive, article="none.txt") == {"none.txt"}
    assert found(archive, article="2025-01-01", after="2025-01-02") == set()
    assert found(archive, article="2025-01-01", language="en") == {"2025-01-01"}


def test_an_empty_condition_is_none(archive: Archive) -> None:
    assert len(found(archive, after="", language="")) == 5


def test_a_filter_that_matches_nothing_is_answered_by_nothing(archive: Archive) -> None:
    answer = archive.answer("Where did rain fall?", after="2026-01-01")
    assert not answer.answered
    assert answer.citations == ()


@pytest.mark.parametrize(
    ("only", "message"),
    [
        ({"after": "May"}, "'after' must be a day like 2025-10-28, not 'May'"),
        ({"language": "English, please"}, "a code like en or zh, not 'English, please'"),
        ({"article": "nope"}, "no article with the id 'nope'"),
    ],
)
def test_a_value_that_cannot_be_right_is_an_error(
    archive: Archive, only: dict[str, Any], message: str
) -> None:
    for ask in (archive.search, archive.answer):
        with pytest.raises(ArchiveError, match=message):
            ask("Where did rain fall?", **only)

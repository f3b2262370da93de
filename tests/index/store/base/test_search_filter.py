"""Asking a part of the archive: what is checked, and what each condition leaves in."""

import datetime
from collections.abc import Callable
from pathlib import Path

import pytest

from index import ArchiveError
from index.store.base.search_filter import SearchFilter
from qa import Archive

RAIN = "Rain fell on the town of {} all day long, and its people stayed at home."


@pytest.fixture
def archive(make: Callable[..., object], tmp_path: Path, encoder: object) -> Archive:
    days = ["2025-01-01", "2025-01-02", "2025-01-03"]
    lines = [{"id": d, "text": RAIN.format(d), "date": d} for d in days]
    make({"days.jsonl": lines, "none.txt": RAIN.format("Ulm"), "zh.txt": "乌尔姆下了一整天的雨。"})
    return Archive.open(tmp_path / "index", encoder=encoder)


def found(archive: Archive, **only: object) -> set[str]:
    return {hit.article.id for hit in archive.search("rain 下雨", **only)}


def test_days_are_inclusive_and_leave_out_what_has_none(archive: Archive) -> None:
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


def test_a_language_takes_in_its_kinds(make: Callable[..., object], archive: Archive) -> None:
    make({"tw.jsonl": [{"id": "tw", "text": "8.6%", "language": "zh-TW"}]})
    assert found(archive, language="zh") == {"zh.txt", "tw"}
    assert found(archive, language="zh-tw") == {"tw"}


def test_one_article_and_conditions_together(archive: Archive) -> None:
    assert found(archive, article="none.txt") == {"none.txt"}
    assert found(archive, article="2025-01-01", after="2025-01-02") == set()
    assert found(archive, article="2025-01-01", language="en") == {"2025-01-01"}


def test_an_empty_condition_is_none(archive: Archive) -> None:
    assert not SearchFilter.of(after="", before="", language="", article="")
    assert len(found(archive, after="", language="")) == 5


def test_nothing_is_left_of_the_archive(archive: Archive) -> None:
    answer = archive.answer("Where did rain fall?", after="2026-01-01")
    assert not answer.answered
    assert answer.citations == ()


@pytest.mark.parametrize(
    ("only", "said"),
    [
        ({"after": "May"}, "'after' must be a day like 2025-10-28, not 'May'"),
        ({"before": 2025}, "'before' must be a day like 2025-10-28, not '2025'"),
        ({"after": "2025-02-30"}, "not '2025-02-30'"),
        ({"after": "2025-02-02", "before": "2025-02-01"}, "both after 2025-02-02 and before"),
        ({"language": "English, please"}, "a code like en or zh, not 'English, please'"),
        ({"language": "%"}, "a code like en or zh, not '%'"),
        ({"article": "nope"}, "no article with the id 'nope'"),
    ],
)
def test_what_cannot_be_is_an_error(archive: Archive, only: dict[str, str], said: str) -> None:
    for ask in (archive.search, archive.answer):
        with pytest.raises(ArchiveError, match=said):
            ask("Where did rain fall?", **only)

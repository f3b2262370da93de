"""Rows of Parquet files become articles."""

import datetime
import io
import sys
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from index.formats.limits import MAX_ARTICLE, LimitError
from index.formats.seed_file import Omitted, Refused
from index.formats.tables.parquet import read_parquet
from tests.support.files import zipped
from tests.support.reading import Read, only_article, why_refused
from tests.support.seed_streams import seed_of

TEXT = "The keeper counted nine ships before noon and wrote them into his book."
DAY = datetime.date(2025, 10, 28)


def parquet(columns: dict[str, Any], **options: Any) -> bytes:
    file = io.BytesIO()
    pq.write_table(pa.table(columns), file, **options)
    return file.getvalue()


@pytest.mark.parametrize("compression", ["none", "snappy", "gzip", "zstd", "brotli", "lz4"])
def test_a_row_is_an_article(read: Read, compression: str) -> None:
    columns = {"views": [1, 2], "body": [TEXT, "Then, fog."], "headline": ["Ships", None],
               "published": [DAY, None], "id": [7, 8]}  # fmt: skip
    one, two, omitted = read("a.parquet", parquet(columns, compression=compression))
    assert (one.id, one.place, one.title, one.text) == ("7", "a.parquet#1", "Ships", TEXT)
    assert (one.date, two.title, two.date) == (DAY, None, None)
    assert omitted == Omitted("a.parquet", 'columns left out: "views"')


@pytest.mark.parametrize("unit", ["s", "ms", "us", "ns"])
@pytest.mark.parametrize("zone", [None, "UTC", "Asia/Tokyo"])
def test_days_of_times(read: Read, unit: str, zone: str | None) -> None:
    late = datetime.datetime(2025, 10, 28, 23, 30, 0, 123, tzinfo=datetime.UTC)
    times = pa.array([late], pa.timestamp("us", zone)).cast(pa.timestamp(unit, zone), safe=False)
    article = only_article(read("a.parquet", parquet({"text": [TEXT], "date": times})))
    assert article.date == DAY + datetime.timedelta(days=zone == "Asia/Tokyo")


def test_an_unknown_time_zone_costs_the_date(read: Read) -> None:
    noon = datetime.datetime(2025, 10, 28, 12, tzinfo=datetime.UTC)
    times = pa.array([noon, None], pa.timestamp("us", "Mars/Base"))
    one, omitted, two = read("a.parquet", parquet({"text": [TEXT, "Fog."], "date": times}))
    assert (one.date, two.date) == (None, None)
    assert "unknown zone 'Mars/Base'" in omitted.what


def test_rows_that_cannot_be_read_are_named(read: Read) -> None:
    texts = pa.array([TEXT, None, " ", "x" * (MAX_ARTICLE + 1), "Last."])
    one, *bad, last = read("a.parquet", parquet({"text": texts}))
    assert (one.text, last.text) == (TEXT, "Last.")
    assert [item.place for item in bad] == ["a.parquet#2", "a.parquet#3", "a.parquet#4"]
    assert "longer than 10 MB" in bad[-1].why
    numbers = read("a.parquet", parquet({"text": [3]}))
    assert why_refused(numbers) == "its 'text' must be a string with words, not 3"


def test_bytes_that_are_no_text_cost_their_row(read: Read) -> None:
    texts = pa.array([b"\xff\xfe", b"Last."], pa.binary()).view(pa.string())
    bad, last = read("a.parquet", parquet({"text": texts}))
    assert (bad.place, last.text) == ("a.parquet#1", "Last.")


def test_one_long_text_in_very_many_rows_is_a_bomb() -> None:
    text = "He counted nine ships. " * 1000
    texts = pa.DictionaryArray.from_arrays(pa.array([0] * 9000, pa.int32()), [text])
    with pytest.raises(LimitError, match="like a zip bomb"):
        list(read_parquet(seed_of(parquet({"text": texts}), "a.parquet")))


def test_another_column_and_a_member_of_an_archive(read: Read) -> None:
    assert "--column" in why_refused(read("a.parquet", parquet({"lead": [TEXT]})))
    [article] = read("a.zip", zipped({"b.parquet": parquet({"text": [TEXT]})}))
    assert article.id == "a.zip#b.parquet#1"


@pytest.mark.parametrize("cut", [0, 5, 60, -9, -1])
def test_damage_is_named(read: Read, cut: int) -> None:
    data = parquet({"text": [TEXT] * 50})
    assert len(read("a.parquet", data[:cut] + b"\0" * 7)) == 1
    assert isinstance(read("a.parquet", data[:cut] + b"\0" * 7)[0], Refused)


def test_without_pyarrow_the_extra_is_named(read: Read, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pyarrow.parquet", None)
    assert why_refused(read("a.parquet", parquet({"text": [TEXT]}))).endswith(
        "pip install 'archive-qa[tables]'"
    )

"""Lines are counted, limited in size by row, and given back."""

import io

import pytest

from index.errors import UnreadableError
from index.formats.tables import lines
from index.formats.tables.lines import Lines, Stream


def lines_of(text: str) -> Lines:
    return Lines(io.StringIO(text, newline=""))


def test_a_row_knows_its_lines() -> None:
    drawn = lines_of("a\nb\r\nc")
    assert [next(drawn), next(drawn)] == ["a\n", "b\r\n"]
    assert (drawn.first, drawn.row) == (1, ["a\n", "b\r\n"])
    drawn.push_back(["b\r\n"])
    drawn.begin_row()
    assert (list(drawn), drawn.first, drawn.row) == (["b\r\n", "c"], 2, ["b\r\n", "c"])


@pytest.mark.parametrize(
    ("row", "first"),
    [
        ("x" * 30, 2),
        ("x" * 200_000, 2),
        ('"' + "long\n" * 9 + '"', 11),
        ('"a ""b"" ' + "long\n" * 50_000 + '"', 50_002),
        ('"' + "x" * 200_000 + "\n" + '"', 3),
    ],
)
def test_a_row_that_is_too_long_is_skipped(
    monkeypatch: pytest.MonkeyPatch, row: str, first: int
) -> None:
    monkeypatch.setattr(lines, "MAX_ARTICLE", 20)
    drawn = lines_of(f"{row},z\nnext\n")
    with pytest.raises(UnreadableError, match="is longer than"):
        list(drawn)
    assert drawn.skip_row()
    drawn.begin_row()
    assert (next(drawn), drawn.first) == ("next\n", first)


def test_a_row_without_end_is_skipped_to_the_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lines, "MAX_ARTICLE", 20)
    drawn = lines_of('"' + "long\n" * 9)
    with pytest.raises(UnreadableError, match="perhaps a quote is not closed"):
        list(drawn)
    assert not drawn.skip_row()
    assert list(drawn) == []


def test_a_stream_goes_on_after_what_was_read() -> None:
    stream = io.BufferedReader(Stream(b"abc", io.BytesIO(b"defg")), 2)
    assert (stream.read(1), stream.read(4), stream.read()) == (b"a", b"bcde", b"fg")

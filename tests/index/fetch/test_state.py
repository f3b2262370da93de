"""The state survives kills at any byte, and two processes never share it."""

import dataclasses
from pathlib import Path

import pytest

from index.errors import ArchiveError, StorageError
from index.fetch.state import FILE, FOLDER, GONE, STORED, Known, opened
from tests.support.builds import AsNobody

A = Known("http://a.example/1", STORED, "2025-10-28", '"1"', "Tue", "00ff")
B = Known("http://a.example/2", GONE)


def test_what_was_put_is_known_later(tmp_path: Path) -> None:
    with opened(tmp_path) as state:
        state.put(A)
        state.put(B)
        state.put(dataclasses.replace(A, etag='"2"'))
        assert state.get(A.url) == dataclasses.replace(A, etag='"2"')
    with opened(tmp_path) as state:
        assert (state.get(A.url), state.get(B.url)) == (dataclasses.replace(A, etag='"2"'), B)
        assert state.get("http://a.example/3") is None


def test_a_line_that_was_cut_off_costs_only_itself(tmp_path: Path) -> None:
    with opened(tmp_path) as state:
        state.put(A)
        start = (tmp_path / FOLDER / FILE).stat().st_size
        state.put(B)
    whole = (tmp_path / FOLDER / FILE).read_bytes()
    for end in range(start, len(whole)):
        (tmp_path / FOLDER / FILE).write_bytes(whole[:end])
        with opened(tmp_path) as state:
            assert state.get(A.url) == A
            assert state.get(B.url) in (None, B)
            state.put(B)
        with opened(tmp_path) as state:
            assert (state.get(A.url), state.get(B.url)) == (A, B)


@pytest.mark.parametrize(
    "line",
    [b"", b"null", b"[]", b"{}", b'{"url": 1, "status": "gone"}', b'{"url": "a"}', b"\xff\x00",
     b'{"url": "a", "status": "gone", "more": "b"}', b"[" * 100_000],
    ids=range(9),
)  # fmt: skip
def test_other_lines_do_not_count(tmp_path: Path, line: bytes) -> None:
    with opened(tmp_path) as state:
        state.put(A)
    with (tmp_path / FOLDER / FILE).open("ab") as out:
        out.write(line + b"\n")
    with opened(tmp_path) as state:
        assert state.get(A.url) == A
        assert state.get("a") is None


def test_old_lines_are_dropped_in_time(tmp_path: Path) -> None:
    with opened(tmp_path) as state:
        for _ in range(3000):
            state.put(A)
    (tmp_path / FOLDER / "page.new").write_text("left by a run that was killed")
    with opened(tmp_path):
        assert len((tmp_path / FOLDER / FILE).read_bytes().splitlines()) == 1
    assert not (tmp_path / FOLDER / "page.new").exists()


def test_one_process_at_a_time(tmp_path: Path) -> None:
    with (
        opened(tmp_path),
        pytest.raises(ArchiveError, match="another process is fetching"),
        opened(tmp_path),
    ):
        pass
    with opened(tmp_path):
        pass


def test_a_folder_that_cannot_be_written_is_an_error(tmp_path: Path, as_nobody: AsNobody) -> None:
    def attempt() -> None:
        with opened(tmp_path / "seeds"):
            pass

    assert "StorageError: cannot write into" in as_nobody(attempt)
    (tmp_path / "file").touch()
    with (
        pytest.raises(StorageError, match="choose another folder with --into"),
        opened(tmp_path / "file"),
    ):
        pass


def test_conditions() -> None:
    assert A.conditions == {"If-None-Match": '"1"', "If-Modified-Since": "Tue"}
    assert B.conditions == {}

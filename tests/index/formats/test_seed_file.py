"""Seeds are read within limits; errors of the system may be retried."""

import errno
import io
from pathlib import Path

import pytest

from index.errors import UnreadableError
from index.formats import limits
from index.formats.limits import MAX_ARTICLE, LimitError
from index.formats.seed_file import CHUNK, Refused
from tests.support.seed_streams import seed_of


def test_the_kind_is_the_suffix_in_lower_case() -> None:
    assert [seed_of("", name).kind for name in ("a.TXT", "a.tar.gz", "a", ".hidden")] == [
        ".txt",
        ".gz",
        "",
        "",
    ]


def test_all_bytes_are_read() -> None:
    data = b"words " * CHUNK
    assert seed_of(data).read() == data


@pytest.mark.parametrize("data", ["", " \n\t"])
def test_an_empty_seed_is_refused(data: str) -> None:
    with pytest.raises(UnreadableError, match=r"^is empty$"):
        seed_of(data).read()


def test_a_seed_over_the_limit_is_refused_before_reading() -> None:
    seed = seed_of("words", size=MAX_ARTICLE + 1)
    with pytest.raises(UnreadableError, match=r"is 10\.0 MB; the limit for one article is 10 MB"):
        seed.read()
    assert seed.stream.tell() == 0


def test_a_seed_of_unknown_size_is_refused_once_it_exceeds_the_limit() -> None:
    seed = seed_of(b"x" * 3_000_001, size=None)
    with pytest.raises(UnreadableError, match="is over 3 MB; the limit for this kind of file"):
        seed.read(limit=3_000_000)


def test_a_file_is_sought_in_place_and_a_member_in_a_copy() -> None:
    seed = seed_of("words")
    with seed.seekable(9) as file:
        assert file is seed.stream
    member = seed.member("b.txt", io.BytesIO(b"words"), None)
    with member.seekable(9) as copy:
        assert copy is not member.stream
        assert (copy.seek(3), copy.read()) == (3, b"ds")


def test_copying_a_member_stops_at_the_limit() -> None:
    member = seed_of(b"x" * 9).member("b.pdf", io.BytesIO(b"x" * 200_000), None)
    with pytest.raises(UnreadableError, match="reduce its size"), member.seekable(100_000):
        pass


def test_names_of_members() -> None:
    archive = seed_of("", "x/a.zip")
    member = archive.member("y/b.txt.gz", io.BytesIO(b""), 3)
    assert (member.path, member.place, member.name) == (
        "x/a.zip", "x/a.zip#y/b.txt.gz", "b.txt.gz",
    )  # fmt: skip
    assert (member.depth, member.size, member.budget) == (1, 3, archive.budget)
    inner = member.decompressed("b.txt", io.BytesIO(b""))
    assert (inner.path, inner.place, inner.name) == ("x/a.zip", member.place, "b.txt")
    assert (inner.depth, inner.size) == (2, None)


def test_the_bytes_of_a_member_count_against_the_budget(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "RATIO_APPLIES_FROM", 1000)
    member = seed_of("x").member("b.txt", io.BytesIO(b"x" * 1001), None)
    with pytest.raises(LimitError):
        member.read()


class Failing(io.BytesIO):
    """Fails once its bytes are read."""

    def __init__(self, data: bytes, error: Exception) -> None:
        super().__init__(data)
        self.error = error

    def read1(self, size: int | None = -1, /) -> bytes:
        if data := super().read1(size):
            return data
        raise self.error


def test_data_before_an_error_is_read_and_the_error_is_raised_once() -> None:
    stream = seed_of("").member("b", Failing(b"words", OSError("bad block")), None).stream
    assert stream.read1() == b"words"
    with pytest.raises(OSError, match="bad block"):
        stream.read1()
    assert stream.read() == b""


def test_the_end_of_compressed_data_is_not_taken_for_the_end_of_the_file() -> None:
    member = seed_of("").member("b", Failing(b"words", EOFError()), None)
    with pytest.raises(UnreadableError, match="is cut short: its compressed data has no end"):
        member.read()


@pytest.mark.parametrize(
    ("error", "why", "permanent"),
    [
        (UnreadableError("is empty"), "is empty", True),
        (OSError(errno.EIO, "I/O error"), "cannot be read: I/O error", False),
        (OSError("not an image"), "cannot be read (OSError: not an image)", True),
        (MemoryError(), "cannot be read (MemoryError: MemoryError)", False),
        (ValueError("odd\nvalue"), "cannot be read (ValueError: odd)", True),
    ],
)
def test_errors_become_refusals(error: Exception, why: str, permanent: bool) -> None:
    assert Refused.because("a#1", error) == Refused("a#1", why, permanent)


def test_a_member_s_name_never_becomes_a_path(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    member = seed_of("").member("../b.pdf", io.BytesIO(b"words"), None)
    with member.seekable(None) as copy:
        copy.read()
    assert list(tmp_path.iterdir()) == []
    assert member.name == "b.pdf"

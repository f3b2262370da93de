"""Packed files are read as what they hold; cut, damaged and swollen ones are told apart."""

import bz2
import gzip
import lzma
from collections.abc import Callable

import pytest

from index.article import Article
from index.formats.containers import decompress
from index.formats.limits import DEPTH, MEMORY
from index.formats.seed_file import Refused

if decompress.sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

TEXT = "The keeper counted nine ships before noon and wrote them into his book."
LINES = "".join(f'{{"text": "{TEXT} {i}"}}\n' for i in range(100)).encode()
PACKERS: dict[str, Callable[[bytes], bytes]] = {
    "gz": gzip.compress,
    "bz2": bz2.compress,
    "xz": lzma.compress,
    "zst": zstd.compress,
}
each = pytest.mark.parametrize("suffix", PACKERS)


@each
def test_the_file_inside_is_known_by_the_packed_one_s_name(read, suffix: str) -> None:
    [article] = read(f"2025-10-28 a.md.{suffix}", PACKERS[suffix](f"# Ships\n\n{TEXT}".encode()))
    name = f"2025-10-28 a.md.{suffix}"
    assert (article.text, str(article.date)) == (f"Ships\n\n{TEXT}", "2025-10-28")
    assert (article.id, article.path, article.place) == (name, name, name)


@each
def test_lines_inside_are_counted(read, suffix: str) -> None:
    found = read(f"a.jsonl.{suffix}", PACKERS[suffix](LINES))
    assert [found[0].id, found[-1].id] == [f"a.jsonl.{suffix}#1", f"a.jsonl.{suffix}#100"]


@each
def test_several_packed_streams_in_a_row_are_one_file(read, suffix: str) -> None:
    pack = PACKERS[suffix]
    padded = pack(LINES) + pack(b'{"text": "last"}') + b"\0" * (8 if suffix != "zst" else 0)
    assert read(f"a.jsonl.{suffix}", padded)[-1].text == "last"


@each
def test_a_text_cut_short_is_refused_and_lines_are_read_as_far_as_they_are_whole(
    read, suffix: str
) -> None:
    packed = PACKERS[suffix](TEXT.encode())
    for at in (1, 3, len(packed) // 2, len(packed) - 1):
        [refused] = read(f"a.txt.{suffix}", packed[:at])
        assert isinstance(refused, Refused), at
    mixed = PACKERS[suffix](LINES) + PACKERS[suffix](LINES)[:-30]
    *articles, refused = read(f"a.jsonl.{suffix}", mixed)
    assert len(articles) >= 100
    assert all(isinstance(one, Article) for one in articles)
    assert refused == Refused(f"a.jsonl.{suffix}", "is cut short: what is packed in it has no end")


@each
def test_damage_is_refused(read, suffix: str) -> None:
    packed = bytearray(PACKERS[suffix](LINES))
    packed[len(packed) // 2] ^= 0xFF
    found = read(f"a.txt.{suffix}", bytes(packed))
    assert [type(one) for one in found] == [Refused]
    [refused] = read(f"a.txt.{suffix}", TEXT)
    assert refused.why.startswith("cannot be read (")


@each
def test_a_name_without_a_kind_is_known_by_its_first_bytes(read, suffix: str) -> None:
    pack = PACKERS[suffix]
    inner = b"WARC/1.0\r\n"
    for name in (f"a.{suffix}", "a"):
        [refused] = read(name, pack(pack(inner)))
        assert "cut short or damaged" in refused.why
        [refused] = read(name, pack(b"words"))
        assert refused.why.startswith("files of kind '' are not read")


@each
def test_a_bomb_is_refused_by_its_ratio(read, suffix: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("index.formats.limits.RATIO_APPLIES_FROM", 1_000_000)
    [refused] = read(f"a.jsonl.{suffix}", PACKERS[suffix](b"a" * 20_000_000))
    assert refused.place == f"a.jsonl.{suffix}"
    assert "unpacks to more than 200 times its 0.0 MB, like a bomb" in refused.why


def test_a_bomb_is_refused_by_its_size(read, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("index.formats.limits.MAX_UNPACKED", 1_000_000)
    monkeypatch.setattr("index.formats.limits.MAX_RATIO", 9_999_999)
    [refused] = read("a.jsonl.gz", gzip.compress(b"a" * 2_000_000))
    assert "unpacks to more than 0 GB" in refused.why


def test_a_file_packed_over_and_over_is_refused(read) -> None:
    data, name = TEXT.encode(), "a.txt"
    for _ in range(DEPTH):
        data, name = gzip.compress(data), f"{name}.gz"
    [article] = read(name, data)
    assert article.text == TEXT
    [refused] = read(f"{name}.gz", gzip.compress(data))
    assert refused.why == f"is packed more than {DEPTH} times over: unpack it yourself"


def test_a_packed_file_that_asks_for_much_memory_is_refused(read) -> None:
    filters = [{"id": lzma.FILTER_LZMA2, "preset": 0, "dict_size": 2 * MEMORY}]
    try:
        data = lzma.compress(TEXT.encode(), filters=filters)
    except MemoryError:
        pytest.skip("too little memory to make it")
    [refused] = read("a.txt.xz", data)
    assert "Memory usage limit exceeded" in refused.why

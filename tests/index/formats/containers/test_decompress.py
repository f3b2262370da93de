"""Compressed files are read as the file inside; truncated, damaged and huge ones are refused."""

import bz2
import gzip
import lzma
import sys
from collections.abc import Callable

import pytest

from index.article import Article
from index.formats.limits import MAX_DEPTH, MAX_XZ_MEMORY
from index.formats.seed_file import Refused
from tests.support.reading import Read

if sys.version_info >= (3, 14):
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
def test_the_inner_file_is_identified_by_the_outer_name(read: Read, suffix: str) -> None:
    [article] = read(f"2025-10-28 a.md.{suffix}", PACKERS[suffix](f"# Ships\n\n{TEXT}".encode()))
    name = f"2025-10-28 a.md.{suffix}"
    assert (article.text, str(article.date)) == (f"Ships\n\n{TEXT}", "2025-10-28")
    assert (article.id, article.path, article.place) == (name, name, name)


@each
def test_lines_of_a_compressed_jsonl_are_numbered(read: Read, suffix: str) -> None:
    items = read(f"a.jsonl.{suffix}", PACKERS[suffix](LINES))
    assert [items[0].id, items[-1].id] == [f"a.jsonl.{suffix}#1", f"a.jsonl.{suffix}#100"]


@each
def test_concatenated_streams_are_one_file(read: Read, suffix: str) -> None:
    pack = PACKERS[suffix]
    padded = pack(LINES) + pack(b'{"text": "last"}') + b"\0" * (8 if suffix != "zst" else 0)
    assert read(f"a.jsonl.{suffix}", padded)[-1].text == "last"


@each
def test_truncated_text_is_refused_and_complete_lines_before_a_cut_are_read(
    read: Read, suffix: str
) -> None:
    packed = PACKERS[suffix](TEXT.encode())
    for at in (1, 3, len(packed) // 2, len(packed) - 1):
        [refused] = read(f"a.txt.{suffix}", packed[:at])
        assert isinstance(refused, Refused), at
    mixed = PACKERS[suffix](LINES) + PACKERS[suffix](LINES)[:-30]
    *articles, refused = read(f"a.jsonl.{suffix}", mixed)
    assert len(articles) >= 100
    assert all(isinstance(item, Article) for item in articles)
    assert refused == Refused(f"a.jsonl.{suffix}", "is cut short: its compressed data has no end")


@each
def test_damage_is_refused(read: Read, suffix: str) -> None:
    packed = bytearray(PACKERS[suffix](LINES))
    packed[len(packed) // 2] ^= 0xFF
    items = read(f"a.txt.{suffix}", bytes(packed))
    assert [type(item) for item in items] == [Refused]
    [refused] = read(f"a.txt.{suffix}", TEXT)
    assert refused.why.startswith("cannot be read (")


@each
def test_a_file_without_suffix_is_recognised_by_its_first_bytes(read: Read, suffix: str) -> None:
    pack = PACKERS[suffix]
    inner = b"WARC/1.0\r\n"
    for name in (f"a.{suffix}", "a"):
        [refused] = read(name, pack(pack(inner)))
        assert "cut short or damaged" in refused.why
        [refused] = read(name, pack(b"words"))
        assert refused.why.startswith("files of kind '' are not read")


@each
def test_a_bomb_is_refused_by_its_ratio(
    read: Read, suffix: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("index.formats.limits.RATIO_APPLIES_FROM", 1_000_000)
    [refused] = read(f"a.jsonl.{suffix}", PACKERS[suffix](b"a" * 20_000_000))
    assert refused.place == f"a.jsonl.{suffix}"
    assert "unpacks to more than 200 times its 0.0 MB, like a zip bomb" in refused.why


def test_a_bomb_is_refused_by_its_size(read: Read, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("index.formats.limits.MAX_UNPACKED", 1_000_000)
    monkeypatch.setattr("index.formats.limits.MAX_RATIO", 9_999_999)
    [refused] = read("a.jsonl.gz", gzip.compress(b"a" * 2_000_000))
    assert "unpacks to more than 0 GB" in refused.why


def test_a_file_compressed_too_many_times_is_refused(read: Read) -> None:
    data, name = TEXT.encode(), "a.txt"
    for _ in range(MAX_DEPTH):
        data, name = gzip.compress(data), f"{name}.gz"
    [article] = read(name, data)
    assert article.text == TEXT
    [refused] = read(f"{name}.gz", gzip.compress(data))
    assert refused.why == f"is nested more than {MAX_DEPTH} archives deep: unpack it yourself"


def test_a_file_that_needs_too_much_memory_is_refused(read: Read) -> None:
    filters = [{"id": lzma.FILTER_LZMA2, "preset": 0, "dict_size": 2 * MAX_XZ_MEMORY}]
    try:
        data = lzma.compress(TEXT.encode(), filters=filters)
    except MemoryError:
        pytest.skip("too little memory to make it")
    [refused] = read("a.txt.xz", data)
    assert "Memory usage limit exceeded" in refused.why

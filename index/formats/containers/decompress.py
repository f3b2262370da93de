"""Files packed by themselves (.gz, .bz2, .xz, .zst) -> the one file inside, as a stream."""

import bz2
import gzip
import io
import lzma
import sys
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import PurePosixPath
from typing import Any, BinaryIO, Protocol

from index.formats.limits import MEMORY
from index.formats.seed_file import PIECE, Readable, Seed

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

REST = 1_000_000  # bytes
TAR = {".tgz", ".tbz2", ".txz", ".tzst"}


class Decompressor(Protocol):
    """What those of bz2, lzma and zstd have in common."""

    @property
    def eof(self) -> bool: ...
    @property
    def needs_input(self) -> bool: ...
    @property
    def unused_data(self) -> bytes: ...
    def decompress(self, data: bytes, max_length: int) -> bytes: ...


def _gunzip(source: BinaryIO) -> Readable:
    return gzip.GzipFile(fileobj=source)


def _unpack(make: Callable[[], Decompressor], source: BinaryIO) -> Readable:
    return io.BufferedReader(_Unpacked(source, make), PIECE)


OPENERS: dict[str, Callable[[BinaryIO], Readable]] = {
    "gz": _gunzip,
    "bz2": partial(_unpack, bz2.BZ2Decompressor),
    # without the limit a few bytes may ask for gigabytes; zstd has such a limit of its own
    "xz": partial(_unpack, partial(lzma.LZMADecompressor, lzma.FORMAT_XZ, MEMORY)),
    "zst": partial(_unpack, zstd.ZstdDecompressor),
}


def read_packed(packing: str, seed: Seed) -> Iterator[Seed]:
    """The file inside: "a.txt.gz" is read as "a.txt", "a.tgz" as "a.tar"."""
    name = PurePosixPath(seed.name)
    inner = name.stem + (".tar" if name.suffix.lower() in TAR else "")
    unpacked = seed.unpacked(inner, OPENERS[packing](seed.stream))
    yield unpacked
    for _ in range(REST // PIECE):  # a tar ends before its file; the checksum comes last
        if not unpacked.stream.read1(PIECE):
            break


class _Unpacked(io.RawIOBase):
    """Unpacks piece by piece; a file may be several packed streams in a row."""

    def __init__(self, source: BinaryIO, make: Callable[[], Decompressor]) -> None:
        self._source, self._make, self._now = source, make, make()

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        while True:
            data = b""
            if self._now.eof:
                # streams may be padded by zeros
                data = (self._now.unused_data or self._source.read(PIECE)).lstrip(b"\0")
                if not data:
                    return 0
                self._now = self._make()
            elif self._now.needs_input:
                data = self._source.read(PIECE)
                if not data:
                    raise EOFError("it ends before its end mark: cut short?")
            piece = self._now.decompress(data, len(buffer))
            if piece:
                buffer[: len(piece)] = piece
                return len(piece)

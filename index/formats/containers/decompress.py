"""Read compressed files (.gz, .bz2, .xz, .zst): the one file inside, as a stream."""

import bz2
import gzip
import io
import lzma
import sys
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import PurePosixPath
from typing import Any, BinaryIO, Protocol

from index.formats.limits import MAX_XZ_MEMORY
from index.formats.seed_file import CHUNK, Readable, Seed

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

PADDING = 1_000_000  # bytes to read after the end of a tar
TAR = {".tgz", ".tbz2", ".txz", ".tzst"}


class Decompressor(Protocol):
    """The common part of the decompressors of bz2, lzma and zstd."""

    @property
    def eof(self) -> bool:
        """Whether the end of the compressed stream was reached."""

    @property
    def needs_input(self) -> bool:
        """Whether `decompress` needs more compressed data."""

    @property
    def unused_data(self) -> bytes:
        """What follows the end of the compressed stream."""

    def decompress(self, data: bytes, max_length: int) -> bytes:
        """Return at most `max_length` bytes."""


def _gunzip(source: BinaryIO) -> Readable:
    return gzip.GzipFile(fileobj=source)


def _open(make: Callable[[], Decompressor], source: BinaryIO) -> Readable:
    return io.BufferedReader(_Decompressed(source, make), CHUNK)


OPENERS: dict[str, Callable[[BinaryIO], Readable]] = {
    "gz": _gunzip,
    "bz2": partial(_open, bz2.BZ2Decompressor),
    # without this limit a few bytes may demand gigabytes; zstd has a limit of its own
    "xz": partial(_open, partial(lzma.LZMADecompressor, lzma.FORMAT_XZ, MAX_XZ_MEMORY)),
    "zst": partial(_open, zstd.ZstdDecompressor),
}


def read_compressed(method: str, seed: Seed) -> Iterator[Seed]:
    """Yield the file inside: "a.txt.gz" is read as "a.txt", "a.tgz" as "a.tar"."""
    name = PurePosixPath(seed.name)
    inner_name = name.stem + (".tar" if name.suffix.lower() in TAR else "")
    inner = seed.decompressed(inner_name, OPENERS[method](seed.stream))
    yield inner
    for _ in range(PADDING // CHUNK):  # a tar ends before its file; the checksum comes last
        if not inner.stream.read1(CHUNK):
            break


class _Decompressed(io.RawIOBase):
    """Decompress piece by piece; a file may be several compressed streams in a row."""

    def __init__(self, source: BinaryIO, make: Callable[[], Decompressor]) -> None:
        self._source, self._make, self._decompressor = source, make, make()

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        while True:
            data = b""
            if self._decompressor.eof:
                # streams may be padded with zeros
                data = (self._decompressor.unused_data or self._source.read(CHUNK)).lstrip(b"\0")
                if not data:
                    return 0
                self._decompressor = self._make()
            elif self._decompressor.needs_input:
                data = self._source.read(CHUNK)
                if not data:
                    raise EOFError("compressed data ends before its end mark")
            piece = self._decompressor.decompress(data, len(buffer))
            if piece:
                buffer[: len(piece)] = piece
                return len(piece)

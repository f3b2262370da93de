"""Archives of files (.zip, .tar) -> their members, one at a time and as streams.

Nothing is unpacked to disk, but for a zip inside of another archive: a nameless copy that is gone
when it was read. A member's name is only ever a name: one that would lead outside is refused.
"""

import io
import re
import stat
import tarfile
import zipfile
from collections.abc import Iterator
from tarfile import EOFHeaderError, HeaderError  # type: ignore[attr-defined]
from typing import BinaryIO, cast

from index.errors import UnreadableError
from index.formats.limits import DIRECTORY, HEADER, NESTED
from index.formats.seed_file import PIECE, Readable, Refused, Seed

LONGEST_NAME = 1000  # characters
OUTSIDE = re.compile(r"[/\\]|[A-Za-z]:|(.*[/\\])?\.\.([/\\]|$)", re.DOTALL)
METHODS = {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}  # others cannot be unpacked bit by bit
LINK = "is a link, which is not followed"

Members = Iterator[Seed | Refused]


def read_zip(seed: Seed) -> Members:
    with (
        seed.on_disk(NESTED) as file,
        zipfile.ZipFile(_Guarded(file, DIRECTORY)) as packed,
    ):
        members = packed.infolist()
        seed.budget.count_members(len(members))
        seed.budget.expect(sum(member.file_size for member in members))
        for member in members:
            if not member.is_dir():
                yield from _zip_member(seed, packed, member)


def _zip_member(seed: Seed, packed: zipfile.ZipFile, member: zipfile.ZipInfo) -> Members:
    try:
        if name := _checked(member.filename):
            if stat.S_ISLNK(member.external_attr >> 16):
                raise UnreadableError(LINK)
            if member.flag_bits & 1:
                raise UnreadableError("is encrypted: unpack it and put it into the seeds folder")
            if member.compress_type not in METHODS:
                raise UnreadableError(
                    f"is packed by method {member.compress_type}; only 0 (stored) and 8 (deflate) "
                    "are read in a .zip"
                )
            with packed.open(member) as stream:
                yield seed.member(name, cast(Readable, stream), member.file_size)
    except UnreadableError as error:
        yield _refused(seed, member.filename, error)


def read_tar(seed: Seed) -> Members:
    with tarfile.TarFile(fileobj=_Guarded(seed.stream, HEADER), tarinfo=_Header) as packed:
        while (member := packed.next()) is not None:
            # or it would keep what it knows of all of them
            packed.members.clear()  # type: ignore[attr-defined]
            seed.budget.count_members()
            if not member.isdir():
                yield from _tar_member(seed, packed, member)


def _tar_member(seed: Seed, packed: tarfile.TarFile, member: tarfile.TarInfo) -> Members:
    try:
        if name := _checked(member.name):
            if member.issym() or member.islnk():
                raise UnreadableError(LINK)
            stream = packed.extractfile(member) if member.isreg() else None
            if stream is None:
                raise UnreadableError("is not an ordinary file")
            with stream:
                yield seed.member(name, cast(Readable, stream), member.size)
    except UnreadableError as error:
        yield _refused(seed, member.name, error)


def _checked(name: str) -> str | None:
    """A member's name as the archive knows it; None for a hidden file, as in the seeds folder."""
    if name.encode(errors="replace").decode() != name:
        raise UnreadableError("its name is not UTF-8: rename it")
    if len(name) > LONGEST_NAME:
        raise UnreadableError(f"its name has {len(name)} characters, {LONGEST_NAME} at most")
    if OUTSIDE.match(name):
        raise UnreadableError("its name leads outside of the archive: rename it")
    parts = [part for part in name.split("/") if part not in ("", ".")]
    if any(part.startswith(".") for part in parts):
        return None
    return "/".join(parts)


def _refused(seed: Seed, name: str, error: UnreadableError) -> Refused:
    shown = name[:LONGEST_NAME].encode(errors="backslashreplace").decode()
    return Refused(f"{seed.place}#{shown}", str(error))


class _Header(tarfile.TarInfo):
    """A header that is broken or missing is an error; tarfile would take it for the end."""

    @classmethod
    def fromtarfile(cls, tarfile: "tarfile.TarFile") -> "_Header":
        try:
            return super().fromtarfile(tarfile)
        except EOFHeaderError:
            raise
        except HeaderError as error:
            raise UnreadableError(f"is damaged or cut short ({error})") from None


class _Guarded(io.RawIOBase):
    """A stream for zipfile and tarfile, who trust the sizes that they find in an archive.

    No single read of more than `most` bytes; seeking forward reads on, which any stream can.
    """

    def __init__(self, source: BinaryIO, most: int) -> None:
        self._source, self._most, self._at = source, most, 0

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def read(self, size: int = -1) -> bytes:
        most = self._most + 1
        data = self._source.read(most if size < 0 else min(size, most))
        if len(data) == most:
            raise UnreadableError(f"has a directory or header of over {self._most / 1e6:.0f} MB")
        self._at += len(data)
        return data

    def tell(self) -> int:
        return self._at

    def seek(self, offset: int, whence: int = 0) -> int:
        far = offset > self._at + PIECE and self._source.seekable()
        if whence or far or offset < self._at:
            self._at = self._source.seek(offset, whence)
        while self._at < offset and (data := self._source.read(min(PIECE, offset - self._at))):
            self._at += len(data)
        return self._at

"""Read archives (.zip, .tar): their members, one at a time and as streams.

Nothing is unpacked to disk, except a zip inside another archive: to an unnamed file that is gone
once it is read. A member's name is only a name; one that would lead outside is refused.
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
from index.formats.limits import MAX_HEADER, MAX_NESTED_ZIP, MAX_ZIP_DIRECTORY
from index.formats.seed_file import CHUNK, Readable, Refused, Seed
from index.text.control import CONTROL

from .member_names import tar_name, zip_names

MAX_NAME = 1000  # characters
OUTSIDE = re.compile(r"[/\\]|[A-Za-z]:|(.*[/\\])?\.\.([/\\]|$)", re.DOTALL)
METHODS = {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}  # others cannot be decompressed in small steps
LINK = "is a link, which is not followed"

Members = Iterator[Seed | Refused]


def read_zip(seed: Seed) -> Members:
    """Yield the members of a zip; a damaged directory or an exceeded limit raises."""
    with (
        seed.seekable(MAX_NESTED_ZIP) as file,
        open_zip(file) as archive,
    ):
        members = archive.infolist()
        seed.budget.count_members(len(members))
        seed.budget.check_declared(sum(member.file_size for member in members))
        for member, name in zip(members, zip_names(members), strict=True):
            if not member.is_dir():
                yield from _zip_member(seed, archive, member, name)


def open_zip(file: BinaryIO) -> zipfile.ZipFile:
    """Open a zip whose directory is not larger than MAX_ZIP_DIRECTORY."""
    return zipfile.ZipFile(_Guarded(file, MAX_ZIP_DIRECTORY))


def _zip_member(
    seed: Seed, archive: zipfile.ZipFile, member: zipfile.ZipInfo, stated: str
) -> Members:
    try:
        if name := _checked(stated):
            if stat.S_ISLNK(member.external_attr >> 16):
                raise UnreadableError(LINK)
            if member.flag_bits & 1:
                raise UnreadableError("is encrypted: unpack it and put it into the seeds folder")
            if member.compress_type not in METHODS:
                raise UnreadableError(
                    f"is compressed by method {member.compress_type}; only 0 (stored) and "
                    "8 (deflate) are read in a .zip"
                )
            with archive.open(member) as stream:
                yield seed.member(name, cast(Readable, stream), member.file_size)
    except UnreadableError as error:
        yield _refused(seed, stated, error)


def read_tar(seed: Seed) -> Members:
    """Yield the members of an uncompressed tar; damage or an exceeded limit raises."""
    guarded = _Guarded(seed.stream, MAX_HEADER)
    with tarfile.TarFile(fileobj=guarded, tarinfo=_StrictHeader) as archive:
        while (member := archive.next()) is not None:
            # it would otherwise keep every header in memory
            archive.members.clear()  # type: ignore[attr-defined]
            seed.budget.count_members()
            if not member.isdir():
                yield from _tar_member(seed, archive, member)


def _tar_member(seed: Seed, archive: tarfile.TarFile, member: tarfile.TarInfo) -> Members:
    try:
        if name := _checked(tar_name(member.name)):
            if member.issym() or member.islnk():
                raise UnreadableError(LINK)
            stream = archive.extractfile(member) if member.isreg() else None
            if stream is None:
                raise UnreadableError("is not a regular file")
            with stream:
                yield seed.member(name, cast(Readable, stream), member.size)
    except UnreadableError as error:
        yield _refused(seed, tar_name(member.name), error)


def _checked(name: str) -> str | None:
    """Normalise a member's name; None for a hidden file, as in the seeds folder.

    Raises:
        UnreadableError: The name is not UTF-8, has control characters, is too long or leads outside
            the archive.
    """
    if name.encode(errors="replace").decode() != name:
        raise UnreadableError("its name is not UTF-8: rename it")
    if CONTROL.search(name):
        raise UnreadableError("its name has control characters: rename it")
    if len(name) > MAX_NAME:
        raise UnreadableError(f"its name has {len(name)} characters; the limit is {MAX_NAME}")
    if OUTSIDE.match(name):
        raise UnreadableError("its name leads outside the archive: rename it")
    components = [part for part in name.split("/") if part not in ("", ".")]
    if any(component.startswith(".") for component in components):
        return None
    return "/".join(components)


def _refused(seed: Seed, name: str, error: UnreadableError) -> Refused:
    printable = name[:MAX_NAME].encode(errors="backslashreplace").decode()
    printable = CONTROL.sub(lambda found: ascii(found[0])[1:-1], printable)
    return Refused(f"{seed.place}#{printable}", str(error))


class _StrictHeader(tarfile.TarInfo):
    """Raises for a broken or missing header; tarfile would take it for the end of the archive."""

    @classmethod
    def fromtarfile(cls, tarfile: "tarfile.TarFile") -> "_StrictHeader":
        try:
            return super().fromtarfile(tarfile)
        except EOFHeaderError:
            raise
        except HeaderError as error:
            raise UnreadableError(f"is damaged or cut short ({error})") from None


class _Guarded(io.RawIOBase):
    """A stream for zipfile and tarfile, which trust the sizes that an archive declares.

    No single read returns more than `limit` bytes. Seeking forward reads on, which any stream can.
    """

    def __init__(self, source: BinaryIO, limit: int) -> None:
        self._source, self._limit, self._at = source, limit, 0

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def read(self, size: int = -1) -> bytes:
        most = self._limit + 1
        data = self._source.read(most if size < 0 else min(size, most))
        if len(data) == most:
            raise UnreadableError(f"has a directory or header of over {self._limit / 1e6:.0f} MB")
        self._at += len(data)
        return data

    def tell(self) -> int:
        return self._at

    def seek(self, offset: int, whence: int = 0) -> int:
        far = offset > self._at + CHUNK and self._source.seekable()
        if whence or far or offset < self._at:
            self._at = self._source.seek(offset, whence)
        while self._at < offset and (data := self._source.read(min(CHUNK, offset - self._at))):
            self._at += len(data)
        return self._at

"""The members of a document that is a zip (EPUB, OpenDocument), by name and within limits."""

import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager

from index.errors import UnreadableError
from index.formats.limits import MAX_ARTICLE, MAX_NESTED_ZIP
from index.formats.seed_file import CHUNK, Seed

from .archives import METHODS, open_zip


class Package:
    """An open package; what is read of it counts against the budget of its seed."""

    def __init__(self, seed: Seed, archive: zipfile.ZipFile) -> None:
        self._seed, self._archive = seed, archive
        self._members = {member.filename: member for member in archive.infolist()}
        seed.budget.count_members(len(self._members))

    def __contains__(self, name: str) -> bool:
        return name in self._members

    def read(self, name: str, limit: int = MAX_ARTICLE) -> bytes:
        """Return the bytes of a member.

        Raises:
            UnreadableError: There is no such member, it is encrypted, damaged or over `limit`.
        """
        member = self._members.get(name)
        if member is None:
            raise UnreadableError(f"is damaged: it lacks its part '{name[:100]}'")
        if member.flag_bits & 1:
            raise UnreadableError("is encrypted and needs a password: save it without one")
        if member.compress_type not in METHODS:
            raise UnreadableError("is compressed in an unusual way: save it again")
        data = bytearray()
        try:
            with self._archive.open(member) as stream:
                while piece := stream.read(CHUNK):
                    self._seed.budget.spend(len(piece))
                    data += piece
                    if len(data) > limit:
                        raise UnreadableError(
                            f"has a part of over {limit // 1_000_000} MB of markup: split it"
                        )
        except (zipfile.BadZipFile, zlib.error, EOFError) as error:
            raise UnreadableError(f"has a damaged part '{name[:100]}' ({error})") from None
        return bytes(data)


@contextmanager
def open_package(seed: Seed) -> Iterator[Package]:
    """Open the zip that a document is.

    Raises:
        UnreadableError: It is empty or no zip.
    """
    with seed.seekable(MAX_NESTED_ZIP if seed.depth else None) as file:
        try:
            archive = open_zip(file)
        except zipfile.BadZipFile as error:
            raise UnreadableError(f"is damaged or of another kind ({error})") from None
        with archive:
            yield Package(seed, archive)

"""Read a packed web archive (.wacz): a zip whose folder `archive` holds web archives (.warc).

Its other members are derived from those: indexes, a list of pages with their text, checksums.
"""

from collections.abc import Iterator
from pathlib import PurePosixPath

from index.errors import UnreadableError
from index.formats.containers.archives import read_zip
from index.formats.seed_file import Refused, Seed

FOLDER = "archive"
KINDS = (".warc", ".warc.gz")


def read_wacz(seed: Seed) -> Iterator[Seed | Refused]:
    """Yield its web archives, and refuse those that cannot be unpacked.

    Raises:
        UnreadableError: It is not a zip, or it holds no web archive.
    """
    found = False
    for member in read_zip(seed):
        name = PurePosixPath(member.place.removeprefix(f"{seed.place}#"))
        if name.parts[:1] == (FOLDER,) and name.name.lower().endswith(KINDS):
            found = True
            yield member
    if not found:
        raise UnreadableError(f"holds no web archive: there is no .warc in its folder '{FOLDER}'")

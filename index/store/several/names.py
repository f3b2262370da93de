"""What several archives are called: people read the names, and the ids of articles start with them.

An article's id is unique only inside its archive. Where several are open it is NAME:ID, one string
that names an article everywhere: in citations, filters, tables and on the command line.
"""

import os
import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

from index.errors import ArchiveError

Where = str | os.PathLike[str]
SEPARATOR = ":"
NAME = re.compile(r"\w[\w.-]{0,39}")
GIVEN = re.compile(r"(\w[\w.-]*)=(.+)", re.DOTALL)
MAX_ARCHIVES = 32


def named(places: Sequence[Where] | Mapping[str, Where]) -> dict[str, Where]:
    """Return the places of several archives by their names, in order.

    A place may be "NAME=WHERE". Otherwise an archive is called as its folder, or as the folder
    around one that is hidden, such as ".index"; in a database as its address says.

    >>> named(["news/.index", "old=/data/1", "postgresql://host/db?archive=wire"])
    {'news': 'news/.index', 'old': '/data/1', 'wire': 'postgresql://host/db?archive=wire'}

    Raises:
        ArchiveError: There are too many, one has a name that cannot be, or two have the same.
    """
    pairs = list(places.items()) if isinstance(places, Mapping) else [_named(p) for p in places]
    if not 0 < len(pairs) <= MAX_ARCHIVES:
        raise ArchiveError(f"{len(pairs)} archives cannot be asked: 1 to {MAX_ARCHIVES} can")
    found: dict[str, Where] = {}
    for name, where in pairs:
        if not NAME.fullmatch(name):
            raise ArchiveError(
                f"'{name[:80]}' cannot be the name of an archive: use at most 40 letters, digits, "
                "'.', '_' and '-', as in  --index NAME=WHERE"
            )
        if name in found:
            raise ArchiveError(
                f"two archives are called '{name}': name one with  --index NAME=WHERE"
            )
        found[name] = where
    return found


def _named(place: Where) -> tuple[str, Where]:
    text = os.fspath(place)
    given = GIVEN.fullmatch(text)
    if given and not Path(text).exists():  # else it is a folder of that name
        return given[1], given[2]
    return _name_of(text), place


def _name_of(text: str) -> str:
    if "://" in text:
        try:
            address = urlsplit(text)
        except ValueError:  # whoever opens it says what is wrong, without a password
            return "database"
        archives = parse_qs(address.query).get("archive")
        name = archives[-1] if archives else address.path.strip("/") or "database"
    else:
        folder = Path(text).absolute()
        name = folder.name
        if name.startswith("."):
            name = folder.parent.name or name
    return re.sub(r"[^\w.-]+", "-", name).lstrip("-.")[:40] or "archive"


def joined(name: str, identity: str) -> str:
    """Return the id of an article among several archives."""
    return f"{name}{SEPARATOR}{identity}"


def parted(identity: str) -> tuple[str, str]:
    """Return what may be the archive's name in an id, "" if there is none, and the rest.

    >>> parted("news:a.txt"), parted("a.txt")
    (('news', 'a.txt'), ('', 'a.txt'))
    """
    name, separator, rest = identity.partition(SEPARATOR)
    return (name, rest) if separator else ("", identity)

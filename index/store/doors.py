"""The doors of the store: open an index, or begin a build of it, whatever backend holds it.

Only this module knows which backend a place means: a folder (SQLite and FAISS), or the address of
a PostgreSQL database. An address never goes through `Path`, which would take "//" for "/".
"""

import os
import sys
from collections.abc import Mapping, Sequence
from contextlib import AbstractContextManager
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from index.errors import ArchiveError, NoIndexError, requires_extra

from .base.protocol import Store, Writer
from .several.names import named
from .several.store import SeveralStore
from .sqlite.connection import remove_index
from .sqlite.store import SqliteStore
from .sqlite.writer import begin_build as begin_sqlite_build

if TYPE_CHECKING:
    from .postgres.address import Address

Where = str | os.PathLike[str]
EARLIER = "earlier"  # the folder inside an index, or the end of an archive's name
SCHEMES = ("postgresql", "postgres")


def open_store(where: Where) -> Store:
    """Open the index at `where` for reading.

    Raises:
        ArchiveError: There is no index, it was never finished, or `where` is no folder.
        StorageError: The index is damaged or cannot be read.
    """
    store = find_store(where)
    _ = store.settings  # fails here rather than at the first question
    return store


def open_stores(places: Where | Sequence[Where] | Mapping[str, Where]) -> Store:
    """Open an index, or several together: by their names, or as "NAME=WHERE".

    Several are open if one of them is; their snapshots say which are not.

    Raises:
        ArchiveError: Not one of them can be opened, or two have one name or one place.
        StorageError: As `open_store`.
    """
    if isinstance(places, str | os.PathLike):
        return open_store(places)
    if not isinstance(places, Mapping) and len(places) == 1:
        return open_store(places[0])
    found = named(places)
    spelled = [resolve(where) for where in found.values()]
    if twice := {where for where in spelled if spelled.count(where) > 1}:
        one, other = [n for n, where in zip(found, spelled, strict=True) if where in twice][:2]
        raise ArchiveError(f"'{one}' and '{other}' are one archive: name it once")
    store = SeveralStore({name: find_store(where) for name, where in found.items()})
    _ = store.settings
    return store


def find_store(where: Where) -> Store:
    """Return the store at `where` without opening it: `problems` and `repair` take damaged ones."""
    if address := _address(where):
        from .postgres.store import PostgresStore

        return PostgresStore(address)
    return SqliteStore(Path(where))


def begin_build(where: Where) -> AbstractContextManager[Writer]:
    """Lock the index at `where` and open it for one build; it is created if it is not there.

    Leave by the writer's `publish` or `keep`; otherwise nothing of the build is stored.

    Raises:
        ArchiveError: Another build of the index is under way.
        StorageError: The index is damaged or cannot be written.
    """
    if address := _address(where):
        from .postgres.writer import begin_build as begin_postgres_build

        return begin_postgres_build(address)
    return begin_sqlite_build(Path(where))


def folder_of(where: Where) -> Path | None:
    """Return the folder of an index, or None for one in a database."""
    return None if _address(where) else Path(where)


def earlier_texts(where: Where) -> Where:
    """Return the place of the index of earlier texts that belongs to the index at `where`.

    Raises:
        NoIndexError: The name of an archive in a database is too long for another one beside it.
    """
    address = _address(where)
    place = address.beside(EARLIER) if address else Path(where) / EARLIER
    if address and place is None:
        raise NoIndexError(
            f"the name of the archive '{address.archive}' has more than {63 - len(EARLIER) - 1} "
            "characters, so that none can be beside it for earlier texts: keep none, or build the "
            "archive under a shorter name"
        )
    assert place is not None
    return place


def find_earlier_texts(where: Where) -> Store | None:
    """Return the index of earlier texts that belongs to the index at `where`, or None.

    Raises:
        ArchiveError: It is of another version, or its database refuses us.
        StorageError: It is damaged or cannot be read.
    """
    try:
        return open_store(earlier_texts(where))
    except NoIndexError:
        return None


def remove_earlier_texts(where: Where) -> None:
    """Remove the index of earlier texts, however damaged: it follows from the log.

    Raises:
        ArchiveError: A build of it is under way.
        StorageError: It cannot be removed.
    """
    place = earlier_texts(where)
    if address := _address(place):
        from .postgres.schema import remove_archive

        remove_archive(address)
    else:
        remove_index(Path(place))


def hosts_of(where: Where) -> tuple[str, ...]:
    """Return the hosts that an index's address names; they alone may be connected to."""
    address = _address(where)
    return address.hosts() if address else ()


def resolve(where: Where) -> str:
    """Return the one spelling of a place: a relative folder becomes absolute, links are followed.

    An address comes back as it is, with a password that it may hold.

    Raises:
        ArchiveError: `where` is neither a folder nor an address that is supported.
    """
    folder = folder_of(where)
    return str(where) if folder is None else str(folder.resolve())


def _address(where: Where) -> "Address | None":
    """Return the address of a database, or None for a folder."""
    scheme, separator, _ = str(where).partition("://")
    if not (separator and scheme.isalnum()):
        return None
    if scheme not in SCHEMES:
        # only the scheme is repeated: an address may hold a password
        raise ArchiveError(
            f"an index at a '{scheme}://' address is not supported: name a folder or a "
            "postgresql:// address with --index"
        )
    with requires_extra("postgres"):
        from .postgres import connection  # noqa: F401  # all that the extra installs
        from .postgres.address import Address
    address = Address.parse(str(where))
    if address.has_secret and any(str(where) in argument for argument in sys.argv[1:]):
        _warn_of_password()
    return address


@cache  # once
def _warn_of_password() -> None:
    print(
        "warning: other users of this machine can read the password in the command line: put it "
        "into ~/.pgpass or PGPASSWORD",
        file=sys.stderr,
    )

"""What the holder of a token may do; each role may do all that the ones before it may."""

from enum import IntEnum

from index.errors import ArchiveError


class Role(IntEnum):
    """A role, comparable: `Role.ASK < Role.ADD < Role.ADMIN`."""

    ASK = 1  # ask, search, read
    ADD = 2  # also add files, rebuild, and change the standing questions
    ADMIN = 3  # also see the tokens and the audit log

    @classmethod
    def of(cls, name: str) -> "Role":
        """Return the role of this name.

        Raises:
            ArchiveError: There is none.

        >>> Role.of("add").word
        'add'
        """
        found = {role.word: role for role in cls}.get(name)
        if found is None:
            raise ArchiveError(f"there is no role '{name[:40]}': choose ask, add or admin")
        return found

    @property
    def word(self) -> str:
        """The name as people write it."""
        return self.name.lower()

"""What a run of `archive-qa fetch` is told, and what it calls itself."""

import datetime
import re
from dataclasses import dataclass
from fnmatch import fnmatchcase
from importlib.metadata import PackageNotFoundError, version

from index.errors import ArchiveError

PRODUCT = "archive-qa"  # the name that robots.txt may address
HOME = "https://github.com/archive-qa/archive-qa"
CONTACT = re.compile(r"[!-'*-~]{3,200}")  # printable ASCII without blanks and parentheses


@dataclass(frozen=True, slots=True)
class Settings:
    """The options of a run."""

    since: datetime.date | None = None  # leave out pages that are known to be older
    limit: int | None = None  # pages to ask for in this run
    match: str = "*"  # a glob that pages' addresses match
    rate: float = 1.0  # seconds between two requests to one host
    refresh: bool = False  # ask again for what was fetched before
    allow_private: bool = False  # connect to private addresses, too
    contact: str | None = None  # whom a site's owner may write to

    def __post_init__(self) -> None:
        if self.limit is not None and self.limit < 1:
            raise ArchiveError(f"--limit must be at least 1, not {self.limit}")
        if not 0 <= self.rate <= 3600:
            raise ArchiveError(f"--rate must be 0 to 3600 seconds, not {self.rate:g}")
        if self.contact is not None and not CONTACT.fullmatch(self.contact):
            raise ArchiveError(
                "--contact must be an address of the web or of mail without spaces, not "
                f"'{self.contact}'"
            )

    @property
    def user_agent(self) -> str:
        """Who asks: the program, its page, and the person who runs it if stated."""
        about = f"+{HOME}; {self.contact}" if self.contact else f"+{HOME}"
        return f"{PRODUCT}/{_version()} ({about})"

    @property
    def selection(self) -> str:
        """The options that decide which entries of a list are wanted, as a key."""
        return f"{self.since or ''} {self.match}"

    def matches(self, address: str) -> bool:
        """Whether the glob matches an address."""
        return fnmatchcase(address, self.match)


def _version() -> str:
    try:
        return version(PRODUCT)
    except PackageNotFoundError:  # run from its source folder
        return "dev"

"""What a site's robots.txt says, by RFC 9309.

A site without one (any 4xx) allows everything; one whose robots.txt cannot be read allows nothing
for now.
"""

from protego import Protego

from .failures import UnavailableError
from .response import Response
from .settings import PRODUCT

MAX_BYTES = 500_000  # what follows is not read, as the RFC suggests
MAX_RULES = 5_000_000  # lines times groups, which is what parsing costs
MAX_DELAY = 300  # seconds between two pages; a site that asks for more is left out


class Rules:
    """The rules of one origin for this program."""

    def __init__(self, text: str = "") -> None:
        """Parse a robots.txt.

        Raises:
            UnavailableError: It is made to be slow to parse.
        """
        if len(text.splitlines()) * text.lower().count("agent") > MAX_RULES:
            raise UnavailableError("has a robots.txt with too many rules")
        self._rules = Protego.parse(text)
        self.sitemaps = tuple(self._rules.sitemaps)
        delay = float(self._rules.crawl_delay(PRODUCT) or 0)
        if stated := self._rules.request_rate(PRODUCT):
            delay = max(delay, stated.seconds / max(stated.requests, 1))
        self.delay = max(delay, 0.0)  # seconds between two requests

    @classmethod
    def of(cls, response: Response) -> "Rules":
        """Return the rules that a response to /robots.txt stands for.

        Raises:
            UnavailableError: The server failed, so that nothing is allowed for now.
        """
        if 400 <= response.status < 500:
            return cls()
        if response.status != 200:
            raise UnavailableError(f"has a robots.txt that answered {response.status}")
        return cls(response.content(MAX_BYTES).decode("utf-8-sig", errors="replace"))

    def allow(self, address: str) -> bool:
        """Whether an address may be fetched."""
        return self._rules.can_fetch(address, PRODUCT)

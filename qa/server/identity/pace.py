"""How often something may happen for each address: a burst, then once in so many seconds."""

import ipaddress
import math
import time
from collections import OrderedDict
from collections.abc import Callable

MAX_ADDRESSES = 10_000  # that are remembered; the ones longest without an event are forgotten


class Pace:
    """A limit for each address, in bounded memory; one address never slows another down.

    The generic cell rate algorithm: for each address, the time at which all that it did would have
    happened at the slow rate.
    """

    def __init__(
        self, burst: int, seconds: float, clock: Callable[[], float] = time.monotonic
    ) -> None:
        """Allow `burst` events at once, and one more each `seconds`."""
        self._burst, self._seconds, self._clock = burst, seconds, clock
        self._paid: OrderedDict[str, float] = OrderedDict()

    def wait(self, address: str) -> int:
        """Return in how many seconds the next event of this address may be, 0 for now."""
        paid = self._paid.get(network(address), 0.0)
        return max(0, math.ceil(paid - (self._burst - 1) * self._seconds - self._clock()))

    def count(self, address: str) -> None:
        """Count an event of this address."""
        key = network(address)
        self._paid[key] = max(self._paid.pop(key, 0.0), self._clock()) + self._seconds
        if len(self._paid) > MAX_ADDRESSES:
            self._paid.popitem(last=False)


def network(address: str) -> str:
    """Return what one household or machine can choose addresses from: of IPv6, the /64.

    >>> network("192.0.2.7"), network("::ffff:192.0.2.7"), network("2001:db8:1:2:3::4")
    ('192.0.2.7', '192.0.2.7', '2001:db8:1:2::/64')
    """
    try:
        found = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:  # a Unix socket, or a proxy's mistake
        return address[:64]
    if isinstance(found, ipaddress.IPv4Address):
        return str(found)
    if found.ipv4_mapped:
        return str(found.ipv4_mapped)
    return str(ipaddress.ip_network((int(found) >> 64 << 64, 64)))

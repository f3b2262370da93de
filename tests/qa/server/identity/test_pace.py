"""A limit for each address, in bounded memory."""

from qa.server.identity import pace as module
from qa.server.identity.pace import Pace


class Clock:
    """A clock that tests set."""

    now = 1000.0

    def __call__(self) -> float:
        return self.now


def test_after_a_burst_it_goes_on_slowly() -> None:
    clock = Clock()
    pace = Pace(3, 30, clock)
    for _ in range(3):
        assert pace.wait("192.0.2.1") == 0
        pace.count("192.0.2.1")
    assert pace.wait("192.0.2.1") == 30
    clock.now += 29.5
    assert pace.wait("192.0.2.1") == 1
    clock.now += 0.5
    assert pace.wait("192.0.2.1") == 0
    pace.count("192.0.2.1")
    assert pace.wait("192.0.2.1") == 30
    clock.now += 1000
    for _ in range(3):  # all is forgotten
        assert pace.wait("192.0.2.1") == 0
        pace.count("192.0.2.1")


def test_one_address_never_slows_another_down() -> None:
    pace = Pace(1, 60, Clock())
    pace.count("192.0.2.1")
    pace.count("2001:db8::1")
    assert pace.wait("192.0.2.1") == 60
    assert pace.wait("192.0.2.2") == 0
    assert pace.wait("2001:db8::2") == 60  # of the same network
    assert pace.wait("2001:db8:0:1::1") == 0
    assert pace.wait("::ffff:192.0.2.1") == 60
    assert pace.wait("not an address") == pace.wait("") == 0


def test_it_remembers_a_bounded_number() -> None:
    pace = Pace(1, 60, Clock())
    for number in range(module.MAX_ADDRESSES + 5):
        pace.count(f"10.{number >> 16}.{number >> 8 & 255}.{number & 255}")
    assert len(pace._paid) == module.MAX_ADDRESSES
    assert pace.wait("10.0.0.0") == 0  # the oldest is forgotten first

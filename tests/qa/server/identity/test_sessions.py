"""Sessions: new ids, ends, and no more than so many."""

from qa.server.identity.sessions import MAX_AGE, MAX_IDLE, MAX_SESSIONS, Holder, Sessions

ANNA, BOB = Holder(user="anna"), Holder(token="abcdefgh")


class Clock:
    """A clock that tests set."""

    now = 5.0

    def __call__(self) -> float:
        return self.now


def test_a_session_is_its_holder_s_until_it_is_ended() -> None:
    sessions = Sessions()
    first, second = sessions.start(ANNA), sessions.start(ANNA)
    assert first != second
    assert len(first) == 43
    assert sessions.holder(first) == ANNA
    sessions.end(first)
    assert sessions.holder(first) is None
    assert sessions.runs(second)
    sessions.end("unknown")


def test_an_id_that_somebody_brings_along_is_never_taken_up() -> None:
    sessions = Sessions()
    for brought in ("", "x" * 43, "é" * 50):
        assert sessions.holder(brought) is None
        assert not sessions.runs(brought)
    assert sessions.start(ANNA) != "x" * 43
    assert "anna" not in str([*sessions._sessions])  # ids are kept as digests


def test_it_ends_when_it_is_idle_or_old() -> None:
    clock = Clock()
    sessions = Sessions(clock)
    idle, used = sessions.start(ANNA), sessions.start(BOB)
    steps = int(MAX_AGE / MAX_IDLE * 2) - 1
    for _ in range(steps):
        clock.now += MAX_IDLE / 2
        assert sessions.runs(used)
        assert sessions.holder(used) == BOB
    assert sessions.holder(idle) is None
    clock.now += MAX_IDLE / 2
    assert sessions.holder(used) is None
    sessions.start(ANNA)
    assert len(sessions._sessions) == 1  # the others are forgotten


def test_the_one_used_least_lately_makes_room() -> None:
    clock = Clock()
    sessions = Sessions(clock)
    other = sessions.start(BOB)
    own = []
    for _ in range(MAX_SESSIONS):
        clock.now += 1
        own.append(sessions.start(ANNA))
    clock.now += 1
    sessions.holder(own[0])
    sessions.start(ANNA)
    assert sessions.holder(own[0]) == ANNA
    assert sessions.holder(own[1]) is None
    assert sessions.holder(own[2]) == ANNA
    assert sessions.holder(other) == BOB

"""The sessions of people who signed in on the page: in memory, and gone with the process.

A session's id is 256 random bits that only this process makes, at each sign-in anew: an id that
somebody brings along is never taken up. Only digests are kept, as of tokens.
"""

import hashlib
import secrets
import time
from collections.abc import Callable
from dataclasses import dataclass

MAX_IDLE, MAX_AGE = 12 * 3600.0, 7 * 86_400.0  # seconds
MAX_SESSIONS = 20  # of one holder; the one that was used least lately ends


@dataclass(frozen=True, slots=True)
class Holder:
    """Whose session it is: a token's id, or else a user's name."""

    token: str = ""
    user: str = ""


@dataclass(slots=True)
class Session:
    """When a session began and was last used, in seconds of the clock."""

    holder: Holder
    began: float
    used: float


class Sessions:
    """All sessions of a server; at most `MAX_SESSIONS` for each token or user."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._sessions: dict[bytes, Session] = {}  # by the digest of the id

    def start(self, holder: Holder) -> str:
        """Begin a session; return its id, for a cookie."""
        now = self._clock()
        self._sessions = {k: one for k, one in self._sessions.items() if _alive(one, now)}
        own = [k for k, one in self._sessions.items() if one.holder == holder]
        own.sort(key=lambda key: self._sessions[key].used)
        for key in own[: max(0, len(own) - MAX_SESSIONS + 1)]:
            del self._sessions[key]
        new = secrets.token_urlsafe(32)
        self._sessions[_digest(new)] = Session(holder, now, now)
        return new

    def holder(self, id: str) -> Holder | None:
        """Return whose session this is, None if there is none with this id; notes its use."""
        now, session = self._clock(), self._sessions.get(_digest(id))
        if session is None or not _alive(session, now):
            return None
        session.used = now
        return session.holder

    def runs(self, id: str) -> bool:
        """Whether there is a session with this id; not a use of it."""
        session = self._sessions.get(_digest(id))
        return session is not None and _alive(session, self._clock())

    def end(self, id: str) -> None:
        """End a session, if there is one with this id."""
        self._sessions.pop(_digest(id), None)


def _alive(session: Session, now: float) -> bool:
    return now - session.used < MAX_IDLE and now - session.began < MAX_AGE


def _digest(id: str) -> bytes:
    return hashlib.sha256(id.encode()).digest()

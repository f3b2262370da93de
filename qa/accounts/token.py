"""An API token: what is kept of it, and how its text is made and recognised.

The text is `aqa_ID_SECRET`. The ID (40 bits) finds the record and is no secret; the secret has 256
random bits. Only the secret's SHA-256 is kept, without salt or stretching: those make guessing from
a list of likely passwords slow, but no list holds a share of 2**256 equally likely secrets that is
worth naming, and a fast hash lets every request of a stream be checked. The beginning `aqa_` lets
programs that look for leaked secrets find one.
"""

import base64
import datetime
import hashlib
import hmac
import re
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from index.errors import ArchiveError

from .origins import origins
from .roles import Role

FORM = re.compile(r"aqa_([a-z2-7]{8})_([A-Za-z0-9_-]{43})")
ID = re.compile(r"[a-z2-7]{8}")
NAME = re.compile(r"\w([\w.@ +-]{0,62}\w)?")
NO_DIGEST = "0" * 64  # compared with where there is no token, so that it takes as long

Moment = datetime.datetime  # with its time zone, UTC


@dataclass(frozen=True, slots=True)
class Token:
    """What is kept of a token; `sites` are set if it is published in an embedded box."""

    id: str
    name: str
    role: Role
    digest: str  # SHA-256 of the secret, in hexadecimal
    created: Moment
    expires: Moment | None = None
    revoked: Moment | None = None
    sites: tuple[str, ...] = ()  # origins whose pages may embed the box with it

    def valid(self, now: Moment) -> bool:
        """Whether it is neither revoked nor expired."""
        return self.revoked is None and (self.expires is None or now < self.expires)

    def state(self, now: Moment) -> str:
        """Return "valid", "expired" or "revoked"."""
        return "valid" if self.valid(now) else "expired" if self.revoked is None else "revoked"

    def as_json(self) -> dict[str, Any]:
        """Return it as plain values, for the file; `from_json` reads them."""
        return {
            "id": self.id,
            "name": self.name,
            "role": self.role.word,
            "sha256": self.digest,
            "created": self.created.isoformat(),
            "expires": self.expires and self.expires.isoformat(),
            "revoked": self.revoked and self.revoked.isoformat(),
            "sites": [*self.sites],
        }


def from_json(values: Mapping[str, Any]) -> Token:
    """Read what `as_json` returned; errors of all kinds otherwise."""
    if not re.fullmatch("[0-9a-f]{64}", values["sha256"]) or not ID.fullmatch(values["id"]):
        raise ValueError("no digest or no id")
    if not NAME.fullmatch(values["name"]):
        raise ValueError("no name")
    return Token(
        values["id"],
        values["name"],
        Role.of(values["role"]),
        values["sha256"],
        _moment(values["created"]),
        values["expires"] and _moment(values["expires"]),
        values["revoked"] and _moment(values["revoked"]),
        origins(values["sites"]),
    )


def new_token(
    name: str, role: Role, days: int | None = None, sites: tuple[str, ...] = ()
) -> tuple[Token, str]:
    """Make a token; return what is kept of it, and its text, which is shown once.

    Args:
        name: Whom or what it is for.
        role: What it allows.
        days: After how many days it expires; None for never.
        sites: Origins of the pages that publish it in an embedded box; then it may only ask.

    Raises:
        ArchiveError: A value cannot be.
    """
    if not NAME.fullmatch(name):
        raise ArchiveError(
            f"'{_shown(name)}' is no name for a token: take up to 64 letters, digits, spaces and "
            ". @ + - _ that begin and end with a letter or a digit"
        )
    if days is not None and not 1 <= days <= 36_500:
        raise ArchiveError(f"a token cannot expire after {days} days: give 1 to 36500")
    if sites and role != Role.ASK:
        raise ArchiveError(f"a token on a site is read by everybody: --role ask, not {role.word}")
    public = base64.b32encode(secrets.token_bytes(5)).decode().lower()
    secret = secrets.token_urlsafe(32)
    created = now()
    expires = None if days is None else created + datetime.timedelta(days=days)
    token = Token(public, name, role, _digest(secret), created, expires, None, origins(sites))
    return token, f"aqa_{public}_{secret}"


def split(text: str) -> tuple[str, str] | None:
    """Return the id and the secret of a token's text, None if it has not its form."""
    found = FORM.fullmatch(text)
    return found and (found[1], found[2])


def is_secret(token: Token | None, secret: str) -> bool:
    """Whether this is the token's secret; takes as long if there is no token."""
    kept = token.digest if token else NO_DIGEST
    return hmac.compare_digest(_digest(secret), kept) and token is not None


def now() -> Moment:
    """Return the present, to the second."""
    return datetime.datetime.now(datetime.UTC).replace(microsecond=0)


def _digest(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()


def _moment(text: str) -> Moment:
    found = datetime.datetime.fromisoformat(text)
    if found.tzinfo is None:
        raise ValueError("no time zone")
    return found


def _shown(text: str) -> str:
    return "".join(c if c.isprintable() else "?" for c in text[:80])

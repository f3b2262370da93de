"""`--tokens`: tells who sends a request, by a token, a user's password or a session of the page.

Nothing in an address is ever taken for a token. Neither the time nor the words of a refusal tell
whether a name or an id exists. After a few failures an address waits between further attempts, with
passwords above all: whoever sends a valid token, or has a session, is never slowed down, because
neither can be guessed.
"""

import logging
from collections.abc import Mapping
from dataclasses import dataclass, field

from starlette.types import Scope

from index.errors import StorageError
from qa.accounts.audit_log import AuditLog
from qa.accounts.roles import Role
from qa.accounts.token import Token
from qa.accounts.token_file import TokenFile
from qa.chat.small_pages.document import sign_in_html
from qa.server.cookies import cookie
from qa.server.page_language import page_language
from qa.server.request_id import request_id

from .access import Access, Refusal, basic_credentials
from .pace import Pace
from .sessions import Holder, Sessions
from .visitor import Visitor

BURST, SECONDS = 10, 30.0  # failures of an address at once, and then one in so many seconds
REFUSED_NOTED, NOTED_EVERY = 1_000, 60.0  # the same for entries of the log, over all addresses
SAFE = ("GET", "HEAD", "OPTIONS")
COOKIE = "archive_qa"
CHALLENGE = (("WWW-Authenticate", 'Bearer realm="Archive QA"'),)
WRONG = "the name, the password or the token is wrong"


@dataclass(frozen=True, slots=True)
class Caller:
    """Where a request comes from, and how."""

    address: str = ""
    request: str = ""  # its id
    secure: bool = False  # by HTTPS, at least up to the proxy


@dataclass(frozen=True, slots=True)
class Gate:
    """Who may use a chat with `--tokens`."""

    access: Access  # the users of --auth, who may do everything
    tokens: TokenFile
    audit: AuditLog
    sessions: Sessions = field(default_factory=Sessions)
    failures: Pace = field(default_factory=lambda: Pace(BURST, SECONDS))
    _noted: Pace = field(default_factory=lambda: Pace(REFUSED_NOTED, NOTED_EVERY))
    _complaints: Pace = field(default_factory=lambda: Pace(1, 60.0))

    def admit(self, method: str, headers: Mapping[str, str], caller: Caller) -> Visitor | Refusal:
        """Return who sends a request with these headers (names in lower case), or a refusal."""
        scheme, _, value = headers.get("authorization", "").partition(" ")
        if scheme:
            name, secret = "", value.strip()
            if scheme.lower() == "basic":
                name, secret = basic_credentials(f"{scheme} {value}")
            elif scheme.lower() != "bearer":
                secret = ""
            found = self.identify(name, secret, caller)
            return found if isinstance(found, Refusal) else self._visitor(found, caller)
        if session := session_id(headers, caller):
            holder = self.sessions.holder(session)
            if holder and (visitor := self._visitor(holder, caller, session)).valid():
                if method not in SAFE and not same_origin(headers):
                    return Refusal(403, "requests with a session must come from the page itself")
                return visitor
        return unknown(method, headers)

    def identify(self, name: str, secret: str, caller: Caller) -> Holder | Refusal:
        """Return whom a name and a password, or a token as the secret, belong to.

        Looks both up in any case, so that the time tells nothing.
        """
        broken = False
        try:
            token = self.tokens.find(secret)
        except StorageError as error:
            token, broken = None, True
            self._complain(error)
        if token is not None and not token.sites:
            return Holder(token=token.id)
        if wait := self.failures.wait(caller.address):
            return Refusal(
                429,
                f"too many failed attempts from this address: try again in {wait} seconds",
                (("Retry-After", str(wait)),),
            )
        if self.access.is_user(name, secret):
            return Holder(user=name)
        if broken:
            return Refusal(503, "tokens cannot be checked now: the operator can see why")
        self.failures.count(caller.address)
        if not self._noted.wait(""):
            self._noted.count("")
            self.audit.note(
                "refused", where=caller.address, request=caller.request, why="wrong credentials"
            )
        return Refusal(401, WRONG, CHALLENGE)

    def _visitor(self, holder: Holder, caller: Caller, session: str = "") -> Visitor:
        name, role = holder.user, Role.ADMIN
        if holder.token:
            token = self._valid(holder.token)
            name, role = (token.name, token.role) if token else ("", Role.ASK)

        def valid() -> bool:
            if session and not self.sessions.runs(session):
                return False
            return not holder.token or self._valid(holder.token) is not None

        where, request = caller.address, caller.request
        return Visitor(name, role, where, request, self.audit, valid, bool(session))

    def _valid(self, id: str) -> Token | None:
        try:
            return self.tokens.valid(id)
        except StorageError as error:
            self._complain(error)
            return None

    def _complain(self, error: StorageError) -> None:
        if not self._complaints.wait(""):
            self._complaints.count("")
            logging.error("%s", error)


def caller_of(scope: Scope) -> Caller:
    """Return where the request with this ASGI scope comes from.

    The address is the one that the server sees, or that a proxy which `app.py` trusts names.
    """
    address = (scope.get("client") or ("",))[0]
    return Caller(address, request_id(scope), scope.get("scheme") == "https")


def same_origin(headers: Mapping[str, str]) -> bool:
    """Whether a browser says that our own page sent this; `Access` has checked the origin."""
    site = headers.get("sec-fetch-site")
    return site == "same-origin" if site else "origin" in headers


def cookie_name(headers: Mapping[str, str], caller: Caller) -> str:
    """Return the cookie's name; by HTTPS, one that no other host name of a site can set.

    Cookies do not know ports: without HTTPS each port has a name of its own.
    """
    if caller.secure:
        return f"__Host-{COOKIE}"
    port = headers.get("host", "").rpartition(":")[2]
    return f"{COOKIE}_{port}" if port.isdecimal() else COOKIE


def session_id(headers: Mapping[str, str], caller: Caller) -> str:
    """Return the id of a session that a request bears in its cookie, or ""."""
    return cookie(headers.get("cookie", ""), cookie_name(headers, caller))[:100]


def unknown(method: str, headers: Mapping[str, str]) -> Refusal:
    """Return the response to somebody who has not signed in: a form for people, else a sentence."""
    page = ""
    if method == "GET" and "text/html" in headers.get("accept", ""):
        page = sign_in_html(page_language(headers))
    return Refusal(401, "a token is required: Authorization: Bearer ...", CHALLENGE, page)

"""What the options of the chat say about who may use it: users, tokens, boxes on other sites."""

import os
from collections.abc import MutableMapping, Sequence, Set
from dataclasses import dataclass
from pathlib import Path

from starlette.routing import BaseRoute

from index.errors import ArchiveError
from qa.accounts.audit_log import AuditLog, audit_file
from qa.accounts.origins import origins
from qa.accounts.token_file import TokenFile, token_file
from qa.archive import Archive

from .embed.box import PATHS, Box, box_routes
from .guard import Rules
from .identity.access import Access
from .identity.gate import Gate
from .identity.overview import overview_routes
from .identity.sign_in import sign_in_routes

TRUSTED = "FORWARDED_ALLOW_IPS"  # uvicorn's: the addresses of proxies that say whom they speak for


@dataclass(frozen=True, slots=True)
class Admission:
    """Who may use a chat; without a gate and sites, those whom `access` admits."""

    access: Access
    gate: Gate | None = None
    sites: tuple[str, ...] = ()  # that may show the box
    box_tokens: TokenFile | None = None  # None: boxes need no token

    @classmethod
    def of(
        cls, access: Access, index: str, *, tokens: bool, log: bool, embed_from: Sequence[str]
    ) -> "Admission":
        """Return what the options `--tokens`, `--log` and `--embed-from` say.

        Raises:
            ArchiveError: There is no token yet, the tokens cannot be read, or a site is none.
        """
        sites = origins(embed_from)
        if not tokens and not (sites and access.users):
            return cls(access, None, sites)
        kept = TokenFile(token_file(index))
        if not kept.tokens() and not access.users:
            raise ArchiveError(
                "there is no token yet, so nobody could sign in: make one with  archive-qa token "
                "create NAME --role admin"
            )
        audit = AuditLog(audit_file(index), questions=log)
        return cls(access, Gate(access, kept, audit) if tokens else None, sites, kept)

    @property
    def ways(self) -> dict[str, bool]:
        """By what callers can sign in: the options of `rest_routes`."""
        return {"password": bool(self.access.users), "tokens": self.gate is not None}

    def rules(
        self,
        archive: Archive,
        uploads: Path | None,
        without_password: Set[str],
        routes: Sequence[BaseRoute],
    ) -> Rules:
        """Return what is served to whom; the arguments are those of `Rules`."""
        added: list[BaseRoute] = [*routes]
        if self.gate:
            added += [*sign_in_routes(self.gate), *overview_routes(self.gate)]
        if self.sites:
            audit = self.gate.audit if self.gate else None
            added += box_routes(Box(archive, self.sites, self.box_tokens, audit))
        box = PATHS if self.sites else None
        return Rules(self.access, uploads, without_password, added, self.gate, box)

    def trust_proxy(self, environment: MutableMapping[str, str] = os.environ) -> None:
        """Let only a proxy on this machine say where requests come from, and only with `--name`.

        Nothing changes without a gate and sites, or where the variable is set already.
        """
        if self.gate or self.sites:
            environment.setdefault(TRUSTED, "127.0.0.1,::1" if self.access.names else "")

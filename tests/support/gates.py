"""Tokens, users and a gate over them in a folder, for tests."""

from collections.abc import Sequence
from pathlib import Path

from qa.accounts.audit_log import AuditLog, read_audit
from qa.accounts.roles import Role
from qa.accounts.token_file import TokenFile
from qa.server.admission import Admission
from qa.server.identity.access import access_for
from qa.server.identity.gate import Gate


class Door:
    """A gate with a token of each role and the user "paul", whose password is "sesame"."""

    def __init__(self, folder: Path, sites: Sequence[str] = (), *, questions: bool = False) -> None:
        folder.mkdir(exist_ok=True)
        self.tokens = TokenFile(folder / "tokens.json")
        self.text = {role: self.tokens.create(role.word, role)[1] for role in Role}
        access = access_for(["paul"], "127.0.0.1", (), {"ARCHIVE_QA_PASSWORD": "sesame"})
        audit = AuditLog(folder / "audit.jsonl", questions=questions)
        self.gate = Gate(access, self.tokens, audit)
        self.admission = Admission(access, self.gate, tuple(sites), self.tokens)

    def bearer(self, role: Role) -> dict[str, str]:
        """Return the header with the token of a role."""
        return {"authorization": f"Bearer {self.text[role]}"}

    def noted(self) -> list[tuple[str, str]]:
        """Return who did what, as the audit log has it."""
        entries = read_audit(self.gate.audit.file)
        return [(entry.get("who", ""), entry["did"]) for entry in entries]

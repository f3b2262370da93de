"""What the options say about who may use a chat."""

from pathlib import Path

import pytest

from index.errors import ArchiveError, StorageError
from qa.accounts.roles import Role
from qa.accounts.token_file import TokenFile
from qa.archive import Archive
from qa.server import admission as module
from qa.server.admission import TRUSTED, Admission
from qa.server.identity.access import Access, access_for

PAUL = access_for(["paul"], "127.0.0.1", (), {"ARCHIVE_QA_PASSWORD": "sesame"})


@pytest.fixture
def tokens(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> TokenFile:
    monkeypatch.setattr(module, "token_file", lambda index: tmp_path / "tokens.json")
    monkeypatch.setattr(module, "audit_file", lambda index: tmp_path / "audit.jsonl")
    return TokenFile(tmp_path / "tokens.json")


def of(access: Access, *sites: str, tokens: bool = False) -> Admission:
    return Admission.of(access, ".index", tokens=tokens, log=False, embed_from=sites)


def paths(admission: Admission) -> list[str]:
    archive: Archive = None  # type: ignore[assignment]  # no route is called
    rules = admission.rules(archive, None, frozenset(), [])
    return [route.path for route in rules.routes]  # type: ignore[attr-defined]


def test_without_the_options_nothing_changes(tokens: TokenFile, tmp_path: Path) -> None:
    for access in (Access(), PAUL):
        plain = of(access)
        assert plain == Admission(access)
        assert paths(plain) == []
        environment: dict[str, str] = {}
        plain.trust_proxy(environment)
        assert environment == {}
    assert [*tmp_path.iterdir()] == []


def test_tokens_are_demanded_and_there_must_be_one(tokens: TokenFile) -> None:
    with pytest.raises(ArchiveError, match="archive-qa token create NAME --role admin"):
        of(Access(), tokens=True)
    assert of(PAUL, tokens=True).gate is not None
    tokens.create("anna", Role.ADMIN)
    assert paths(of(Access(), tokens=True)) == [
        "/sign-in", "/sign-out", "/access/tokens", "/access/audit",
    ]  # fmt: skip
    tokens.file.chmod(0o644)
    with pytest.raises(StorageError, match="chmod 600"):
        of(Access(), tokens=True)


def test_boxes_need_tokens_where_people_sign_in(tokens: TokenFile) -> None:
    site = "https://news.example"
    assert of(Access(), site).box_tokens is None
    assert of(PAUL, site).box_tokens is not None
    assert of(PAUL, site).gate is None
    assert paths(of(Access(), site)) == ["/embed", "/embed/{id}"]
    with pytest.raises(ArchiveError, match="is no site"):
        of(Access(), "news.example")


def test_only_a_named_proxy_says_where_requests_come_from(tokens: TokenFile) -> None:
    behind = access_for([], "127.0.0.1", ["news.example"], {})
    for access, trusted in ((Access(), ""), (behind, "127.0.0.1,::1")):
        environment: dict[str, str] = {}
        of(access, "https://news.example").trust_proxy(environment)
        assert environment == {TRUSTED: trusted}
    environment = {TRUSTED: "10.0.0.1"}
    of(behind, "https://news.example").trust_proxy(environment)
    assert environment == {TRUSTED: "10.0.0.1"}

"""The reader is chosen by the suffix of a name or, without one, by the first bytes."""

import re
from pathlib import Path

import pytest

from index.errors import UnreadableError
from index.formats.limits import MAX_DEPTH
from index.formats.registry import CONTAINER_KINDS, CONTENT_KINDS, KINDS, SIGNATURES, reader_for
from tests.support.seed_streams import seed_of

ROOT = Path(__file__).parent.parent.parent.parent


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_the_suffix_decides_in_any_case(kind: str) -> None:
    for suffix in (kind, kind.upper()):
        assert reader_for(seed_of(b"%PDF-", f"a{suffix}")) is KINDS[kind]


@pytest.mark.parametrize(("offset", "mark", "kind"), SIGNATURES)
def test_first_bytes_decide_without_a_suffix(offset: int, mark: bytes, kind: str) -> None:
    assert reader_for(seed_of(b"\0" * offset + mark, "a")) is KINDS[kind]


def test_choosing_a_reader_consumes_nothing() -> None:
    seed = seed_of(b"%PDF-1.4", "a")
    reader_for(seed)
    assert seed.read() == b"%PDF-1.4"


@pytest.mark.parametrize(("name", "kind"), [("a.doc", ".doc"), ("a", ""), (".txt", "")])
def test_other_kinds_are_refused_with_the_supported_ones(name: str, kind: str) -> None:
    expected = f"files of kind '{kind}' are not read, only {', '.join(KINDS)}"
    with pytest.raises(UnreadableError, match=f"^{re.escape(expected)}$"):
        reader_for(seed_of("words", name))


def test_containers_may_be_nested_to_a_depth() -> None:
    assert reader_for(seed_of("", "a.zip", depth=MAX_DEPTH - 1)) is KINDS[".zip"]
    assert reader_for(seed_of("", "a.txt", depth=MAX_DEPTH)) is KINDS[".txt"]
    with pytest.raises(UnreadableError, match="is nested more than 4 archives deep"):
        reader_for(seed_of("", "a.zip", depth=MAX_DEPTH))


def test_the_kinds_of_content_and_containers_are_distinct() -> None:
    assert not set(CONTENT_KINDS) & set(CONTAINER_KINDS)
    assert {kind for _, _, kind in SIGNATURES} <= set(KINDS)


def test_the_documents_name_every_kind() -> None:
    documents = (ROOT / "README.md", ROOT / "index" / "README.md")
    text = "".join(file.read_text("utf-8") for file in documents if file.exists())
    assert set(KINDS) - {".htm"} <= set(re.findall(r"`(\.[a-z0-9]+)`", text))

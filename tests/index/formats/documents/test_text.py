"""Plain text is one draft without metadata."""

import pytest

from index.errors import UnreadableError
from index.formats.documents.text import read_text
from index.formats.seed_file import Draft
from tests.support.seed_streams import seed_of


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_a_text_is_one_draft(encoding: str) -> None:
    text = "Nine ships — 九艘船 — were counted\r\n\r\nbefore noon. "
    assert list(read_text(seed_of(text.encode(encoding)))) == [Draft("a.txt", text, {})]


@pytest.mark.parametrize("data", [b"", b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 9])
def test_what_is_not_text_is_refused(data: bytes) -> None:
    with pytest.raises(UnreadableError):
        list(read_text(seed_of(data)))

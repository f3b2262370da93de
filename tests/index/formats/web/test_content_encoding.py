"""The encodings of a response are undone, and no further than the limit."""

import gzip
import zlib
from collections.abc import Callable

import brotli
import pytest

from index.errors import UnreadableError
from index.formats.web.content_encoding import decode_content

TEXT = b"The keeper counted nine ships. " * 50
PACK: dict[str, Callable[[bytes], bytes]] = {
    "gzip": gzip.compress, "deflate": zlib.compress, "br": brotli.compress,
}  # fmt: skip


@pytest.mark.parametrize("encoding", PACK)
def test_a_packed_body_is_unpacked(encoding: str) -> None:
    assert decode_content(PACK[encoding](TEXT), f" {encoding.upper()} ", 10_000) == TEXT


@pytest.mark.parametrize("encoding", PACK)
def test_a_bomb_is_unpacked_no_further_than_the_limit(encoding: str) -> None:
    bomb = PACK[encoding](bytes(50_000_000))
    assert 1_001 <= len(decode_content(bomb, encoding, 1_000)) < 1_000_000


@pytest.mark.parametrize("encoding", PACK)
def test_a_body_that_is_cut_short_is_refused(encoding: str) -> None:
    with pytest.raises(UnreadableError, match="is cut short"):
        decode_content(PACK[encoding](TEXT)[:-5], encoding, 10_000)


@pytest.mark.parametrize("encoding", ["", "identity", "gzip"])
def test_a_plain_body_stays_as_it_is(encoding: str) -> None:
    assert decode_content(TEXT, encoding, 10_000) == TEXT


def test_another_encoding_is_refused() -> None:
    with pytest.raises(UnreadableError, match="'zstd', which is not supported"):
        decode_content(TEXT, "zstd", 10_000)

"""The body of a response is unpacked within a limit."""

import gzip

import pytest

from index.fetch.failures import UnfitError
from index.fetch.response import Response, too_large


@pytest.mark.parametrize(
    ("body", "encoding", "why"),
    [
        (gzip.compress(b"a" * 999, mtime=0)[:-9], "gzip", "is cut short"),
        (b"\x1f\x8b" + b"x" * 99, "gzip", "cannot be unpacked"),
        (b"x" * 99, "br", "cannot be unpacked"),
        (b"x" * 99, "zstd", "'zstd', which is not supported"),
    ],
)
def test_a_body_that_cannot_be_unpacked_is_refused(body: bytes, encoding: str, why: str) -> None:
    response = Response("http://a/", 200, "OK", (("Content-Encoding", encoding),), body)
    with pytest.raises(UnfitError, match=why):
        response.content(10_000)


def test_the_first_header_of_a_name_counts() -> None:
    response = Response("http://a/", 200, "OK", (("Content-Type", "a"), ("content-type", "b")))
    assert response.header("content-type") == "a"
    assert response.header("etag") == ""


def test_a_limit_is_named() -> None:
    assert too_large(10_000_000) == "is larger than 10 MB"
    with pytest.raises(UnfitError, match="is larger than 2e-06 MB"):
        Response("http://a/", 200, "OK", (), b"abc").content(2)

"""What kind of list some bytes are is told by the bytes."""

import gzip

import pytest

from index.fetch.failures import UnfitError
from index.fetch.lists import reading
from index.fetch.lists.reading import read_list
from tests.index.fetch.lists.test_feeds import ATOM, RDF, WORDPRESS
from tests.index.fetch.lists.test_sitemaps import INDEX, NEWS

PACKED = gzip.compress(NEWS, mtime=0)  # else each process has another test
PAGE = b"<!DOCTYPE html><html><link rel=alternate type=application/rss+xml href=/feed></html>"


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (WORDPRESS, "feed"), (ATOM, "feed"), (RDF, "feed"), (NEWS, "sitemap"),
        (INDEX, "sitemap index"), (PAGE, "home page"), (PACKED, "sitemap"),
        (b"\xef\xbb\xbf\n" + ATOM, "feed"), (b"<!-- <urlset> -->" + ATOM, "feed"),
        (ATOM.decode().encode("utf-16"), "feed"),
        (b' {"version": "https://jsonfeed.org/version/1", "items": []}', "feed"),
        (b"<s:urlset xmlns:s='http://www.sitemaps.org/schemas/sitemap/0.9'/>", "sitemap"),
    ],
)  # fmt: skip
def test_kinds(data: bytes, kind: str) -> None:
    assert read_list(data).kind == kind


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"", "is neither a feed"),
        (b"Nine ships.", "is neither a feed"),
        (b"%PDF-1.7", "is neither a feed"),
        (PACKED[:-20], "cannot be unpacked"),
        (b"\x1f\x8bxyz", "cannot be unpacked"),
        (b'{"a": 1}', "is JSON, but not a JSON Feed"),
    ],
)
def test_other_bytes_are_refused(data: bytes, why: str) -> None:
    with pytest.raises(UnfitError, match=why):
        read_list(data)


def test_a_packed_bomb_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "MAX_LIST", 5_000_000)
    with pytest.raises(UnfitError, match="is a list of over 5 MB"):
        read_list(gzip.compress(b"<urlset>" + b" " * 20_000_000))

"""Packed web archives: the pages of the web archives inside."""

import gzip
import io
import zipfile

from index.formats.limits import MAX_DEPTH, MAX_RATIO
from index.formats.seed_file import Refused
from tests.index.formats.web.test_warc import Crawl
from tests.support.files import zipped
from tests.support.reading import Read, why_refused


def test_pages_of_every_web_archive_inside(read: Read) -> None:
    plain, packed = (Crawl(packed).page().file.getvalue() for packed in (False, True))
    members = {
        "datapackage.json": "{}",
        "pages/pages.jsonl": '{"format": "json-pages-1.0"}\n{"id": "1", "text": "Not an article."}',
        "archive/a.warc": plain,
        "archive/sub/b.WARC.GZ": packed,
        "archive/notes.txt": "Not a page of it.",
        "indexes/index.cdx.gz": gzip.compress(b"not read"),
    }
    found = read("a.wacz", zipped(members))
    assert [item.id for item in found] == [
        "a.wacz#archive/a.warc#1", "a.wacz#archive/sub/b.WARC.GZ#1",
    ]  # fmt: skip
    assert {item.url for item in found} == {"https://example.org/a"}


def test_what_is_none_of_them_is_refused(read: Read) -> None:
    none = "holds no web archive: there is no .warc in its folder 'archive'"
    assert why_refused(read("a.wacz", zipped({"a.warc": "", "archive/a.txt": "x"}))) == none
    assert "not a zip" in why_refused(read("a.wacz", b"PK"))


def test_the_limits_of_archives_hold(read: Read) -> None:
    inner = zipped({"archive/a.warc": b"\0" * 99_000_000})
    assert f"unpacks to more than {MAX_RATIO} times" in why_refused(read("a.wacz", inner))
    nested = zipped({"a.wacz": inner})
    for _ in range(MAX_DEPTH - 1):
        nested = zipped({"a.zip": nested})
    assert "is nested more than" in why_refused(read("a.zip", nested))


def test_a_link_is_not_followed(read: Read) -> None:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        link = zipfile.ZipInfo("archive/a.warc")
        link.external_attr = 0o120777 << 16
        archive.writestr(link, "/etc/passwd")
    assert read("a.wacz", file.getvalue()) == [
        Refused("a.wacz#archive/a.warc", "is a link, which is not followed")
    ]

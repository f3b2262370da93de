"""Which addresses are admitted, and that a web server cannot send a build elsewhere."""

import asyncio
import sys
from types import SimpleNamespace

import pytest

from index.errors import ArchiveError
from index.ingest.file_systems import _stay, file_system, same_server

pytest.importorskip("aiohttp", reason="the extra cloud is not installed")


@pytest.mark.parametrize(
    ("address", "message"),
    [
        ("ftp://host/a", "seeds at a 'ftp://' address cannot be read"),
        ("file:///etc", "seeds at a 'file://' address cannot be read"),
        ("zip://a.txt::s3://bucket/a.zip", "seeds at a 'zip://' address cannot be read"),
        ("simplecache::s3://bucket", "seeds at a 'simplecache::s3://' address"),
        ("https://anna:sesame@host/a", "without user, password"),
        ("https://host/a?token=1", "without user, password"),
        ("s3://", "must be like s3://host/folder"),
        ("S3://bucket", "seeds at a 'S3://' address cannot be read"),
    ],
)
def test_other_addresses_are_refused_without_repeating_a_password(
    address: str, message: str
) -> None:
    with pytest.raises(ArchiveError) as caught:
        file_system(address)
    assert message in str(caught.value)
    assert "sesame" not in str(caught.value)


def test_a_missing_package_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "s3fs", None)
    with pytest.raises(ArchiveError, match=r"pip install 'archive-qa\[cloud\]'"):
        file_system("s3://bucket/articles")


@pytest.mark.parametrize(
    ("url", "target", "same"),
    [
        ("http://a.example/x", "http://a.example/y", True),
        ("http://a.example/x", "https://a.example/x", True),
        ("https://a.example/x", "http://a.example/x", False),
        ("http://a.example/x", "http://a.example:8080/x", False),
        ("http://a.example/x", "https://a.example:8080/x", False),
        ("http://a.example/x", "http://b.example/x", False),
        ("http://a.example/x", "http://169.254.169.254/x", False),
    ],
)
def test_redirects_stay_on_the_server(url: str, target: str, same: bool) -> None:
    from yarl import URL

    assert same_server(URL(url), URL(target)) is same


@pytest.mark.parametrize("headers", [{}, {"Location": ""}])
def test_either_header_that_redirects_is_checked(headers: dict[str, str]) -> None:
    from yarl import URL

    def redirect(target: str) -> SimpleNamespace:
        response = SimpleNamespace(headers=headers | {"URI": target})
        return SimpleNamespace(url=URL("https://a.example/x"), response=response)

    asyncio.run(_stay(None, None, redirect("/y")))
    with pytest.raises(PermissionError, match=r"to another one, '169\.254\.169\.254'"):
        asyncio.run(_stay(None, None, redirect("https://169.254.169.254/x")))

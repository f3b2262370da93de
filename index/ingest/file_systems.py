"""Which addresses seeds may have, and the fsspec file system that serves each."""

import re
from importlib import import_module
from typing import TYPE_CHECKING, Any

from index.errors import ArchiveError, requires_extra

if TYPE_CHECKING:  # packages of the extra "cloud"
    import aiohttp
    from yarl import URL

PACKAGES = {"s3": "s3fs", "gs": "gcsfs", "https": "aiohttp", "http": "aiohttp", "memory": "fsspec"}
ADDRESS = re.compile(r"([a-z0-9]+)://([^/?#@]+)(/[^?#]*)?")  # no password, no query
PATIENCE = 60  # seconds without a connection or without any data
MAX_LISTING = 50_000_000  # bytes of a page that lists a folder


def file_system(address: str) -> Any:
    """Return fsspec's file system for an address.

    Raises:
        ArchiveError: It is of no known kind, holds a password, or its package is missing.
    """
    scheme = address.partition("://")[0]
    if scheme not in PACKAGES:  # and no chains of file systems, as in "zip://a::s3://b"
        raise ArchiveError(
            f"seeds at a '{scheme}://' address cannot be read: name a folder, or an address that "
            "starts with s3://, gs:// or https://"
        )
    if not ADDRESS.fullmatch(address):
        raise ArchiveError(
            f"the '{scheme}://' address of the seeds must be like {scheme}://host/folder, without "
            "user, password, '?' or '#'"
        )
    with requires_extra("cloud"):
        import fsspec

        import_module(PACKAGES[scheme])
    if PACKAGES[scheme] == "aiohttp":
        return fsspec.filesystem(scheme, simple_links=False, get_client=web_client)
    return fsspec.filesystem(scheme, use_listings_cache=False)


async def web_client(**options: Any) -> "aiohttp.ClientSession":
    """Return an HTTP session for fsspec that follows redirects only within the server named.

    A server could otherwise direct a build to other machines of the network that it runs in, and
    their responses would become articles.
    """
    import aiohttp

    class BoundedResponse(aiohttp.ClientResponse):
        """Refuses a page without end; files are streamed, past this method."""

        async def read(self) -> bytes:
            page = bytearray()
            async for piece in self.content.iter_any():
                page += piece
                if len(page) > MAX_LISTING:
                    self.close()
                    raise ValueError(f"its list is over {MAX_LISTING // 1_000_000} MB")
            self._body = bytes(page)
            return self._body

    tracing = aiohttp.TraceConfig()
    tracing.on_request_redirect.append(_stay)
    timeout = aiohttp.ClientTimeout(sock_connect=PATIENCE, sock_read=PATIENCE)
    return aiohttp.ClientSession(
        trace_configs=[tracing], timeout=timeout, response_class=BoundedResponse, **options
    )


async def _stay(session: object, context: object, redirect: Any) -> None:
    from yarl import URL

    headers = redirect.response.headers
    location = headers.get("Location") or headers.get("URI") or ""  # as aiohttp chooses it
    target = redirect.url.join(URL(location))
    if not same_server(redirect.url, target):
        raise PermissionError(f"the server redirects to another one, '{target.host}'")


def same_server(url: "URL", target: "URL") -> bool:
    """Whether `target` is on the server of `url`; plain HTTP may become HTTPS."""
    upgraded = (url.scheme, target.scheme) == ("http", "https") and target.is_default_port()
    return url.host == target.host and (url.origin() == target.origin() or upgraded)

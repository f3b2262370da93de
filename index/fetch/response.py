"""What a server answered, as it came and unpacked."""

from dataclasses import dataclass

from index.errors import UnreadableError, first_line
from index.formats.web.content_encoding import decode_content

from .failures import UnfitError


@dataclass(frozen=True, slots=True)
class Response:
    """What a server answered; the body is as it came, perhaps packed."""

    url: str
    status: int
    reason: str
    headers: tuple[tuple[str, str], ...]
    body: bytes = b""

    def header(self, name: str) -> str:
        """The first header of this name in one line, or ""."""
        return next((value for key, value in self.headers if key.lower() == name), "")

    def content(self, limit: int) -> bytes:
        """The body as it was packed.

        Raises:
            UnfitError: It is larger than `limit` bytes, or cannot be unpacked.
        """
        try:
            data = decode_content(self.body, self.header("content-encoding"), limit)
        except UnreadableError as error:
            raise UnfitError(str(error)) from None
        except Exception as error:  # of zlib or brotli
            raise UnfitError(f"cannot be unpacked ({first_line(error)})") from None
        if len(data) > limit:
            raise UnfitError(too_large(limit))
        return data


def too_large(limit: int) -> str:
    """Say that a response exceeds `limit` bytes."""
    return f"is larger than {limit / 1e6:g} MB"

"""Undo the Content-Encoding of an HTTP response, within a limit."""

import zlib

import brotli

from index.errors import UnreadableError

UNCHANGED = {"", "identity", "gzip", "x-gzip", "none"}  # some crawlers leave the header of a gzip


def decode_content(data: bytes, encoding: str, limit: int) -> bytes:
    """Return the body as a browser would see it, or its first `limit` + 1 bytes if it is longer.

    Raises:
        UnreadableError: It is incomplete, or its encoding is not supported.
    """
    encoding = encoding.strip().lower()
    if encoding in ("gzip", "x-gzip", "deflate") and data[:1] in (b"\x1f", b"\x78"):
        decompressor = zlib.decompressobj(zlib.MAX_WBITS | 32)
        result = decompressor.decompress(data, limit + 1)
        complete = decompressor.eof
    elif encoding == "br":
        stream = brotli.Decompressor()
        result = piece = stream.process(data, output_buffer_limit=limit + 1)
        while piece and len(result) <= limit:
            piece = stream.process(b"", output_buffer_limit=limit + 1)
            result += piece
        complete = stream.is_finished()
    elif encoding in UNCHANGED:
        return data
    else:
        raise UnreadableError(f"has the Content-Encoding '{encoding}', which is not supported")
    if not complete and len(result) <= limit:
        raise UnreadableError("is cut short")
    return result

"""Read plain text (.txt); it has no metadata but its name."""

from collections.abc import Iterator

from index.formats.decoding import decode_bytes
from index.formats.seed_file import Draft, Omitted, Seed


def read_text(seed: Seed) -> Iterator[Draft | Omitted]:
    """Yield the file as one draft."""
    decoded = decode_bytes(seed.read())
    yield Draft(seed.place, decoded.text)
    if decoded.doubt:
        yield Omitted(seed.place, decoded.doubt)

"""Read plain text (.txt); it has no metadata but its name."""

from collections.abc import Iterator

from index.formats.decoding import decode
from index.formats.seed_file import Draft, Seed


def read_text(seed: Seed) -> Iterator[Draft]:
    """Yield the file as one draft."""
    yield Draft(seed.place, decode(seed.read()))

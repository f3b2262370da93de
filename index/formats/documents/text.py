"""Plain text (.txt) -> one draft."""

from collections.abc import Iterator

from index.formats.decoding import decode
from index.formats.seed_file import Draft, Seed


def read_text(seed: Seed) -> Iterator[Draft]:
    yield Draft(seed.place, decode(seed.load()))

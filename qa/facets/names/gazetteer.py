"""Places and given names that are known by name: GeoNames, CLDR and the US census."""

import lzma
from functools import cache
from importlib import resources

import regex

from index.text.terms import SIMPLIFIED

from .words import PLACES

NAMESAKES = {"Georgia", "Jordan", "Chad", "Virginia"}  # of people
COUNTRIES = 300  # lines of the file: they and the states stand first
ENDING = regex.compile("(?<=..)[市県府州都道省县區区]$")  # that a place is named with and without


@cache
def places() -> dict[str, str]:
    """Return the key of every spelling of a place; Chinese characters are simplified.

    >>> places()["日本"], places()["Japon"], places()["奈良"]
    ('japan', 'japan', 'nara')
    """
    known: dict[str, str] = {}
    for line in _unpack("places.txt.xz").split("\n"):
        name, *others = line.split("\t")
        for spelling in (name, *others):
            known.setdefault(spelling.translate(SIMPLIFIED), name.casefold())
    return known | {
        spelling.translate(SIMPLIFIED): name.casefold() for spelling, name in PLACES.items()
    }


def place_key(name: str) -> str | None:
    """Return the key of a place by its name, also without an ending such as 市, or None.

    >>> place_key("臺北市"), place_key("Tokyo"), place_key("Nowhere")
    ('taipei', 'tokyo', None)
    """
    known, folded = places(), name.translate(SIMPLIFIED)
    return known.get(folded) or known.get(ENDING.sub("", folded))


@cache
def countries() -> frozenset[str]:
    """Return the names of countries and of states of the USA that are nothing else."""
    names = {line.partition("\t")[0] for line in _unpack("places.txt.xz").split("\n")[:COUNTRIES]}
    return frozenset(names - NAMESAKES)


@cache
def surnames() -> frozenset[str]:
    """Return surnames in Latin letters, as they are written but for a second capital."""
    return frozenset(_unpack("surnames.txt.xz").split("\n"))


@cache
def given_names() -> frozenset[str]:
    """Return given names in Latin letters, as they are written."""
    return frozenset(_unpack("given_names.txt.xz").split("\n"))


def _unpack(file: str) -> str:
    packed = resources.files(__package__).joinpath("data", file).read_bytes()
    return lzma.decompress(packed).decode()

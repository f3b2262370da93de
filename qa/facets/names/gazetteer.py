"""Places and given names that are known by name: GeoNames, CLDR and the US census."""

import lzma
from functools import cache
from importlib import resources

import regex

from index.text.terms import SIMPLIFIED

# Names of places that the two lists spell otherwise, by the name that they have there.
ALSO = {
    "Turkey": "Türkiye", "America": "United States", "U.S.": "United States", "US": "United States",
    "USA": "United States", "U.S.A.": "United States", "Britain": "United Kingdom",
    "U.K.": "United Kingdom", "UK": "United Kingdom", "Great Britain": "United Kingdom",
    "Kiev": "Kyiv", "Russian Federation": "Russia", "Burma": "Myanmar (Burma)",
    "Myanmar": "Myanmar (Burma)", "Czech Republic": "Czechia", "Ivory Coast": "Côte d’Ivoire",
    "Holland": "Netherlands", "Gaza City": "Gaza", "Gaza Strip": "Gaza", "Gaza": "Gaza",
    "New York": "New York City", "Palestine": "Palestinian Territories", "Bosnia": "Bosnia & Herzegovina",
    "Congo": "Congo - Kinshasa", "England": "England", "Scotland": "Scotland", "Wales": "Wales",
    "Northern Ireland": "Northern Ireland", "Europe": "Europe", "Asia": "Asia", "Africa": "Africa",
    "Crimea": "Crimea", "Kashmir": "Kashmir", "Tibet": "Tibet", "Xinjiang": "Xinjiang",
    "Siberia": "Siberia", "Balkans": "Balkans", "Donbas": "Donbas", "West Bank": "West Bank",
    "The Hague": "The Hague", "Alps": "Alps", "Himalayas": "Himalayas", "Brussels": "Brussels",
    "St. Petersburg": "Saint Petersburg", "St Petersburg": "Saint Petersburg",
    "Okinawa": "Okinawa", "Hokkaido": "Hokkaido", "Kyushu": "Kyushu", "Nile": "Nile", "Amazon": "Amazon River",
    "Danube": "Danube", "Rhine": "Rhine", "Thames": "Thames", "Yangtze": "Yangtze River",
    "Provence": "Provence", "Bavaria": "Bavaria", "Catalonia": "Catalonia", "Sicily": "Sicily",
    "美国": "United States", "美國": "United States", "米国": "United States", "英国": "United Kingdom",
    "加沙": "Gaza", "加沙城": "Gaza", "台湾": "Taiwan", "北朝鲜": "North Korea", "韩国": "South Korea",
    "韓国": "South Korea", "台北": "Taipei", "臺北": "Taipei", "台中": "Taichung", "臺中": "Taichung",
    "ロシア": "Russia", "ハワイ": "Hawaii", "亚利桑那": "Arizona", "亚利桑那州": "Arizona",
    "加利福尼亚": "California", "加利福尼亚州": "California", "得克萨斯州": "Texas", "华盛顿": "Washington", "富士山": "Mount Fuji",
    "五角大楼": "Pentagon", "白宫": "White House", "White House": "White House", "人民大会堂": "Great Hall of the People",
}  # fmt: skip
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
    return known | {spelling.translate(SIMPLIFIED): name.casefold() for spelling, name in ALSO.items()}


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

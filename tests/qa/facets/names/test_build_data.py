"""The lists of places and names are made of rows like those of the packages."""

from pathlib import Path

from qa.facets.names.build_data import census_names, place_lines

CITY = {
    "name": "Nara-shi",
    "population": 300_000,
    "alternatenames": ["奈良", "なら", "NRA", "Nara"],
}


def test_cities_have_their_names_in_other_scripts() -> None:
    small = {**CITY, "name": "Ham", "population": 49_999}
    lines = place_lines({"Japan": ["日本", "日本"]}, ["Ohio"], [small, CITY]).split("\n")
    assert lines == ["Japan\t日本", "Ohio", "Nara\t奈良"]


def test_a_name_is_listed_once_with_its_most_people() -> None:
    smaller = {**CITY, "population": 60_000, "alternatenames": []}
    assert place_lines({}, [], [smaller, CITY]) == "Nara\t奈良"


def test_rare_and_short_names_are_left_out(tmp_path: Path) -> None:
    file = tmp_path / "dist.last"
    file.write_text("SMITH  1.006 1.006 1\nAB 0.5 2 3\nZZYZX 0.000 90 88799\n")
    assert census_names(file) == {"Smith"}

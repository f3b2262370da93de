"""Keys that names in characters share with those in Latin letters."""

import pytest

from qa.facets.names.east_asian import is_foreign, known, person_key, romanised


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("特朗普", "donald trump"),
        ("高市早苗", "sanae takaichi"),
        ("安倍晋三", "shinzo abe"),
        ("安倍晉三", "shinzo abe"),
        ("习近平", "xi jinping"),
        ("王小明", "王小明"),
    ],
)
def test_a_person_has_the_key_of_the_latin_name_if_it_is_certain(name: str, key: str) -> None:
    assert person_key(name) == key


def test_a_name_with_several_readings_keeps_its_characters() -> None:
    assert len(romanised("小林薫")) != 1
    assert person_key("小林薫") == "小林薫"


def test_lists_know_places_and_organisations_in_any_spelling() -> None:
    assert known("臺北") == known("台北") == ("place", "taipei")
    assert known("トヨタ自動車") == known("丰田") == ("organisation", "toyota")
    assert known("天气") is None


def test_foreign_names_have_only_their_characters() -> None:
    assert is_foreign("泽连斯基")
    assert is_foreign("澤連斯基")
    assert not is_foreign("会议")
    assert not is_foreign("基")

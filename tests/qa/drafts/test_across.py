"""Words by dictionary and names by sound, between scripts."""

from qa.drafts.across import coverage_across, name_across
from tests.support.drafts import sentences

CHINESE = "英国艺术家埃马纽埃尔·马克龙5月18日在新加坡演讲。"
ENGLISH = "The singer met students in Singapore."


def test_words_are_found_by_their_translations() -> None:
    (place,) = sentences(CHINESE)
    assert coverage_across("artist lecture", place) == 1
    assert coverage_across("volcano erupts", place) == 0
    (place,) = sentences(ENGLISH)
    assert coverage_across("新加坡学生", place) == 1


def test_all_parts_of_a_name_must_sound_alike() -> None:
    (place,) = sentences(CHINESE)
    assert name_across("Emmanuel Macron", place)
    assert name_across("Singapore", place)
    assert not name_across("Emmanuel Brandt", place)


def test_two_other_scripts_are_not_compared() -> None:
    (place,) = sentences(ENGLISH)
    assert coverage_across("Певец встретил студентов", place) == 0

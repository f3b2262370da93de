"""Content words and what covers them."""

from qa.agreement.wording import content, proper_names, uncovered


def test_function_words_are_no_content() -> None:
    assert content("It was the mayor's fire") == ["mayor", "fire"]
    assert content("國家的") == ["国", "家"]


def test_a_word_is_covered_by_an_equal_a_relative_or_a_synonym() -> None:
    assert uncovered(["fire", "signed", "killed"], ["fire", "signing", "death"]) == []
    assert uncovered(["signed"], ["ratified"]) == ["signed"]
    assert uncovered(list("死亡"), list("受伤")) == ["死", "亡"]


def test_proper_names_are_capitalised_inside_the_sentence() -> None:
    assert proper_names("Rescuers from Lindholm (Norway) came on Friday.") == {"lindholm", "norway"}
    assert proper_names("Rescuers came.") == set()

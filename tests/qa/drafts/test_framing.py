"""Whether two clauses speak of one thing."""

from qa.drafts.frame import Frame
from qa.drafts.framing import (
    best_slot,
    coverage,
    outside,
    same_frame,
    same_neighbours,
    same_time,
    shares_topic,
)
from tests.support.drafts import sentences


def frame(sentence: str, words: str) -> Frame:
    start = sentence.index(words)
    return Frame(sentence, start, start + len(words))


def test_names_may_stand_around_the_sentence() -> None:
    first, second = sentences("The fire broke out in Ulm. It killed 14 people.")
    draft = frame("The fire in Ulm killed 19 people.", "19 people")
    assert coverage(draft, second) == 0.5 + 1 / 6 or coverage(draft, second) > 0.6
    assert shares_topic(draft, second, ["Ulm"])
    assert not shares_topic(draft, first, ["Bonn"])


def test_plans_parts_and_denials_are_other_things() -> None:
    (place,) = sentences("The bridge was originally to cost 5 million euros.")
    draft = frame("The bridge cost 7 million euros.", "7 million euros")
    assert not same_frame(draft, frame(place.text, "5 million euros"), place, [])
    (place,) = sentences("The bridge cost 5 million euros.")
    assert same_frame(draft, frame(place.text, "5 million euros"), place, [])


def test_a_year_that_only_one_states_must_be_that_of_the_article() -> None:
    (place,) = sentences("The fire killed 14 people.")
    slot = frame(place.text, "14 people")
    assert not same_time(frame("In 1998 the fire killed 31 people.", "31"), slot, place, None)
    assert same_time(frame("In 2025 the fire killed 31 people.", "31"), slot, place, None)


def test_the_slot_is_told_by_the_words_around() -> None:
    text = "The fire killed 14 people and injured 30 people in the mill."
    slots = [frame(text, "14 people"), frame(text, "30 people")]
    assert best_slot(frame("It injured 33 people.", "33 people"), slots) == slots[1]
    assert best_slot(frame("Nobody saw 33 people.", "33 people"), slots) is None


def test_owned_is_not_insured() -> None:
    one = frame("The tanker was insured by Nordstern.", "Nordstern")
    assert not same_neighbours(one, frame("The tanker is owned by Baltmar.", "Baltmar"))


def test_quotations_are_blanked() -> None:
    assert outside([(2, 5)], "a “b” c") == "a     c"

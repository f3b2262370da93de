"""The lists of words."""

from qa.yes_no.words import FORMS, FUNCTION, HAN_FUNCTION


def test_forms_of_one_verb_are_the_same() -> None:
    assert FORMS["flew"] == FORMS["flown"] != FORMS["gone"]


def test_words_of_the_question_form_say_nothing() -> None:
    assert {"did", "the"} <= FUNCTION
    assert set("了吗") <= HAN_FUNCTION

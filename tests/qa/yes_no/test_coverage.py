"""How much of a question a sentence holds."""

import pytest

from qa.yes_no.coverage import names_of, share, units


@pytest.mark.parametrize(
    ("question", "sentence", "missing"),
    [
        ("Did the ferry sink?", "Ferries sank in the storm.", ()),
        ("Did Boreal fly to Oslo?", "Boreal flew to Bergen.", ("oslo",)),
        ("Did Japan buy gas?", "Japanese firms bought gas.", ("japan",)),
        ("Did it approve the contract?", "It approved the contest.", ("contract",)),
        ("大坝是否出现裂缝？", "大坝没有出现裂缝。", ()),
        ("大壩出現裂縫了嗎？", "大坝没有漏水。", ("出", "现", "裂", "缝")),
        ("駅舎は取り壊されますか？", "駅舎は取り壊さない。", ()),
    ],
)
def test_what_is_missing(question: str, sentence: str, missing: tuple[str, ...]) -> None:
    assert share(question, sentence) == 1 - len(missing) / len(units(question))


def test_numbers_are_no_units() -> None:
    assert units("Did 300 people leave in twelve buses?") == ["people", "leave", "buses"]
    assert share("12?", "It rained.") == 1


def test_words_of_names() -> None:
    assert names_of("Did Ann Lee's deputy resign?") == {"ann", "lee"}

"""How much of a question a sentence holds."""

import pytest

from qa.yes_no.coverage import cover, in_order, names_of, units


@pytest.mark.parametrize(
    ("question", "claim", "missing"),
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
def test_what_is_missing(question: str, claim: str, missing: tuple[str, ...]) -> None:
    assert cover(question, claim).missing == missing


def test_the_clause_that_has_most_and_whether_the_rest_has_some() -> None:
    whole = cover("Did the line open on Monday?", "The line opened on Monday, not in May.")
    assert (whole.clause, whole.spread) == ("The line opened on Monday", False)
    parts = cover("三号线全长是50公里吗？", "三号线通车，全长38公里。")
    assert parts.spread
    assert parts.share == 1


def test_numbers_are_no_units() -> None:
    assert units("Did 300 people leave in twelve buses?") == ["people", "leave", "buses"]
    assert cover("12?", "It rained.").share == 1


def test_names_and_order() -> None:
    assert names_of("Did Ann Lee's deputy resign?") == {"ann", "lee"}
    assert in_order(["toyota", "sue", "mitsui"], ["mitsui", "sued", "toyota"]) < 0.5
    assert in_order(["toyota", "sue", "mitsui"], ["toyota", "sued", "mitsui"]) == 1

"""English pronouns: finding and replacing them."""

import pytest

from qa.followup.antecedents import Pronoun
from qa.followup.dependence import Dependence
from qa.followup.english_pronouns import dependence, pronouns, replaced

HE, SHE, THEY, IT = Pronoun.HE, Pronoun.SHE, Pronoun.THEY, Pronoun.IT
THERE, THEN = Pronoun.THERE, Pronoun.THEN


@pytest.mark.parametrize(
    ("question", "found"),
    [
        ("When had he met them before?", [HE, THEY]),
        ("Did his brother see him?", [HE]),
        ("Who saw her there?", [SHE, THERE]),
        ("When was this?", [IT]),
        ("Who were those?", [THEY]),
        ("Is there a bridge?", []),
        ("Which theme won?", []),
    ],
)
def test_pronouns_of_one_kind_count_once(question: str, found: list[Pronoun]) -> None:
    assert pronouns(question) == found


@pytest.mark.parametrize(
    ("question", "antecedents", "expected"),
    [
        ("who saw her?", {SHE: "Ann"}, "Who saw Ann?"),
        ("Where is her house?", {SHE: "Ann"}, "Where is Ann's house?"),
        ("Who met her in Ulm?", {SHE: "Ann"}, "Who met Ann in Ulm?"),
        ("What did she tell him?", {SHE: "Ann", HE: "Bo"}, "What did Ann tell Bo?"),
        ("Who stayed there?", {THERE: "Ulm"}, "Who stayed in Ulm?"),
        ("How did they get there?", {THERE: "Ulm"}, "How did they get to Ulm?"),
        ("Who won then?", {THEN: "Monday"}, "Who won on Monday?"),
        ("Who won then?", {THEN: "2019"}, "Who won in 2019?"),
        ("Who owns its roof?", {IT: "the Star"}, "Who owns the Star's roof?"),
        ("Did she see them?", {SHE: r"Ann\g"}, r"Did Ann\g see them?"),
    ],
)
def test_each_pronoun_is_replaced_by_its_own_antecedent(
    question: str, antecedents: dict[Pronoun, str], expected: str
) -> None:
    assert replaced(question, antecedents) == expected


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("Is there a bridge?", Dependence.NONE),
        ("Why there is a bridge?", Dependence.NONE),
        ("By how much does Acme raise its prices?", Dependence.NONE),
        ("Who won this race?", Dependence.WEAK),
        ("When did Ann say she would come?", Dependence.WEAK),
        ("Who met her there?", Dependence.STRONG),
        ("What did Ann offer them?", Dependence.STRONG),
        ("Whom did Ann meet there?", Dependence.STRONG),
    ],
)
def test_a_name_before_a_pronoun_may_be_what_it_refers_to(
    question: str, expected: Dependence
) -> None:
    assert dependence(question) is expected

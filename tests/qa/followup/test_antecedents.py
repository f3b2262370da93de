"""Giving each pronoun its own antecedent."""

from qa.followup.antecedents import MAX_CANDIDATES, Pronoun, assignments, merge

HE, THEY = Pronoun.HE, Pronoun.THEY


def test_later_turns_come_first_and_nothing_twice() -> None:
    assert merge([{HE: ["Bo"]}, {HE: ["Cy", "Bo"], THEY: ["the crews"]}]) == {
        HE: ["Bo", "Cy"],
        THEY: ["the crews"],
    }


def test_two_pronouns_are_two_things() -> None:
    found = {HE: ["Bo", "Cy"], THEY: ["Bo", "Bo and Cy", "the crews"]}
    ways = assignments([HE, THEY], found, "When did he meet them?")
    assert ways == [
        {HE: "Cy", THEY: "Bo"},
        {HE: "Bo", THEY: "the crews"},
        {HE: "Cy", THEY: "the crews"},
    ]


def test_what_a_question_names_is_not_what_its_pronouns_refer_to() -> None:
    found = {HE: ["Bo", "Cy"]}
    assert assignments([HE], found, "Did he meet Bo?") == [{HE: "Cy"}]


def test_a_pronoun_without_candidates_is_left_out() -> None:
    assert assignments([HE, THEY], {HE: ["Bo"]}, "Did he meet them?") == [{HE: "Bo"}]
    assert assignments([THEY], {}, "Who met them?") == []


def test_only_a_few_candidates_are_tried() -> None:
    found = {HE: [f"Bo{i}x" for i in range(50)]}
    assert len(assignments([HE], found, "Did he win?")) == MAX_CANDIDATES

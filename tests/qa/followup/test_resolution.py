"""Replacing pronouns by what earlier turns mention."""

from dataclasses import dataclass

from qa.followup.resolution import MAX_PREVIOUS, resolve, understood


@dataclass(frozen=True)
class Turn:
    question: str
    text: str | None = None
    sentence: str | None = None
    understood: str | None = None


MET = Turn("Who did Ann and Bo meet?", "families of sailors", "They met families of sailors.")


def texts(question: str, *history: Turn) -> list[str]:
    return [resolved.text for resolved in resolve(question, history)]


def test_two_pronouns_of_one_question_are_two_things() -> None:
    assert texts("When had he met them before", MET) == [
        "When had Ann met the families of sailors before",
        "When had Bo met the families of sailors before",
    ]
    assert resolve("When had he met them before", [MET])[1].antecedents == (
        "Bo",
        "families of sailors",
    )


def test_the_last_turn_comes_first_and_older_ones_after_it() -> None:
    won = Turn("Who won the cup?", "Cy Lo", "Cy Lo won the cup.")
    assert texts("How old is he", MET, won)[:2] == ["How old is Cy Lo", "How old is Ann"]
    assert texts("How old is he", MET, *[won] * 3) == ["How old is Cy Lo"]


def test_he_and_she_are_different_people() -> None:
    follows = Turn("Who follows Eva Lo?", "Bo Li", "Bo Li follows Eva Lo.")
    age = Turn("How old is he?", "52", "Bo Li is 52.", "How old is Bo Li?")
    assert texts("When did she come", follows, age) == ["When did Eva Lo come"]
    follows = Turn("谁接替石慧？", "李四", "接替她的是李四。")
    age = Turn("他多大？", "52岁", "李四52岁。", "李四多大？")
    assert texts("她哪一年来到这里", follows, age)[0] == "石慧哪一年来到这里"


def test_whoever_he_or_she_stood_for_is_no_it() -> None:
    gave = Turn("What did he give her?", "a mask", None, "What did Bo Li give Ann Lo?")
    assert texts("Who carved it", gave) == ["Who carved the mask"]
    gave = Turn("他送给她什么？", "面具", None, "张伟送给李四什么？")
    assert texts("它是谁雕刻的", gave) == ["面具是谁雕刻的"]


def test_a_pronoun_goes_on_standing_for_the_same() -> None:
    who = Turn("Who blocked the port?", "Fishermen")
    what = Turn("What did they demand?", "lower taxes", None, "What did the fishermen demand?")
    assert texts("Which minister met them", who, what)[0] == "Which minister met the fishermen"
    who = Turn("谁封锁了港口？", "渔民")
    what = Turn("他们要求什么？", "降低燃油税", None, "渔民要求什么？")
    assert texts("哪位部长会见了他们", who, what)[0] == "哪位部长会见了渔民"


def test_they_may_be_the_people_of_the_last_two_answers() -> None:
    men = Turn("Who won among the men?", "Bo Li")
    women = Turn("And among the women?", "Ann Lo", None, "Who won among the women?")
    assert "Where do Bo Li and Ann Lo live" in texts("Where do they live", men, women)
    men = Turn("谁赢得了男子冠军？", "李四")
    women = Turn("女子呢？", "王五", None, "谁赢得了女子冠军？")
    assert "李四和王五住在哪里" in texts("他们住在哪里", men, women)


def test_a_subject_that_a_chinese_question_leaves_out_is_added() -> None:
    bridge = Turn("青澜大桥有多长？", "5公里", "青澜大桥全长5公里。")
    assert texts("花了多少钱", bridge) == ["青澜大桥花了多少钱"]
    assert texts("谁发明了电话", bridge) == []


def test_a_question_may_be_in_another_language_than_the_last_turn() -> None:
    assert texts("他们在哪里", MET)[0] == "the families of sailors在哪里"


def test_a_long_question_is_cut() -> None:
    assert len(understood(Turn("x" * 1000))) == MAX_PREVIOUS

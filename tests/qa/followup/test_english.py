"""The English follow-up rules, one at a time."""

import pytest

from qa.followup import english as en


@pytest.mark.parametrize(
    ("question", "word"),
    [
        ("When?", "when"),
        ("And where exactly?", "where"),
        ("so, with whom?", "with whom"),
        ("How long?", "how long"),
        ("When was it?", "when"),
        ("How long is it?", None),
        ("When did it happen?", "when"),
        ("In which year?", "in which year"),
        ("When did he leave?", None),
        ("Where is Rome?", None),
        ("", None),
    ],
)
def test_the_question_word_of_a_bare_question(question: str, word: str | None) -> None:
    assert en.bare_question_word(question) == word


@pytest.mark.parametrize(
    ("question", "topic"),
    [
        ("What about Canada?", "Canada"),
        ("How about the mayor", "the mayor"),
        ("And in 2023?", "in 2023"),
        ("The same for Bo?", "Bo"),
        ("Among the women?", "Among the women"),
        ("And who is the mayor?", None),
        ("Canada?", None),
    ],
)
def test_the_new_topic(question: str, topic: str | None) -> None:
    assert en.new_topic(question) == topic


@pytest.mark.parametrize(
    ("previous", "topic", "first"),
    [
        ("How old was Ann Lee?", "Bo", "How old was Bo?"),
        ("What is Japan's share?", "Canada", "What is Canada's share?"),
        ("What was sold in 2024 for $5?", "in 2023", "What was sold in 2023 for $5?"),
        ("How long is the Ulm Bridge?", "the Ulm Tunnel", "How long is the Ulm Tunnel?"),
        ("How old is Ann Lee?", "the mayor", "How old is the mayor?"),
        ("Who is the head of Ace?", "of Bee", "Who is the head of Bee?"),
        ("Who won the cup?", "among the women", "Who won the cup among the women?"),
        ("What is Bo Li's wife called?", "Bo Li's brother", "What is Bo Li's brother called?"),
        ("Who heads the bank Castle & Finch?", "Norsol", "Who heads the bank Norsol?"),
        ("Who is the head of the bank Castle?", "of Norsol", "Who is the head of Norsol?"),
        ("What is the price of the car of Ann?", "of Bo", "What is the price of the car of Bo?"),
        ("Who won?", "Of Norsol", "Who won of Norsol?"),
    ],
)
def test_the_topic_replaces_a_name_or_a_number(previous: str, topic: str, first: str) -> None:
    assert en.with_topic(previous, topic)[0] == first


@pytest.mark.parametrize(
    ("previous", "topic", "expected"),
    [
        ("Who is the king of Spain?", "the mayor of Rome", ["Who is the mayor of Rome?"]),
        ("What did the court say of Rome?", "the queen", ["What did the court say of the queen?"]),
        ("When did the king of Spain go?", "the queen", ["When did the queen of Spain go?"]),
        ("When did Bo Li win the Ulm Cup?", "Ann Lo", ["When did Ann Lo win the Ulm Cup?"]),
        ("What is Japan's LNG share?", "Canada", ["What is Canada's LNG share?"]),
    ],
)
def test_the_topic_replaces_what_is_like_it(previous: str, topic: str, expected: list[str]) -> None:
    assert en.with_topic(previous, topic) == expected


def test_a_question_without_names_or_numbers_has_nothing_to_replace() -> None:
    assert en.with_topic("what is it?", "Bo") == []
    assert en.with_topic("Who won?", "2023") == []


def test_a_question_without_an_auxiliary_is_rephrased_or_dropped() -> None:
    assert en.with_question_word("Who won it?", "when", "Bo") == ["When was it that Bo won it?"]
    assert en.with_question_word("Who \t?", "when", "Bo") == []
    assert en.with_question_word("Who leads it?", "why", "Bo") == ["Why is it that Bo leads it?"]
    assert en.with_question_word("Which runner won?", "when", "Bo") == []
    assert en.with_question_word("What did Bo say?", "why", "Hi") == ["Why did Bo say Hi?"]
    assert en.with_question_word("From which port did Bo sail?", "when", "Ulm") == [
        "When did Bo sail from Ulm?"
    ]


@pytest.mark.parametrize(
    ("previous", "answer", "expected"),
    [
        ("Who was elected mayor of Ulm?", "Bo", "When was Bo elected mayor of Ulm?"),
        ("What was found in the bog?", "A spoon", "When was a spoon found in the bog?"),
        ("Which plant will close?", "Wexley", "When will Wexley close?"),
        ("Who will lead the team?", "Bo", "When will Bo lead the team?"),
        # these have a subject
        ("Who will Ann meet?", "Bo", "When will Ann meet Bo?"),
        ("Who will the mayor meet?", "Bo", "When will the mayor meet Bo?"),
        ("What are scientists looking for?", "a cure", "When are scientists looking for a cure?"),
        ("Who is the king of Spain?", "Bo", "When is the king of Spain Bo?"),
        ("Where was gold found?", "Ulm", "When was gold found?"),
        ("In which city was gold found?", "Ulm", "When was gold found in Ulm?"),
    ],
)
def test_an_answer_takes_the_place_that_it_has_in_a_sentence(
    previous: str, answer: str, expected: str
) -> None:
    assert en.with_question_word(previous, "when", answer) == [expected]


@pytest.mark.parametrize(
    ("previous", "topic", "expected"),
    [
        ("Who is the king of Spain?", "the queen", "Who is the queen of Spain?"),
        ("How old is the prime minister of Spain?", "the king", "How old is the king of Spain?"),
        ("When did the mayor of New Ulm resign?", "a judge", "When did a judge of New Ulm resign?"),
        ("How old is Ann Lee?", "the mayor", "How old is the mayor?"),
        ("Who is the king of Spain?", "Norway", "Who is the king of Norway?"),
    ],
)
def test_a_topic_that_is_nobody_s_belongs_to_the_same(
    previous: str, topic: str, expected: str
) -> None:
    assert en.with_topic(previous, topic) == [expected]


def test_the_word_that_begins_a_later_question_is_no_name() -> None:
    assert en.names("Who ran at Lake Ulm? 李四. How old is he?") == ["Lake Ulm"]
    assert en.names("Where did Will sing?") == ["Will"]


def test_names_of_the_previous_question_are_not_new() -> None:
    assert en.new_names("And did Ann Lee meet Cy?", "Where did Ann Lee meet Bo?") == "Cy"

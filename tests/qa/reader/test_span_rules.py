"""How much text a question asks for, and where an answer starts and ends."""

import pytest

from qa.reader.span_rules import Extent, answer_key, expand, extent, is_phrase, trim


@pytest.mark.parametrize("question", ["How many came?", "How long was it?", "多少人?", "Who?"])
def test_questions_for_an_amount_or_a_name_get_a_phrase(question: str) -> None:
    assert extent(question) is Extent.PHRASE


def test_a_clause_never_leaves_its_sentence() -> None:
    text = "甲。乙丙丁。戊"
    start, end = expand(text, 3, 4, (2, 6), Extent.CLAUSE)
    assert text[start:end] == "乙丙丁"


@pytest.mark.parametrize(
    ("text", "marked", "expected"),
    [
        ("He said “we won the cup” twice", "“we won", "we won"),
        ("the “Golden Gate” bridge", "“Golden Gate", "“Golden Gate”"),
        ("in 1999, they left", "1999,", "1999"),
        ("it cost $1,200.50 then", "1,200", "1,200.50"),
        ("the U.S. President", "U.S.", "U.S."),
        ("unbelievable", "believ", "unbelievable"),
        ("called Big Ben (the bell).", "Big Ben (the bell", "Big Ben (the bell)"),
        ("called Big Ben (the bell).", "Big Ben (", "Big Ben"),
        ("作者是《红楼梦》的曹雪芹。", "曹雪芹。", "曹雪芹"),
        ("他写了《红楼梦》。", "《红楼梦", "《红楼梦》"),
        ("于1945年成立", "1945年", "1945年"),
        ("Trump’s plan", "Trump", "Trump"),
    ],
)
def test_answers_are_trimmed_as_people_mark_them(text: str, marked: str, expected: str) -> None:
    at = text.index(marked)
    start, end = trim(text, at, at + len(marked), (0, len(text)))
    assert text[start:end] == expected


def test_trimming_never_leaves_the_sentence() -> None:
    text = "one (two) “three” 四《五》六."
    for start in range(len(text)):
        for end in range(start + 1, len(text) + 1):
            left, right = trim(text, start, end, (start, end))
            assert start <= left <= right <= end


def test_answers_with_the_same_meaning_have_the_same_key() -> None:
    assert answer_key("The U.S. President") == answer_key("U.S. president")
    assert answer_key("１９９９年") == answer_key("1999年")
    assert answer_key("Anna") != answer_key("Annan")


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("Why did she leave?", Extent.SENTENCE),
        ("How did it end?", Extent.SENTENCE),
        ("What is the difference between them?", Extent.SENTENCE),
        ("她为什么离开?", Extent.SENTENCE),
        ("なぜ?", Extent.SENTENCE),
        ("他会说哪些语言？", Extent.CLAUSE),
        ("有什么好处？", Extent.CLAUSE),
    ],
)
def test_questions_that_need_more_than_a_phrase(question: str, expected: Extent) -> None:
    assert extent(question) is expected


def test_an_answer_long_enough_to_be_a_reason_is_not_extended() -> None:
    text = "She left, because the last train was due at nine."
    start = text.index("because")
    assert not is_phrase(text[start:])
    unchanged = expand(text, start, len(text), (0, len(text)), Extent.SENTENCE)
    assert unchanged == (start, len(text))


def test_only_scripts_without_spaces_are_extended_to_a_clause() -> None:
    text = "In winter, he spoke French and Dutch, not English."
    assert expand(text, 20, 26, (0, len(text)), Extent.CLAUSE) == (20, 26)
    assert expand(text, 20, 26, (0, len(text)), Extent.SENTENCE) == (0, len(text))

"""Same, different, or not comparable."""

import datetime

import pytest

from qa.agreement.comparing import compare
from qa.agreement.statement import Statement

DAY = datetime.date(2025, 10, 15)
Said = tuple[str, str]  # sentence, answer in it
OPENED = "When did it open?"
DIED = "How many people died in the Tarvik fire?"
DEAD = ("大火造成12人死亡。", "12人")
FIRE = ("The Tarvik fire killed 14 people.", "14")


def statement(question: str, said: Said, day: datetime.date = DAY) -> Statement:
    sentence, answer = said
    start = sentence.index(answer)
    return Statement(question, sentence, start, start + len(answer), day)


@pytest.mark.parametrize(
    ("question", "one", "other", "relation"),
    [
        (DIED, FIRE, ("Fourteen people died in the Tarvik fire.", "Fourteen"), "same"),
        (DIED, FIRE, ("The Tarvik fire killed 19 people, a union said.", "19"), "differs"),
        (DIED, FIRE, ("At least 12 people died in the Tarvik fire.", "12"), "also"),
        (DIED, FIRE, ("The Tarvik fire injured 23 people.", "23"), "also"),
        (DIED, FIRE, ("In 1998 a fire in Tarvik killed 31 people.", "31"), "also"),
        (DIED, FIRE, ("A fire in Lindholm killed 31 people.", "31"), "also"),
        (DIED, FIRE, ("The Tarvik fire may have killed 31 people.", "31"), "also"),
        (DIED, FIRE, ("The toll of the Tarvik fire rose from 14 to 19 people.", "19"), "also"),
        (DIED, FIRE, ("Among children, the Tarvik fire killed 3 people.", "3"), "also"),
        ("Who won?", ("Ann Lee won.", "Ann Lee"), ("Lee won.", "Lee"), "same"),
        ("Who won?", ("Ann Lee won.", "Ann Lee"), ("Bo Dahl won.", "Bo Dahl"), "differs"),
        ("Who won?", ("Ann Lee won.", "Ann Lee"), ("Ann Lee did not win.", "Ann Lee"), "differs"),
        ("What broke it?", ("Rust broke it.", "Rust"), ("No rust broke it.", "rust"), "differs"),
        ("Why did it?", ("Rust broke it.", "Rust"), ("No rust broke it.", "rust"), "also"),
        ("Who won?", ("Ann Lee won.", "Ann Lee"), ("Bo Dahl did not win.", "Bo Dahl"), "also"),
        (OPENED, ("It opened on 3 May.", "3 May"), ("It opened in May.", "May"), "same"),
        (OPENED, ("It opened in 1932.", "1932"), ("It opened in 1936.", "1936"), "differs"),
        ("多少人死亡？", DEAD, ("大火已致十二人遇难。", "十二人"), "same"),
        ("多少人死亡？", DEAD, ("大火造成21人死亡。", "21人"), "differs"),
        ("多少人死亡？", DEAD, ("大火造成21人受伤。", "21人"), "also"),
        ("Why?", ("It fell for 3 days.", "3 days"), ("It fell for 4 days.", "4 days"), "also"),
    ],
)  # fmt: skip
def test_two_statements(question: str, one: Said, other: Said, relation: str) -> None:
    a, b = statement(question, one), statement(question, other)
    assert compare(a, b) == compare(b, a) == relation


def test_figures_far_apart_in_time_differ_only_over_time() -> None:
    later = statement(DIED, ("The Tarvik fire killed 19 people.", "19"), DAY.replace(month=11))
    late = datetime.date(2026, 2, 1)
    assert compare(statement(DIED, FIRE), later) == "differs"
    later = statement(DIED, ("The Tarvik fire killed 19 people.", "19"), late)
    assert compare(statement(DIED, FIRE), later) == "also"
    assert compare(statement(DIED, FIRE), later, over_time=True) == "differs"


def test_two_scripts_are_compared_only_if_they_share_a_name_of_the_question() -> None:
    one = ("Thirty people are missing at Mount Lusan.", "Thirty")
    question = "How many people are missing at Mount Lusan?"
    named = ("卢山（Mount Lusan）有45人失踪。", "45人")
    unnamed = ("卢山有45人失踪。", "45人")
    assert compare(statement(question, one), statement(question, named)) == "differs"
    assert compare(statement(question, one), statement(question, unnamed)) == "also"

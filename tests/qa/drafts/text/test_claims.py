"""The claims of a draft, by sentence."""

import datetime

import pytest

from qa.drafts.text.claims import MAX_CLAIMS, find_claims


def claims(text: str, day: datetime.date | None = None) -> list[tuple[str, str]]:
    found, _ = find_claims(text, day)
    assert all(s.text[slice(*s.at(m))] for s in found for m in s.mentions)
    return [(m.kind, text[m.start : m.end]) for s in found for m in s.mentions]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (
            "On 3 May 2025 a fire killed 14 people in Ulm.",
            [("date", "3 May 2025"), ("number", "14 people"), ("name", "Ulm")],
        ),
        ("“Ann saw 3 dogs there,” he said.", [("quotation", "“Ann saw 3 dogs there,”")]),
        ("# 14 dead\nThe F-35s and one of No. 2 at 10:30, 3-1, in the 1990s", [("name", "F-35s")]),
        ("It had 2000 visitors.", [("number", "2000 visitors")]),
        ("四川有三人。3号线第2站", [("name", "四川"), ("number", "三人")]),
        ("It opened on Friday, 3 October.", [("date", "3 October")]),
    ],
)
def test_what_can_be_looked_up(text: str, found: list[tuple[str, str]]) -> None:
    assert claims(text) == found


def test_relative_days_count_only_against_a_stated_day() -> None:
    assert claims("It rained yesterday.") == []
    assert claims("It rained yesterday.", datetime.date(2025, 5, 2)) == [("date", "yesterday")]


def test_a_full_stop_in_a_quotation_ends_no_sentence() -> None:
    found, _ = find_claims("他来了。“我们不去。一次也不去。”局长沈国栋说。雨停了3天。", None)
    assert [s.text for s in found] == ["“我们不去。一次也不去。”局长沈国栋说。", "雨停了3天。"]


def test_further_claims_are_counted() -> None:
    found, left_out = find_claims("There were 15 dogs.\n" * (MAX_CLAIMS + 7), None)
    assert (sum(len(s.mentions) for s in found), left_out) == (MAX_CLAIMS, 7)


def test_a_long_sentence_is_read_in_pieces_between_words() -> None:
    found, left_out = find_claims("".join(f"{n} km, " for n in range(100, 400)), None)
    assert left_out == 0
    assert max(len(sentence.text) for sentence in found) <= 1000
    assert sum(len(sentence.mentions) for sentence in found) == 300

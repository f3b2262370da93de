"""Chinese and Japanese sentences about different things read alike."""

import pytest

from qa.drafts.figures import look_up
from qa.drafts.frame import Frame
from qa.drafts.framing import best_slot
from qa.drafts.text.claims import find_claims
from tests.support.drafts import sentences


def status(draft: str, *archive: str) -> str:
    """What is said of the last number or date of a draft."""
    found, _ = find_claims(draft, None)
    sentence, mention = [(s, m) for s in found for m in s.mentions if m.kind in ("number", "date")][
        -1
    ]
    return look_up(sentence, mention, sentences(*archive), [], None).status


@pytest.mark.parametrize(
    ("draft", "archive", "expected"),
    [
        ("青岚大坝很长。大坝蓄水量90吨。", "青岚大坝蓄水量80吨。", "differs"),
        ("杜家骏，临江人。1969年5月参加工作。", "郑国强是安远人，1981年7月参加工作。", "unsure"),
        ("铁线兰生长于海拔50米的山坡。", "六角草生长于海拔400米的山坡。", "unsure"),
        (
            "青岚村第三产业的产值为90亿元。",
            "第三产业在增长，青岚村农业的产值为70亿元。",
            "unsure",
        ),
        (
            "青岚鉄道の第2期工事は1994年に完成した。",
            "青岚鉄道の第1期工事は1983年に完成した。",
            "unsure",
        ),
        (
            "青岚鉄道のトンネル工事は1994年に完成した。",
            "青岚鉄道のホーム工事は1983年に完成した。",
            "unsure",
        ),
    ],
)
def test_only_what_is_said_of_one_subject_differs(draft: str, archive: str, expected: str) -> None:
    assert status(draft, archive) == expected


def test_the_year_of_an_era_is_no_number() -> None:
    found, _ = find_claims("1901年(明治34年)に改称した。", None)
    assert [(m.kind, m.end - m.start) for s in found for m in s.mentions] == [("date", 5)]


def test_of_two_figures_between_the_same_words_neither_is_meant() -> None:
    text = "背鳍软条10枚，臀鳍软条12枚。"
    slots = [Frame(text, text.index(n), text.index(n) + 3) for n in ("10枚", "12枚")]
    draft = "背鳍软条11枚。"
    assert best_slot(Frame(draft, 4, 7), slots) is None

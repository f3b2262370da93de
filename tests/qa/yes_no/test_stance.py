"""What a sentence says to a yes/no question; undecided wherever it is not plain."""

import time

import pytest

from qa.yes_no.stance import stance

PLAIN = [
    ("Did Ann Lee resign?", "Ann Lee resigned on Monday.", "supports"),
    ("Did Ann Lee resign?", "Ann Lee, a lawyer, has resigned.", "supports"),
    ("Did Ann Lee resign in May?", "Ann Lee resigned in May.", "supports"),
    ("Did the council reject the plan?", "The council rejected the plan.", "supports"),
    ("Did Ann Lee resign?", "Ann Lee has not resigned.", "against"),
    ("Did Ann Lee resign?", "Ann Lee denied that she had resigned.", "against"),
    ("Did the union accept the offer?", "The union rejected the offer.", "against"),
    ("Did the price of oil fall?", "The price of oil rose.", "against"),
    ("Did 300 people die in Orvel?", "200 people died in Orvel.", "against"),
    ("票价会上涨吗？", "交通局否认票价将上涨。", "against"),
    ("梁志远获释了吗？", "梁志远周二获释。", "supports"),
    ("梁志远是否获释？", "梁志远没有获释。", "against"),
    ("出口额增长了吗？", "出口额下降。", "against"),
    ("高野町長は辞任しましたか？", "高野町長は辞任した。", "supports"),
    ("高野町長は辞任しましたか？", "高野町長は辞任していない。", "against"),
]
NOT_PLAIN = [
    ("Did Ann Lee resign?", "Ann Lee will resign."),
    ("Did Ann Lee resign?", "Ann Lee nearly resigned."),
    ("Did Ann Lee resign?", "If Ann Lee resigned, nobody noticed."),
    ("Did Ann Lee resign?", "Ann Lee resigned, but not from the party."),
    ("Did Ann Lee resign?", "Ann Lee did not deny that she had resigned."),
    ("Did Ann Lee resign?", "Did Ann Lee resign?"),
    ("Did Ann Lee resign?", "It rained."),
    ("Didn't Ann Lee resign?", "Ann Lee resigned."),
    ("Did Ann Lee resign in 2024?", "Ann Lee resigned in 2025."),
    ("Did Ann Lee resign in May?", "Ann Lee resigned in June."),
    ("Did all passengers of it survive?", "Most passengers survived."),
    ("Did 300 people die in Orvel?", "In Orvel 200 people died and 300 people were hurt."),
    ("Does Boreal Air fly to Oslo?", "Boreal Air stopped flying to Oslo."),
    ("Has Boreal Air ever flown to Oslo?", "Boreal Air suspended flying to Oslo."),
    ("Was it broken?", "It was broken."),
    ("大桥通车了吗？", "大桥预计明年通车。"),
    ("大桥将通车吗？", "大桥已经通车。"),
    ("不是已经停止进口了吗？", "日本停止进口。"),
    ("日本2024年停止进口了吗？", "日本2023年停止进口。"),
    ("Did Ann Lee resign?", "安·李已经辞职。"),
]


@pytest.mark.parametrize(("question", "sentence", "expected"), PLAIN)
def test_plain_sentences(question: str, sentence: str, expected: str) -> None:
    assert stance(question, sentence, sentence) == expected


@pytest.mark.parametrize(("question", "sentence"), NOT_PLAIN)
def test_it_is_left_to_the_reader(question: str, sentence: str) -> None:
    assert stance(question, sentence, sentence) == "undecided"


@pytest.mark.parametrize(
    "text", ["not " * 25_000, "没有" * 50_000, "Ann’s " * 20_000, "1,2 " * 25_000, "\x00\ud800a, "]
)
def test_hostile_sentences_take_no_time(text: str) -> None:
    started = time.process_time()
    stance("Did Ann Lee resign at 12?", text, text)
    stance("梁志远获释了吗？", text, text)
    assert time.process_time() - started < 2

"""Which questions ask for yes or no."""

import time

import pytest

from qa.yes_no.form import is_yes_no

YES_NO = """
Did Japan stop importing Russian gas?
did the mayor resign
And was she there?
Isn't the bridge closed?
Will Ann Lee leave or not?
Has the U.S. President signed the law?
大坝出现裂缝了吗？
大壩是否出現裂縫？
他有没有出席仪式？
这是不是第一次泄洪？
票价会不会上涨？
地铁三号线通没通车？
何逸飞续约了吗？
駅は廃止されますか？
町長は出席しませんでしたか。
"""
OTHER = """
Who won?
Can you tell me who won?
Could you list the countries?
Do we know the cost?
Was it Ann or Ben?
Did anybody say when it opens?
May Day parade
Will Smith awards
is an encoding for english characters
He left, did he?
Did it rain? Did it snow?
谁赢了吗？
この灯りは一般の用途に向く、向かないか？
请问大桥什么时候通车？
你知道谁赢了吗？
能告诉我票价吗？
是周一还是周二？
大桥有多长？
誰が勝ちましたか？
それはなんですか？
高いですか、低いですか？
多いか少ないか？
Ist die Brücke offen?
"""


@pytest.mark.parametrize("question", YES_NO.strip().splitlines())
def test_yes_no(question: str) -> None:
    assert is_yes_no(question)


@pytest.mark.parametrize("question", ["", "?", "Did", "Did ", *OTHER.strip().splitlines()])
def test_other_questions(question: str) -> None:
    assert not is_yes_no(question)


@pytest.mark.parametrize(
    "text", ["Did " + "a " * 50_000 + "?", "吗" * 100_000, "すか" * 50_000, "Did\x00 a\ud800?"]
)
def test_hostile_text_takes_no_time(text: str) -> None:
    started = time.perf_counter()
    is_yes_no(text)
    assert time.perf_counter() - started < 1

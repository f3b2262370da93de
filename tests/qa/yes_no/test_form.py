"""Which questions ask for yes or no."""

import pytest

from qa.yes_no.form import is_yes_no
from tests.support.quick import quick

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
Won't the bridge open?
Can't he run?
Is the WHO in Geneva?
Does WHO recommend vaccines?
Was the mayor, who resigned in May, convicted?
Has Ann Lee resigned?
Has Tokyo Skytree closed?
Is there a ceasefire?
Did anyone die?
市长辞职了没有？
市长辞职了没？
他去不去北京？
"""
OTHER = """
Does anyone know the cost of the bridge at Corby?
Is there any information on the cost of it?
Could someone summarise the report?
Is it possible to see the date of it?
Does the article mention the number of victims?
Does the article say the number?
Do tell the names of the winners?
May Day protests turnout?
Is the capital of France Paris, Lyon, Marseille?
他是不是或者不是市长
ほのか
いるか
动不动就涨价？
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
FOREIGN = """
Was kostet das neue Stadion?
Was ist in Berlin passiert?
Was wird aus Hertha?
Was sagte Scholz?
Was plant die Regierung?
Was passierte am Montag?
Was fordert Verdi?
Will Scholz zurücktreten?
Am Montag geöffnet?
Was verdient Kane?
Was zeigt das Video?
Was hat Merkel gesagt?
Is de brug open?
Is het waar?
Had hij gelijk?
Was de burgemeester aanwezig?
Is Rutte afgetreden?
Will Wilders regeren?
Was er brand in Utrecht?
Do que trata o acordo?
Do que morreu Pelé?
Do quarto poder fala quem?
Has visto la noticia?
Has leído el informe?
Has oído hablar del acuerdo?
Has estado en Madrid?
Do kiedy trwa strajk?
Do kogo należy most?
Do czego wezwał Tusk?
Do ilu lat?
Can Yaman kimdir?
Can Dündar nerede?
Can Bartu kaç gol attı?
Can Bonomo hangi şarkıyı söyledi?
Is på sjön?
Had Löfven rätt?
Är bron öppen?
Is det farligt?
Was soll das?
Hat Scholz gewonnen?
Die Brücke offen?
Was macht Merkel heute?
Was bedeutet das Urteil?
Are Mere dreptate?
"""


@pytest.mark.parametrize("question", YES_NO.strip().splitlines())
def test_yes_no(question: str) -> None:
    assert is_yes_no(question)


@pytest.mark.parametrize(
    "question", ["", "?", "Did", "Did ", *(OTHER + FOREIGN).strip().splitlines()]
)
def test_other_questions(question: str) -> None:
    assert not is_yes_no(question)


@pytest.mark.parametrize(
    "text",
    [
        "Did " + "a " * 50_000 + "?",
        "吗" * 100_000,
        "すか" * 50_000,
        "本は" * 149 + "か",
        "Was a, " * 40 + "?",
        "Did\x00 a\ud800?",
    ],
)
def test_hostile_text_takes_no_time(text: str) -> None:
    with quick():
        is_yes_no(text)

"""Languages are detected given enough text, and left open otherwise."""

import pytest

from index.text.language import detect


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("The keeper counted nine ships before noon and wrote them into his book.", "en"),
        ("Der Wärter zählte neun Schiffe vor dem Mittag und schrieb sie in sein Buch.", "de"),
        ("Le gardien a compté neuf navires avant midi et les a notés dans son livre.", "fr"),
        ("El guardián contó nueve barcos antes del mediodía y los anotó en su libro.", "es"),
        ("Смотритель насчитал девять кораблей до полудня и записал их в книгу.", "ru"),
        ("灯塔看守人在中午之前数了九艘船,并把它们写进了书里。", "zh"),
        ("灯台守は正午までに九隻の船を数え、それを帳面に書いた。", "ja"),
        ("등대지기는 정오 전에 배 아홉 척을 세어 장부에 적었다.", "ko"),
        ("高市早苗与 Donald Trump 在东京会面", "zh"),
        ("船", "zh"),
        ("ships 船 and 塔 and many other words in a long English sentence", "en"),
    ],
)
def test_languages(text: str, language: str) -> None:
    assert detect(text) == language
    assert detect(text, default="xx") == language


@pytest.mark.parametrize("text", ["", "12 345", "…!?", "OK", "Tokyo 2025"])
def test_too_little_text_gives_the_default(text: str) -> None:
    assert detect(text) is None
    assert detect(text, default="sv") == "sv"

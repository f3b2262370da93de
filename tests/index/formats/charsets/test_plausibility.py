"""Text in the right encoding is more plausible than the same bytes in another."""

import pytest

from index.formats.charsets.plausibility import plausibility

TURKISH = "Belediye çarşamba günü eski şehirdeki üç köprünün yeniden inşa edileceğini açıkladı."
LITHUANIAN = (
    "Savivaldybė trečiadienį pranešė, kad kitą pavasarį senamiestyje bus perstatyti tiltai."
)
RUSSIAN = "Городские власти объявили в среду, что весной будут построены три моста."
HEBREW = "העירייה הודיעה ביום רביעי כי באביב הבא ייבנו מחדש שלושה גשרים."
CHINESE = "市政府周三宣布，明年春天将在老城重建三座桥梁。工程预计花费四亿元。"
JAPANESE = "市は水曜日、旧市街の三つの橋を来年春に架け替えると発表した。"


@pytest.mark.parametrize(
    ("text", "right", "wrong"),
    [
        (TURKISH, "cp1254", ("cp1252", "cp1250", "cp1257")),
        (LITHUANIAN, "cp1257", ("cp1252", "cp1250", "cp1254")),
        (RUSSIAN, "cp1251", ("koi8-r", "cp1252", "iso8859-5", "gb18030")),
        (RUSSIAN, "koi8-r", ("cp1251", "cp866", "cp1253")),
        (HEBREW, "cp1255", ("cp1251", "cp1253", "cp1256")),
        (CHINESE, "gb18030", ("big5", "euc-kr", "cp932", "cp1252", "cp874")),
        (JAPANESE, "euc-jp", ("gb18030", "cp932", "cp949")),
    ],
)
def test_the_right_encoding_is_most_plausible(
    text: str, right: str, wrong: tuple[str, ...]
) -> None:
    data = text.encode(right)
    others = [plausibility(data.decode(codec, errors="replace")) for codec in wrong]
    assert plausibility(text) > max(others) + 0.1
    assert plausibility(text) > 0.7


def test_ascii_is_plausible_and_broken_words_are_not() -> None:
    assert plausibility("Plain words.") == 1
    assert plausibility("dziesi±tej godzinie, w ¶rodê") < -0.5

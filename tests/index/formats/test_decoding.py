"""Bytes are decoded to the intended text, or refused."""

import pytest

from index.errors import UnreadableError
from index.formats.decoding import decode

ENGLISH = "He said “no” to the plan — the café’s owner, that is, and walked out."
FRENCH = "Le café est fermé. Où êtes-vous allés hier soir? Nous étions à Paris."
CHINESE = "港务局周二开会,同意在冬季之前疏浚北航道。渔民从春天起就提出了这一要求。"
JAPANESE = "日本の港湾局は火曜日に会議を開き、冬になる前に航路を浚渫することで合意した。"
KOREAN = "항만청은 화요일에 회의를 열고 겨울 전에 북쪽 수로를 준설하기로 합의했다."
RUSSIAN = "Портовое управление во вторник решило углубить северный канал до зимы."
POLISH = "Zażółć gęślą jaźń. Prezydent spotkał się z premierem w Łodzi."


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        (text, encoding)
        for text in (ENGLISH, FRENCH, CHINESE, JAPANESE, KOREAN, RUSSIAN)
        for encoding in ("utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "gb18030")
        if not (encoding == "gb18030" and text != CHINESE)
    ]
    + [
        (CHINESE.replace("这", "那"), "gbk"),
        (JAPANESE, "shift_jis"),
        (JAPANESE, "euc-jp"),
        (KOREAN, "euc-kr"),
        (FRENCH, "latin-1"),
        (ENGLISH, "cp1252"),
        (RUSSIAN, "cp1251"),
        (RUSSIAN, "koi8-r"),
        (POLISH, "cp1250"),
        ("港務局週二開會,同意在冬季之前疏浚北航道。", "big5"),
        ("港務局週二開會，同意在冬季之前疏浚北航道。漁民從春天起就提出了這一要求。" * 9, "big5"),
        (CHINESE, "utf-32"),
    ],
)
def test_common_encodings(text: str, encoding: str) -> None:
    assert decode(text.encode(encoding)) == text


@pytest.mark.parametrize("text", [CHINESE, KOREAN, RUSSIAN])
def test_a_page_cut_within_a_character_is_still_utf8(text: str) -> None:
    assert decode(text.encode()[:-1]).startswith(text[:-1])


def test_a_few_control_characters_are_kept() -> None:
    assert decode(b"a\0" + b"plain words " * 100) == "a\0" + "plain words " * 100


@pytest.mark.parametrize("data", [b"\0", b"\xff", b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 9])
def test_binary_data_is_refused(data: bytes) -> None:
    with pytest.raises(UnreadableError, match="is not text"):
        decode(data)

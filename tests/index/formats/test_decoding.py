"""Bytes are decoded to the intended text, or refused."""

import pytest

from index.errors import UnreadableError
from index.formats.decoding import decode, decode_bytes

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


TURKISH = "Belediye çarşamba günü eski şehirdeki üç köprünün yeniden inşa edileceğini açıkladı."
POUNDS = "The work would cost £400 million, said the café’s owner – “nobody” agreed."


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        (TURKISH, "cp1254"), (TURKISH, "iso8859-9"), (POUNDS, "cp1252"), (POLISH, "iso8859-2"),
        ("Savivaldybė trečiadienį pranešė, kad bus perstatyti trys tiltai.", "cp1257"),
        ("Město ve středu oznámilo, že příští jaro budou postaveny mosty.", "cp1250"),
        ("Ο δήμος ανακοίνωσε ότι θα ξαναχτιστούν τρεις γέφυρες στην πόλη.", "iso8859-7"),
        ("เทศบาลประกาศเมื่อวันพุธว่าจะสร้างสะพานสามแห่งในเมืองเก่าขึ้นใหม่", "cp874"),
        ("أعلنت البلدية يوم الأربعاء أنه سيعاد بناء ثلاثة جسور في المدينة", "cp1256"),
        (RUSSIAN, "cp866"), (RUSSIAN, "iso8859-5"), (RUSSIAN, "mac-cyrillic"),
        (JAPANESE, "iso2022_jp"),
    ],
)  # fmt: skip
def test_unlabelled_text_is_read_in_the_plausible_encoding(text: str, encoding: str) -> None:
    assert decode(text.encode(encoding)) == text


@pytest.mark.parametrize(
    ("text", "label"),
    [(CHINESE, "gb2312"), (RUSSIAN, "ibm866"), (KOREAN, "euc-kr"), (TURKISH, "iso-8859-9")],
)
@pytest.mark.parametrize("transport", [None, "iso-8859-1", "utf-8"])
def test_a_page_s_own_label_is_believed(text: str, label: str, transport: str | None) -> None:
    page = f"<html><meta charset={label}><p>{text}</p>".encode(label)
    assert text in decode(page, transport, markup=True)


@pytest.mark.parametrize(
    ("text", "encoding", "label"),
    [
        (POLISH, "iso8859-2", "iso-8859-1"), (POLISH, "cp1250", "iso-8859-2"),
        (RUSSIAN, "koi8-r", "windows-1251"), (CHINESE, "gbk", "big5"), (FRENCH, "utf-8", "latin1"),
        (FRENCH, "cp1252", "utf-8"),
    ],
)  # fmt: skip
def test_a_label_that_makes_nonsense_is_not_believed(text: str, encoding: str, label: str) -> None:
    page = f"<meta charset={label}><p>{text}</p>".encode(encoding)
    assert text in decode(page, markup=True)


@pytest.mark.parametrize("label", ["utf-7", "hz-gb-2312", "iso-2022-jp"])
def test_a_stated_encoding_in_seven_bits_is_no_ascii(label: str) -> None:
    data = "中文".encode(label.replace("-gb-2312", "").replace("iso-", "iso"))
    assert decode(data, label) == "中文"


def test_a_stray_control_character_does_not_make_a_short_text_binary() -> None:
    assert (
        decode("Prices rose to £4\x07 in May.".encode("cp1252")) == "Prices rose to £4\x07 in May."
    )


def test_a_close_decision_is_named() -> None:
    decoded = decode_bytes("Primăria a anunţat că oraşul va fi reconstruit.".encode("iso8859-2"))
    assert "anunţat" in decoded.text
    assert decoded.doubt == (
        f"its encoding is not stated: read as {decoded.codec}, but iso8859-16 fits nearly as well"
    )
    assert decode_bytes(POLISH.encode("cp1250")).doubt is None

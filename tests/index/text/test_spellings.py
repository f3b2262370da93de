"""Other spellings: what people leave out or replace when they type, and what they do not."""

import pytest

from index.text.spellings import other_spellings
from index.text.terms import terms

# printed in an article, typed in a question
PAIRS = [
    # German, Nordic languages
    ("Müller", "Mueller"), ("Müller", "Muller"), ("Straße", "Strasse"), ("GRÖẞE", "groesse"),
    ("Ålesund", "Aalesund"), ("Ålesund", "Alesund"), ("Tromsø", "Tromsoe"), ("Tromsø", "Tromso"),
    ("Þórður", "Thordur"),
    # French, Spanish, Portuguese, Catalan
    ("cœur", "coeur"), ("Besançon", "Besancon"), ("Ibáñez", "Ibanez"), ("São", "sao"),
    # Polish, Czech, Croatian, Romanian in either of its two encodings, Latvian, Maltese
    ("Łódź", "Lodz"), ("Dvořák", "Dvorak"), ("Đorđević", "Dordevic"), ("Timișoara", "Timisoara"),
    ("Timişoara", "Timișoara"), ("Jūrmala", "Jurmala"), ("Ħamrun", "hamrun"),
    # Turkish, Azerbaijani, Hausa
    ("İZMİR", "izmir"), ("ışık", "ISIK"), ("IŞIK", "ışık"), ("Ɗangote", "Dangote"),
    # Vietnamese, Yoruba, romanised Chinese and Hawaiian
    ("Đức", "Duc"), ("Phượng", "Phuong"), ("Ọ̀ṣun", "Osun"), ("Lǐ", "li"), ("Hawaiʻi", "Hawai'i"),
    # Greek, Russian, Ukrainian, Bulgarian with a stress mark
    ("Αθήνα", "ΑΘΗΝΑ"), ("Горбачёв", "Горбачев"), ("Ґалаґан", "Галаган"), ("м’ята", "мʼята"),
    ("за́мок", "замок"),
    # Arabic, Persian, Urdu, Uyghur: marks, tatweel, carriers of hamza, letters of keyboards, digits
    ("مُحَمَّد", "محمد"), ("العـــراق", "العراق"), ("أحمد", "احمد"), ("إيران", "ایران"),
    ("مكة", "مکه"), ("مصطفى", "مصطفي"), ("کریمی", "كريمي"), ("پہلا", "پهلا"), ("٢٠٢٥", "2025"),
    ("۱۴۰۴", "1404"), ("می\u200cشود", "میشود"), ("می\u200cشود", "شود"),
    # Hebrew, Hindi
    ("יְרוּשָׁלַיִם", "ירושלים"), ("ज़मीन", "जमीन"), ("१९४७", "1947"),
    # Japanese and Korean widths, Chinese, mathematical letters, ligatures
    ("ｿﾆｰ", "ソニー"), ("ＴＯＹＯＴＡ", "Toyota"), ("ﾊﾝｸﾞﾙ", "ハングル"),
    ("臺灣", "台湾"), ("ﬁnance", "finance"),
    # invisible: soft hyphen, zero-width space, joiner and direction mark, byte order mark
    ("Wald\xadbach", "Waldbach"), ("Pid\u200btan", "Pidtan"), ("ක්\u200dෂ", "ක්ෂ"),
    ("\u200fשלום", "שלום"), ("Ul\ufeffm", "Ulm"), ("Lon\u2060don", "London"),
]  # fmt: skip


def all_spellings(text: str) -> set[str]:
    return {s for term in terms(text) for s in (term, *other_spellings(term))}


@pytest.mark.parametrize(("printed", "typed"), PAIRS)
def test_either_spelling_finds_the_other(printed: str, typed: str) -> None:
    assert all_spellings(printed) & all_spellings(typed)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Müller", "Maler"), ("мой", "мои"), ("มา", "มี"), ("कि", "की"), ("कल", "कला"), ("が", "か"),
        ("부산", "부신"), ("কার", "কোর"), ("பல", "பால"), ("ת", "ט"), ("ت", "ط"), ("سار", "صار"),
    ],
)  # fmt: skip
def test_letters_that_nobody_leaves_out_tell_words_apart(one: str, other: str) -> None:
    assert not all_spellings(one) & all_spellings(other)


def test_an_exact_term_keeps_its_marks() -> None:
    assert terms("Müller Горбачёв أحمد") == ["müller", "горбачёв", "أحمد"]


@pytest.mark.parametrize("plain", ["muller", "8.6%", "u.s.", "йод", "日本", "서울", "ไทย"])
def test_plain_terms_have_no_other_spelling(plain: str) -> None:
    assert other_spellings(plain) == ()


def test_no_other_spelling_holds_white_space_or_quotes() -> None:
    everything = terms("".join(map(chr, [*range(0xD800), *range(0xE000, 0x20000)])))
    for term in everything:
        for spelling in other_spellings(term):
            assert spelling.split() == [spelling], term
            assert not {'"', "\0"} & set(spelling)

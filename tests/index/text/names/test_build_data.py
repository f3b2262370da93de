"""The data files of names are made from the dictionaries' files."""

import lzma
from pathlib import Path

import pytest

from index.text.names.build_data import japanese_lines, korean_lines, main, romanise


def entry(
    name: str, reading: str, kind: str = "人名,姓", word_class: str = "固有名詞"
) -> list[str]:
    first, second = kind.split(",")
    row = f"{name},1,1,9,名詞,{word_class},{first},{second},*,*,{name},{reading},{reading}"
    return row.split(",")


def test_names_are_gathered_by_their_sound_without_long_vowels() -> None:
    entries = [entry("大谷", "オオタニ"), entry("黄谷", "オウタニ"), entry("沢", "サワ")]
    assert japanese_lines(entries) == "otani 大谷 黄谷\nsawa 沢 泽\n"


@pytest.mark.parametrize(
    "left_out",
    [
        entry("大谷", "オオタニ", word_class="一般"),
        entry("あきら", "アキラ", "人名,名"),
        entry("州", "シュウ", "地域,一般"),
        entry("大倉谷地", "オオクラヤチ", "地域,一般"),
        entry("東西線", "トウザイセン", "一般,*"),
    ],
)
def test_other_words_and_kana_and_long_names_are_left_out(left_out: list[str]) -> None:
    assert japanese_lines([left_out]) == ""


def test_small_kana_change_the_syllable_before_or_double_the_one_after() -> None:
    readings = ("ジュンイチ", "リョウ", "ハットリ", "ハッチョウ")
    assert [romanise(one) for one in readings] == ["junichi", "ryou", "hattori", "hatchou"]


def test_korean_readings_are_gathered_by_syllable_and_simplified() -> None:
    lines = ["# U+674E\tkHangul", "U+674E\tkHangul\t리:0E 이:0N", "U+9EC3\tkHangul\t황:0E",
             "U+674E\tkMandarin\tlǐ", "U+3400\tkHangul\t구:0N"]  # fmt: skip
    assert korean_lines(lines) == "리 李\n이 李\n황 黄\n"


def test_both_files_are_written(tmp_path: Path) -> None:
    row = ",".join(entry("高市", "タカイチ"))
    (tmp_path / "Noun.name.csv").write_text(f"{row}\n", encoding="euc_jp")
    readings = tmp_path / "readings.txt"
    readings.write_text("U+674E\tkHangul\t리:0E\n", encoding="utf-8")
    assert main([str(tmp_path), str(readings), "--out", str(tmp_path)]) == 0
    for name, line in (("japanese", "takaichi 高市\n"), ("korean", "리 李\n")):
        packed = tmp_path.joinpath(f"{name}.txt.xz").read_bytes()
        assert lzma.decompress(packed).decode() == line

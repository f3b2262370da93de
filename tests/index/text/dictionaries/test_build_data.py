"""The Japanese dictionary is made from EDICT's file."""

import lzma
from pathlib import Path

import pytest

from index.text.dictionaries.build_data import japanese_lines, main

ENTRY = "駅前 [えきまえ] /(n,adj-no) (1) in front of the station/(2) {rail} station square/(P)/"


def test_a_common_word_is_kept_with_its_translations_of_a_few_words() -> None:
    assert japanese_lines([ENTRY]) == "駅前\tstation square\n"


def test_entries_of_one_word_are_joined_and_words_are_sorted() -> None:
    entries = [ENTRY, "カメラ /(n) camera/(P)/", "駅前 [えきぜん] /(n) station square/plaza/(P)/"]
    assert japanese_lines(entries) == "カメラ\tcamera\n駅前\tstation square/plaza\n"


def test_a_word_usually_in_kana_is_kept_both_ways() -> None:
    entry = "林檎 [りんご] /(n) (uk) apple (Malus pumila)/(P)/"
    assert japanese_lines([entry]) == "りんご\tapple\n林檎\tapple\n"


@pytest.mark.parametrize(
    "entry",
    [
        ENTRY.removesuffix("(P)/"),
        "ＣＤ [シーディー] /(n) compact disc/(P)/",
        "ゝ /(n) repetition mark/(P)/",
        "お邪魔します [おじゃまします] /(exp) what a guest says who comes in/(P)/",
        "",
    ],
)
def test_other_entries_are_left_out(entry: str) -> None:
    assert japanese_lines([entry]) == ""


def test_the_file_is_written(tmp_path: Path) -> None:
    edict, out = tmp_path / "edict", tmp_path / "japanese.txt.xz"
    edict.write_text(f"{ENTRY}\n", encoding="euc_jp")
    assert main([str(edict), "--out", str(out)]) == 0
    assert lzma.decompress(out.read_bytes()).decode() == "駅前\tstation square\n"

"""Rebuild the two data files: `python -m index.text.names.build_data IPADIC UNIHAN`.

IPADIC is the folder of the dictionary's CSV files in EUC-JP (2.7.0, for instance Debian's package
mecab-ipadic); UNIHAN is Unihan_Readings.txt of the Unicode Character Database. NOTICE says what
their licences ask.
"""

import argparse
import csv
import lzma
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

import opencc
import regex
from anyascii import anyascii

from ..terms import SIMPLIFIED
from .han import LONG_VOWEL

DATA = Path(__file__).with_name("data")
# The most characters of a name, by IPADIC's kinds of proper nouns: family name, given name,
# country, place, organisation, other person.
LONGEST = {
    "人名,姓": 4, "人名,名": 4, "地域,国": 4, "地域,一般": 3, "組織,*": 3, "人名,一般": 5,
}  # fmt: skip
ALONE = ("人名,姓", "人名,名")  # kinds of which a single character counts
PROPER_NOUN = "固有名詞"
SURFACE, CLASS, KIND, READING = 0, 5, slice(6, 8), 11  # columns
KANJI = regex.compile(r"[\u3400-\u9fff々]+")
# anyascii reads kana one at a time: a small one changes the syllable before it.
DIGRAPHS = {"ジェ": "je"} | {
    f"{kana}{small}": f"{consonant}{vowel}"
    for kana, consonant in (("ジ", "j"), ("チ", "ch"), ("シ", "sh"))
    for small, vowel in (("ャ", "a"), ("ュ", "u"), ("ョ", "o"))
}
GLIDE = regex.compile("([キギニヒビピミリ])([ャュョ])")
GLIDES = {"ャ": "ya", "ュ": "yu", "ョ": "yo"}
DOUBLED = regex.compile("ッ(.)")


def japanese_lines(entries: Iterable[Sequence[str]]) -> str:
    """Return a line for each sound of IPADIC's entries: the sound, and the names that have it."""
    names: defaultdict[str, set[str]] = defaultdict(set)
    new_to_old = opencc.OpenCC("jp2t")
    for entry in entries:
        name, kind = entry[SURFACE], ",".join(entry[KIND])
        fits = 2 - (kind in ALONE) <= len(name) <= LONGEST.get(kind, 0)
        if entry[CLASS] == PROPER_NOUN and fits and KANJI.fullmatch(name):
            sound = romanise(entry[READING])
            if regex.fullmatch("[a-z]+", sound):
                forms = (name, new_to_old.convert(name))
                short = LONG_VOWEL.sub("", sound)
                names[short] |= {form.translate(SIMPLIFIED) for form in forms}
    return _lines(names, " ")


def romanise(katakana: str) -> str:
    """Romanise a reading.

    >>> romanise("ショウヘイ"), romanise("ホッカイドウ"), romanise("キョウト")
    ('shouhei', 'hokkaidou', 'kyouto')
    """
    for kana, latin in DIGRAPHS.items():
        katakana = katakana.replace(kana, latin)
    katakana = GLIDE.sub(lambda match: anyascii(match[1])[0] + GLIDES[match[2]], katakana)
    return str(anyascii(DOUBLED.sub(_double, katakana))).lower()


def _double(match: regex.Match[str]) -> str:
    first = str(anyascii(match[1]))[0]
    return f"{'t' if first == 'c' else first}{match[1]}"


def korean_lines(readings: Iterable[str]) -> str:
    """Return a line for each syllable of kHangul: it, and the characters of KS X 1001 read so."""
    characters: defaultdict[str, set[str]] = defaultdict(set)
    simplify = opencc.OpenCC("t2s").convert
    for line in readings:
        code, _, rest = line.partition("\tkHangul\t")
        if code.startswith("U+") and rest and _in_ks_x_1001(character := chr(int(code[2:], 16))):
            for value in rest.split():
                characters[value.split(":")[0]].add(simplify(character))
    return _lines(characters, "")


def _in_ks_x_1001(character: str) -> bool:
    try:
        return bool(character.encode("euc_kr"))
    except UnicodeEncodeError:
        return False


def _lines(groups: Mapping[str, Iterable[str]], between: str) -> str:
    return "".join(
        f"{key} {between.join(sorted(group))}\n" for key, group in sorted(groups.items())
    )


def main(arguments: Sequence[str] | None = None) -> int:
    """Write both files to the folder `data`."""
    parser = argparse.ArgumentParser(
        prog="python -m index.text.names.build_data",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("ipadic", type=Path, help="folder with the files Noun.*.csv")
    parser.add_argument("unihan", type=Path, help="Unihan_Readings.txt")
    parser.add_argument("--out", type=Path, default=DATA, help="folder to write to")
    options = parser.parse_args(arguments)
    nouns = sorted(options.ipadic.glob("Noun*.csv"))
    rows = (file.read_text("euc_jp").splitlines() for file in nouns)
    entries = (row for lines in rows for row in csv.reader(lines))
    korean = korean_lines(options.unihan.read_text("utf-8").splitlines())
    for name, lines in (("japanese", japanese_lines(entries)), ("korean", korean)):
        packed = lzma.compress(lines.encode(), preset=9 | lzma.PRESET_EXTREME)
        options.out.joinpath(f"{name}.txt.xz").write_bytes(packed)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())

"""Rebuild the Japanese dictionary: `python -m index.text.dictionaries.build_data EDICT`.

EDICT is the file of that name in EUC-JP (for instance of Debian's package edict, 2021.02.03). Only
entries that it marks as common words are kept, of each the translations of a few words. NOTICE says
what its licence asks.
"""

import argparse
import lzma
from collections.abc import Iterable, Sequence
from pathlib import Path

import regex

from .english import sense

DATA = Path(__file__).with_name("data") / "japanese.txt.xz"
USUALLY_KANA = "(uk)"
ENTRY = regex.compile(r"(?P<word>\S+) (?:\[(?P<reading>\S+)\] )?/(?P<glosses>.*)/\(P\)/")
LABELS = regex.compile(r"^(?:[({][^)}]*[)}] ?)*")  # part of speech, number of the sense, field
WORD = regex.compile(r"\p{Han}|[\p{Han}\p{Hiragana}\p{Katakana}々ー]{2,}")


def japanese_lines(entries: Iterable[str]) -> str:
    """Return a line for each word of EDICT's common entries: the word, a tab, its translations.

    A word that is usually written in kana has a line in kana, too.
    """
    found: dict[str, dict[str, None]] = {}
    for match in filter(None, map(ENTRY.fullmatch, entries)):
        word, reading, glosses = match.group("word", "reading", "glosses")
        senses = [s for gloss in glosses.split("/") if (s := sense(LABELS.sub("", gloss)))]
        words = (word, reading) if reading and USUALLY_KANA in glosses else (word,)
        for one in words:
            if senses and WORD.fullmatch(one):
                found.setdefault(one, {}).update(dict.fromkeys(senses))
    return "".join(f"{word}\t{'/'.join(found[word])}\n" for word in sorted(found))


def main(arguments: Sequence[str] | None = None) -> int:
    """Write the file."""
    parser = argparse.ArgumentParser(
        prog="python -m index.text.dictionaries.build_data",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("edict", type=Path, help="the dictionary's file")
    parser.add_argument("--out", type=Path, default=DATA, help="file to write")
    options = parser.parse_args(arguments)
    lines = japanese_lines(options.edict.read_text("euc_jp").splitlines())
    options.out.write_bytes(lzma.compress(lines.encode(), preset=9 | lzma.PRESET_EXTREME))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())

"""Names in Chinese characters: how they are read in three languages, and which are read so.

Japanese names come from a list of names with their readings; Korean and Chinese ones are read
character by character, and must begin with a family name, as single characters sound alike too
often. The data files are described in NOTICE.
"""

import lzma
from collections.abc import Callable, Iterator, Sequence
from functools import cache, lru_cache
from importlib import resources
from itertools import compress

import regex
from anyascii import anyascii

from .distances import FAR, distances
from .sounds import fold

LONGEST = 5  # characters of a Japanese name
SURNAMES = frozenset(
    "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧肖程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪田任姜"
    "范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段章钱汤尹黎易常武乔贺赖龚文习温庞樊兰殷施陶洪翟安颜倪严牛芦季俞鲁葛"
    "申朴裴柳权全南池元成河具车闵玄咸卞奇琴表房片明太都马骆楼翁华齐蓝蒲柯韦童管岳左甘耿单凌霍詹关焦巴车路游辛古欧盛耿靳祁毕"
)
# Family names whose usual Latin spelling is not their sound.
SPELLED = {
    "lee": "i", "rhee": "i", "yi": "i", "park": "bak", "pak": "bak", "choi": "choe", "roh": "no",
    "noh": "no", "lim": "im", "rim": "im", "yoo": "yu", "oh": "o", "woo": "u", "moon": "mun",
    "yoon": "yun", "chung": "jeong", "jung": "jeong", "cho": "jo", "kwon": "gwon", "kim": "gim",
    "kang": "gang", "koo": "gu",
}  # fmt: skip
SYLLABLE_TOLERANCE = 9  # in the unit of `distances`
LONG_VOWEL = regex.compile("(?<=o)[uh](?![aeiou])|(?<=[aeiou])h(?![aeiou])|(?<=([aeiou]))\\1")

Bigrams = Callable[[str], Sequence[str]]  # the archive's pairs of characters that start so


def japanese(sound: str) -> tuple[str, ...]:
    """Return the Japanese names with this sound, as keyword terms are folded.

    >>> japanese("Takaichi"), japanese("Okinawa")
    (('高市',), ('冲縄', '冲绳'))
    """
    return tuple(_japanese().get(LONG_VOWEL.sub("", sound.casefold()), ()))


def japanese_readings(text: str) -> Iterator[tuple[str, list[str]]]:
    """Yield the longest Japanese names in a text of ideographs, each with its readings.

    >>> list(japanese_readings("高市早苗"))
    [('高市', ['takaichi']), ('早苗', ['sanae'])]
    """
    read, at = _japanese_readings(), 0
    while at < len(text):
        sizes = range(min(LONGEST, len(text) - at), 1, -1)
        name = next((text[at : at + n] for n in sizes if text[at : at + n] in read), "")
        if name:
            yield name, read[name]
        at += len(name) or 1


def with_surname(latin: Sequence[str], bigrams: Bigrams) -> list[str]:
    """Return the Chinese and Korean names in the archive that a romanised one may stand for.

    Args:
        latin: Its words: ["Xi", "Jinping"], ["Lee", "Jae-myung"].
        bigrams: Looks pairs of characters up in the archive.
    """
    found: list[str] = []
    for surname, given in ((latin[0], latin[1:]), (latin[-1], latin[:-1])):
        for read in (_is_korean, _is_pinyin):
            families = [c for c in SURNAMES if read(c, surname)]
            for syllables in _syllables(given) if families else ():
                # most ways to split a name have a part that no character is read as
                if read is _is_pinyin or all(map(_korean_readings, syllables)):
                    found += _spell(families, syllables, read, bigrams)
    return list(dict.fromkeys(found))


def surname_readings(text: str) -> Iterator[tuple[list[str], list[str]]]:
    """Yield how what may be Chinese or Korean names of three characters in a text is read.

    Each is the family name in some readings, and the given name in some.

    >>> list(surname_readings("李在明"))
    [(['li', 'i', 'lee', 'rhee', 'yi'], ['zaiming', 'jaemyeong'])]
    """
    for at, character in enumerate(text[:-2]):
        if character in SURNAMES:
            given = text[at + 1 : at + 3]
            korean, *rest = (_korean().get(c, [""])[0] for c in (character, *given))
            spelled = [latin for latin, sound in SPELLED.items() if sound == korean]
            yield (
                [way for way in (_pinyin(character), korean, *spelled) if way],
                [_pinyin(given), "".join(rest)] if all(rest) else [_pinyin(given)],
            )


def _spell(
    starts: Sequence[str],
    syllables: Sequence[str],
    read: Callable[[str, str], bool],
    bigrams: Bigrams,
) -> Iterator[str]:
    """Yield the archive's names that begin so and have further characters that are read so."""
    for syllable in syllables:
        starts = [
            start + pair[1]
            for start in starts
            for pair in bigrams(start[-1])
            if len(pair) == 2 and read(pair[1], syllable)
        ]
    yield from starts


def _syllables(given: Sequence[str]) -> Iterator[list[str]]:
    """Yield the ways to split a given name of one or two syllables."""
    pieces = [p for word in given for p in regex.split("[-'’]", word.casefold()) if p]
    if len(pieces) == 2:
        yield pieces
    elif len(pieces) == 1:
        (piece,) = pieces
        yield [piece]
        for at in range(1, len(piece)):
            yield [piece[:at], piece[at:]]


def _is_pinyin(character: str, syllable: str) -> bool:
    return _pinyin(character) == syllable.casefold()


def _is_korean(character: str, syllable: str) -> bool:
    return not _korean_readings(syllable).isdisjoint(_korean().get(character, ()))


@lru_cache(1 << 10)
def _korean_readings(syllable: str) -> frozenset[str]:
    """Return the readings that a syllable in Latin letters may stand for."""
    heard = SPELLED.get(syllable.casefold(), syllable.casefold())
    sounds = _korean_sounds()
    far = distances(_korean_sound(heard), list(sounds.values()), SYLLABLE_TOLERANCE)
    return frozenset(compress(sounds, far < FAR))


@cache
def _korean_sounds() -> dict[str, str]:
    """Return how each reading of a character sounds."""
    readings = {reading for readings in _korean().values() for reading in readings}
    return {reading: _korean_sound(reading) for reading in readings}


def _korean_sound(romanised: str) -> str:
    return fold(romanised.replace("eo", "o"))


@cache
def _pinyin(characters: str) -> str:
    return str(anyascii(characters)).casefold()


@cache
def _japanese() -> dict[str, list[str]]:
    """Return the names by their sound without long vowels, as keyword terms are folded."""
    lines = (line.split(" ") for line in _unpack("japanese.txt.xz").splitlines())
    return {sound: names for sound, *names in lines}


@cache
def _japanese_readings() -> dict[str, list[str]]:
    read: dict[str, list[str]] = {}
    for sound, names in _japanese().items():
        for name in names:
            read.setdefault(name, []).append(sound)
    return read


def _unpack(file: str) -> str:
    packed = resources.files(__package__).joinpath("data", file).read_bytes()
    return lzma.decompress(packed).decode()


@cache
def _korean() -> dict[str, list[str]]:
    """Return the romanised readings of each character; that of a family name comes first."""
    read: dict[str, list[str]] = {}
    for line in _unpack("korean.txt.xz").splitlines():
        syllable, characters = line.split(" ")
        for character in characters:
            read.setdefault(character, []).append(anyascii(syllable).casefold())
    # 李 is read "i" at the start of a name, "ri" elsewhere
    return {c: sorted(set(sounds), key=lambda s: (s[0] in "rl", s)) for c, sounds in read.items()}

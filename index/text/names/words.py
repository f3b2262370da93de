"""Which words of a text may be names, and the keys under which the keyword index finds them.

Words in a script with capitals count if they have one; in Arabic and Hebrew, which have none, all
words do. In Korean the particle is cut off and the given name stands alone too. Chinese shows only
the characters that foreign names are spelled with; other ideographs are read when a question is
asked (`han.py`), as they have too many readings to index.
"""

from collections.abc import Iterator
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

import regex

from .sounds import skeleton, sounds

MARK = "~"  # no term of a text begins with it
# Characters that Chinese newspapers spell foreign names with.
TRANSLITERATION = (
    "阿埃艾安昂奥巴班邦鲍北贝本比彼别宾波伯博布蔡查察茨策楚措达戴丹当道德登邓迪蒂丁东杜顿多厄恩尔耳法凡范芳方菲费芬丰冯佛夫弗"
    "福富盖甘冈高哥戈格葛根贡古瓜圭哈海汉豪赫亨洪胡华怀惠霍基吉季加贾简杰金京久卡凯坎康考柯科克肯孔库夸奎昆拉腊莱兰朗劳勒雷"
    "黎里理利莉丽连廉良列烈林琳刘留龙隆卢鲁伦罗洛吕马玛迈麦曼芒毛梅门蒙米密敏明摩莫默姆穆内纳娜奈南瑙尼年宁牛纽农努诺欧帕"
    "派潘庞佩朋彭皮匹平珀普奇齐契恰乔切钦丘邱让仁日荣茹儒瑞若萨塞赛桑瑟森沙珊尚绍舍申圣施石史斯丝思松苏素索塔泰坦汤唐陶特滕"
    "提廷图托瓦万旺威韦维魏温文翁沃乌武西希锡夏香肖谢辛欣休许雅亚延扬耶叶伊因英尤约泽扎詹章珍芝治朱祖佐娅妮莎黛泉浦"
)
NAME = regex.compile(
    rf"""
    (?P<word>(?:(?=[\p{{Latin}}\p{{Cyrillic}}\p{{Greek}}])\p{{Lu}}[\p{{L}}\p{{M}}]{{2,}})
        (?:[-'’](?:\p{{Ll}}[\p{{L}}\p{{M}}]+|\p{{Lu}}[\p{{L}}\p{{M}}]+))*)
    | (?P<abjad>[\p{{Arabic}}\p{{M}}]{{3,}} | [\p{{Hebrew}}\p{{M}}]{{3,}})
    | (?P<katakana>[\p{{Katakana}}ー]{{2,}})
    | (?P<hangul>\p{{Hangul}}{{2,}})
    | (?P<han>[{TRANSLITERATION}]{{2,}}(?=·) | (?<=·)[{TRANSLITERATION}]{{2,}}
        | [{TRANSLITERATION}]{{3,7}})
    """,
    regex.VERBOSE,
)
SCRIPTS = {
    "l": "Latin", "c": "Cyrillic", "g": "Greek", "a": "Arabic", "h": "Hebrew", "k": "Katakana",
    "u": "Hangul", "z": "Han",
}  # fmt: skip
SCRIPT = {code: regex.compile(rf"\p{{{name}}}") for code, name in SCRIPTS.items()}
CLITIC = regex.compile(r"(?:[وفبكل]?ال|[בלמשכ])(?=.{3})")
PARTICLE = regex.compile(
    r"(?<=..)(?:에게서|에서는|에서|에게|에는|에도|으로|이라고|라고|까지|부터|처럼|께서|은|는|이|가|을|를|의|에|와|과|도|로|만)$"
)
KOREAN_FAMILIES = (
    "김이박최정강조윤장임한오서신권황안송류전홍고문양손배백허유남심노하곽성차주우구민나진지엄채원천방공현함변염여추도소석선설마길연위표"
    "명기반왕금옥맹제모탁"
)
# How Koreans spell their family names in Latin letters, where the sound alone does not tell.
KOREAN_SURNAMES = {
    "이": "lee", "박": "park", "최": "choi", "임": "lim", "노": "roh", "유": "yoo", "우": "woo",
    "오": "oh", "정": "jung", "조": "cho", "류": "ryu", "여": "yeo", "양": "yang", "권": "kwon",
}  # fmt: skip


MOST_SOUNDS = 4  # ways to read a name that are indexed


class Name(NamedTuple):
    """A word that may be a name: the code of its script, and how it may sound."""

    word: str
    script: str
    sounds: tuple[str, ...]


def names(text: str) -> Iterator[Name]:
    """Yield the words of a text that may be names.

    >>> [name.sounds[0] for name in names("Lee Jae-myung met Зеленский")]
    ['le', 'jaemyun', 'zelenskiy']
    """
    for match in NAME.finditer(text):
        for word in _forms(match.group(), str(match.lastgroup)):
            if heard := tuple(sound for sound in sounds(word) if skeleton(sound)):
                yield Name(word, script_of(match.group()), heard)


def name_keys(text: str) -> Iterator[str]:
    """Yield a term for every sound of every name in a text, for the keyword index.

    >>> list(name_keys("Emmanuel Macron, マクロン"))
    ['~nn:l:emanuel', '~nkn:l:makron', '~nkn:k:makuron']
    """
    return (key for _, keys in keyed_names(text) for key in keys)


def keyed_names(text: str) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Yield every name in a text, as it stands there, with its keys."""
    for match in NAME.finditer(text):
        yield match.group(), _keys(match.group(), str(match.lastgroup))


@lru_cache(1 << 15)
def _keys(word: str, kind: str) -> tuple[str, ...]:
    keys = []
    for form in _forms(word, kind):
        for sound in sounds(form)[:MOST_SOUNDS]:
            if consonants := skeleton(sound):
                keys.append(f"{MARK}{consonants}:{script_of(word)}:{sound}")
    return tuple(dict.fromkeys(keys))


def script_of(word: str) -> str:
    """Return the code of a word's script, as in SCRIPTS."""
    return next((code for code, script in SCRIPT.items() if script.match(word)), "")


def _forms(word: str, kind: str) -> list[str]:
    """Return the words that one match may stand for."""
    if kind == "word":
        return _parts(regex.sub("['’]s$", "", word))
    if kind == "abjad":
        return list(dict.fromkeys((word, CLITIC.sub("", word, count=1))))
    if kind == "hangul":
        stem = PARTICLE.sub("", word)
        if len(stem) == 3 and stem[0] in KOREAN_FAMILIES:
            return [stem, stem[1:], KOREAN_SURNAMES.get(stem[0], stem[0])]
        return [stem]
    return [word]


def _parts(word: str) -> list[str]:
    """Split at hyphens before a capital; "Jae-myung" is one name, "Trump-Takaichi" are two."""
    pieces = regex.split("[-'’]", word)
    joined = [pieces[0]]
    for _, piece in pairwise(pieces):
        if piece[0].isupper() and len(piece) > 2:
            joined.append(piece)
        else:
            joined[-1] += piece
    return joined

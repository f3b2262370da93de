"""The content words of sentences, and which of them another sentence has or means."""

from collections.abc import Collection
from itertools import pairwise

import regex

from index.text.scripts import UNSPACED
from index.text.terms import SIMPLIFIED

STEM = 4  # letters by which two words count as the same
WORD = regex.compile(
    rf"\p{{Han}}|(?:(?![{UNSPACED}])[\p{{L}}\p{{M}}\p{{N}}])+(?:[-'’](?:\p{{L}}|\p{{N}})+)*"
)
MARKS = '，。；：、,;:.()（）《》“”"'
WORD_OR_MARK = regex.compile(rf"{WORD.pattern}|[{MARKS}]")
NAME = regex.compile(r"(?<=[\p{L}\p{N},;:)’'] |\()\p{Lu}[\p{L}\p{M}.'’-]*")
_FUNCTION = (
    "a an the on in of to for and or but by at from with as that which who whom it its his"
    " her their they he she this these those is are was were be been being has have had will"
    " would there here into about some only after before when where what how many much than"
    " more most also now just did does do up out still then so far under over per total"
    " people person persons number rate level figure"
    " 的 了 在 于 将 被 把 与 和 并 为 以 由 从 对 就 已 共 有 是 到 约 至 达 目 前 人 名 个 元 年"
    " 月 日 今 多 少 什 么 谁 哪 里 几 候 时"
)
FUNCTION = frozenset(_FUNCTION.split())
# Capitalised words that name neither a person nor a place.
_NOT_NAMES = (
    "monday tuesday wednesday thursday friday saturday sunday january february march april"
    " may june july august september october november december i mr mrs ms dr sir president"
    " prime minister general colonel governor mayor"
)
NOT_NAMES = frozenset(_NOT_NAMES.split())
# Words of one sense, in news of figures and appointments: any of them covers the others.
SENSES = (
    "died die dies dead death deaths killed kill kills killing toll lives 死 亡 遇 难 丧 身",
    "cost costs price priced worth paid pay put traded closed spent 投 资 价 花 格",
    "injured injuring wounded hurt injuries 受 伤",
    "missing disappeared 失 踪",
    "holds hold held host room capacity seats fit takes take place",
    "large area covers cover measures size surface",
    "share percent percentage proportion 比 例 占",
    "strong magnitude measured struck shook quake earthquake",
    "owns owned owner owners own",
    "open opened opening opens doors 通 车 开 放",
    "founded established founding 成 立 始 建 创",
    "launched launch lifted off",
    "arrive arrived arrives landed reached 抵 达",
    "cut cuts cutting go",
    "born birthplace 生 出",
    "rate high inflation consumer prices",
    "涨 上 升 调 降 下",
    "发 生 造 成 导 致",
    "won win wins winner victory",
    "part took join joined participated 参 加",
    "buy bought paid acquired 收 购",
    "sink sinks sinking sank sunk",
    "rise rises rising rose risen",
    "fall falls falling fell fallen",
    "begin begins beginning began begun start started starts",
    "shoot shoots shooting shot",
    "sell sells selling sold",
    "leave leaves leaving left",
    "meet meets meeting met",
    "build builds building built",
    "lose loses losing lost",
)
NO_SENSES: frozenset[int] = frozenset()
SENSES_OF = {
    word: frozenset(n for n, words in enumerate(SENSES) if word in words.split())
    for word in " ".join(SENSES).split()
}


def pieces(text: str) -> list[str]:
    """Return the words of a text, folded, and "" for every mark between them.

    >>> pieces("Fire, in Tarvik")
    ['fire', '', 'in', 'tarvik']
    """
    found = WORD_OR_MARK.findall(text.translate(SIMPLIFIED).casefold())
    return [word.strip(MARKS).removesuffix("'s") for word in found]


def content(text: str) -> list[str]:
    """Return the content words of a text, folded; in Chinese, characters.

    >>> content("The mill in Tarvik burned"), content("冬天的雨")
    (['mill', 'tarvik', 'burned'], ['冬', '天', '雨'])
    """
    return [word for word in pieces(text) if word and word not in FUNCTION]


def uncovered(words: Collection[str], by: Collection[str]) -> list[str]:
    """Return the words that have no equal, no relative and no synonym among others.

    >>> uncovered(["killed", "miners", "tarvik"], ["died", "mine"])
    ['tarvik']
    """
    stems = {word[:STEM] for word in by}
    senses = NO_SENSES.union(*(SENSES_OF.get(word, NO_SENSES) for word in by))
    return [w for w in words if w[:STEM] not in stems and not senses & SENSES_OF.get(w, NO_SENSES)]


def replaced(words: Collection[str], question: str, sentence: str) -> bool:
    """Return whether another word stands beside a word of the question, in place of one of these.

    For scripts without spaces, where names and verbs keep their places.

    >>> replaced("临江", "临江地铁票价", "安远地铁票价")
    True
    >>> replaced("电影", "电影《远山》的票房", "上映以来，《远山》的票房")
    False
    """
    asked, said = pieces(question), pieces(sentence)
    others = {word for word in said if word} - set(asked) - FUNCTION
    for here, there in ((asked, said), (asked[::-1], said[::-1])):
        for word, neighbour in pairwise(here):
            if word in words and neighbour not in words:
                beside = {one for one, two in pairwise(there) if two == neighbour}
                if beside & others and not beside & set(asked):
                    return True
    return False


def proper_names(text: str) -> set[str]:
    """Return the capitalised words inside a text, folded; its first word does not count.

    >>> proper_names("The fire in Tarvik was the worst since May.")
    {'tarvik'}
    """
    names = {name.casefold().removesuffix("'s").removesuffix("’s") for name in NAME.findall(text)}
    return {n.rstrip(".") if n.count(".") == 1 else n for n in names} - NOT_NAMES

"""The content words of sentences, and which of them another sentence has or means."""

from collections.abc import Collection

import regex

from index.text.scripts import UNSPACED
from index.text.terms import SIMPLIFIED

STEM = 4  # letters by which two words count as the same
WORD = regex.compile(
    rf"\p{{Han}}|(?:(?![{UNSPACED}])[\p{{L}}\p{{M}}\p{{N}}])+(?:[-'’](?:\p{{L}}|\p{{N}})+)*"
)
NAME = regex.compile(r"(?<=[\p{L}\p{N},;:)’'] |\()\p{Lu}[\p{L}\p{M}.'’-]*")
_FUNCTION = (
    "a an the on in of to for and or but by at from with as that which who whom it its his"
    " her their they he she this these those is are was were be been being has have had will"
    " would there here into about some only after before when where what how many much than"
    " more most also now just did does do up out still then so far under over per total"
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
)
SENSE = {word: n for n, words in enumerate(SENSES) for word in words.split()}


def content(text: str) -> list[str]:
    """Return the content words of a text, folded; in Chinese, characters.

    >>> content("The mill in Tarvik burned"), content("冬天的雨")
    (['mill', 'tarvik', 'burned'], ['冬', '天', '雨'])
    """
    words = WORD.findall(text.translate(SIMPLIFIED).casefold())
    return [w for word in words if (w := word.removesuffix("'s")) not in FUNCTION]


def uncovered(words: Collection[str], by: Collection[str]) -> list[str]:
    """Return the words that have no equal, no relative and no synonym among others.

    >>> uncovered(["killed", "miners", "tarvik"], ["died", "mine"])
    ['tarvik']
    """
    stems = {word[:STEM] for word in by}
    senses = {SENSE[word] for word in by if word in SENSE}
    return [w for w in words if w[:STEM] not in stems and SENSE.get(w) not in senses]


def proper_names(text: str) -> set[str]:
    """Return the capitalised words inside a text, folded; its first word does not count.

    >>> proper_names("The fire in Tarvik was the worst since May.")
    {'tarvik'}
    """
    names = {name.casefold().removesuffix("'s").removesuffix("’s") for name in NAME.findall(text)}
    return {n.rstrip(".") if n.count(".") == 1 else n for n in names} - NOT_NAMES

"""All that one article names: each line of it is read by the rules of its script."""

from collections.abc import Callable, Iterator
from itertools import groupby
from typing import NamedTuple

import regex

from index.article import Article
from index.text.language import KANA

from .chinese import chinese_mentions
from .days import stated_days
from .gazetteer import places
from .japanese import japanese_mentions
from .latin import latin_mentions
from .linking import Name, names_of
from .mention import Mention

MOST_CHARACTERS = 200_000  # of an article that are read
LONGEST_LINE = 10_000
HAN = regex.compile(r"\p{Han}")
OTHER = regex.compile(
    r"[\p{Cyrillic}\p{Greek}\p{Arabic}\p{Hebrew}\p{Hangul}\p{Thai}\p{Devanagari}]"
)
OTHER_WORD = regex.compile(
    r"[\p{Cyrillic}\p{Greek}\p{Arabic}\p{Hebrew}\p{Hangul}\p{Thai}\p{Devanagari}\p{M}]{3,}"
)
KANA_SHARE = 0.1  # of a Japanese line's characters


class ArticleNames(NamedTuple):
    """What an article names, with the days that it states for certain."""

    names: list[Name]
    days: list[str]  # 2025-10-28


def read_names(article: Article) -> ArticleNames:
    """Return what an article names, its title included."""
    text = article.text[:MOST_CHARACTERS]
    if article.title and article.title not in text:
        text = f"{article.title}\n{text}"
    days = [day.isoformat() for day in stated_days(text, article.date)]
    return ArticleNames(names_of(mentions(text, article.language)), days)


def mentions(text: str, language: str | None = None) -> Iterator[Mention]:
    r"""Yield the names of a text in any of the scripts, with offsets into it.

    >>> [(m.kind, m.key) for m in mentions("Tokyo\n東京で\n在北京大学")]
    [('place', 'tokyo'), ('place', 'tokyo'), ('organisation', 'peking university')]
    """
    at = 0
    lines = (
        line[i : i + LONGEST_LINE]
        for line in text.splitlines(keepends=True)
        for i in range(0, len(line), LONGEST_LINE)
    )
    for find, group in groupby(lines, key=lambda line: _rules(line, language)):
        block = "".join(group)
        for m in find(block):
            yield Mention(at + m.start, at + m.end, m.kind, m.key, m.label)
        at += len(block)


def _rules(line: str, language: str | None) -> Callable[[str], Iterator[Mention]]:
    """Return what reads a line: by its script, and Han without kana by the article's language."""
    han = len(HAN.findall(line))
    if not han and not KANA.search(line):
        return other_mentions if OTHER.search(line) else latin_mentions
    kana = len(KANA.findall(line))
    if kana > KANA_SHARE * (han + kana) or (language == "ja" and han):
        return japanese_mentions
    return chinese_mentions


def other_mentions(text: str) -> Iterator[Mention]:
    """Yield the places of a text in another script that stand there as the list has them.

    >>> [m.key for m in other_mentions("Встреча прошла в городе Киев")]
    ['kyiv']
    """
    known = places()
    for match in OTHER_WORD.finditer(text):
        if key := known.get(match[0]):
            yield Mention(match.start(), match.end(), "place", key, match[0])

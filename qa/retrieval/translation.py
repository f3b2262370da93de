"""Translate the words of a question by dictionaries, as groups of terms that count as one."""

from collections.abc import Iterable, Iterator, Sequence

import regex

from index.text.dictionaries import chinese, japanese
from index.text.dictionaries.english import inflected
from index.text.language import by_script
from index.text.terms import SIMPLIFIED, terms

Group = tuple[str, ...]  # terms and phrases that count as one

WORD = regex.compile(r"\p{Latin}[\p{L}\p{M}'’-]*")
CHARACTER = regex.compile(r"[\p{Han}%]")  # the dictionary also has slang such as Q, "cute"
LONGEST_PHRASE = 3  # English words that are translated together
# Question and function words, which are no names and need no translation.
STOPWORDS = frozenset({
    "a", "an", "the", "and", "or", "not", "of", "in", "on", "at", "to", "for", "by", "from", "with",
    "as", "into", "about", "between", "after", "before", "during", "who", "whom", "whose", "what",
    "which", "where", "when", "why", "how", "is", "are", "was", "were", "be", "been", "being", "do",
    "does", "did", "has", "have", "had", "can", "could", "will", "would", "should", "may", "might",
    "it", "its", "he", "his", "she", "her", "they", "them", "their", "this", "that", "these",
    "those", "there", "many", "much", "long", "old", "first", "one",
})  # fmt: skip
QUESTION_WORDS = frozenset({
    "什么", "什么时候", "时候", "何时", "何处", "哪个", "哪里", "哪儿", "哪些", "哪一", "哪位",
    "为什么", "为何", "如何", "怎么", "怎样", "多少", "多久", "几个", "一个", "没有", "可以",
    "是否", "第一",
})  # fmt: skip

# Characters that mean little on their own: particles, question words, units, numbers.
QUESTION_CHARACTERS = frozenset(
    "的了着过在是有为由于与和及跟同从到对把被将让给向往之其这那哪何什么谁几多少时候年月日名次个位座支颗艘家辆最也都又就才并而且或但因"
    "所以如不没吗呢吧怎样做作成叫称请问第上下中大小一二三四五六七八九十人"
)


def from_english(question: str, with_japanese: bool) -> Iterator[tuple[str, str, Group]]:
    """Yield the translations of a question's phrases, the longest known ones first.

    Each is the language of the passages to look into, the phrase, and its translations. Japanese
    passages are also looked into for the Chinese words: they share many.
    """
    words = WORD.findall(question)
    at = 0
    while at < len(words):
        for size in range(min(LONGEST_PHRASE, len(words) - at), 0, -1):
            together = " ".join(words[at : at + size])
            if not _is_content(words[at : at + size]):
                continue
            known = [phrase(word) for word in chinese.to_chinese(together)]
            more = map(phrase, japanese.to_japanese(together) if with_japanese else ())
            both = tuple(dict.fromkeys([*known, *more]))
            if both:
                yield "zh", together, tuple(known)
            if both and with_japanese:
                yield "ja", together, both
            if both:
                break
        at += size


def _is_content(words: Sequence[str]) -> bool:
    return words[0].casefold() not in STOPWORDS and words[-1].casefold() not in STOPWORDS


def to_english(question: str) -> Iterator[tuple[str, Group]]:
    """Yield the translations of words, then of the words within them and of single characters."""
    if by_script(question) == "ja":
        for word, senses in japanese.to_english(question):
            question = question.replace(word, " ")
            if word not in QUESTION_CHARACTERS:
                # words in ideographs mostly mean in Chinese what they mean in Japanese
                shared = chinese.senses(word.translate(SIMPLIFIED))
                yield word, _english_forms([*senses, *shared])
    rest = question.translate(SIMPLIFIED)
    words = dict(chinese.to_english(rest))
    for word in words:
        rest = rest.replace(word, " ")
    asked = [word for word in words if word not in QUESTION_WORDS]
    within = [part for word in asked for part in chinese.within(word)]
    characters = [one for one in CHARACTER.findall(rest) if one not in QUESTION_CHARACTERS]
    for word in dict.fromkeys([*asked, *within, *characters]):
        yield word, _english_forms(chinese.senses(word))


def _english_forms(senses: Iterable[str]) -> Group:
    forms = (form for sense in senses for form in inflected(sense))
    return tuple(filter(None, map(phrase, dict.fromkeys(forms))))


def phrase(text: str) -> str:
    """Return a text as keyword search looks for it."""
    return " ".join(terms(text))

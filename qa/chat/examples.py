"""Questions to begin a chat with, made from the archive's own sentences without any model.

A sentence with a date, a percentage or a quotation becomes a question for it, so the archive is
sure to hold the answer: "LNG was 8.6% of imports" -> "LNG was what percentage of imports?"
"""

import itertools
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from index.article import Article
from index.passage import sentences

from .turn import language_of

MOST_ARTICLES = 60  # read; an archive may hold millions
MOST_CHARACTERS = 8_000  # read of each
SHORTEST_HEAD = {"en": 20, "zh": 4}  # characters before the blank: who or what it is about
LONGEST = {"en": 120, "zh": 40}  # characters of a question

ALIKE = 0.4  # of their groups of three letters shared: two questions for the same thing
MONTHS = "January|February|March|April|May|June|July|August|September|October|November|December"
# a sentence that leans on the one before makes no question that stands alone
LEANING = re.compile(
    r"(?:He|She|They|It|We|I|You|His|Her|Their|Its|This|That|These|Those|The (?:two|leaders))\b"
    r"|[他她它这那两此该另]"
)


@dataclass(frozen=True, slots=True)
class Blank:
    """What is asked for: the words that are taken out, those put there, and where to stop."""

    language: str
    taken: re.Pattern[str]
    asked: str
    stop: re.Pattern[str]


BLANKS = (
    Blank(
        "en",
        re.compile(r"\b\d+(?:\.\d+)?(?:%| ?percent\b)"),
        "what percentage",
        re.compile(r"[,;:.]\s|[.]$| and\b| — "),
    ),
    Blank("en", re.compile(rf"\bon (?:{MONTHS}) \d{{1,2}}\b"), "on what date", re.compile("")),
    Blank(
        "zh",
        re.compile(
            r"(?:\d{4}年)?\d{1,2}月(?:\d{1,2}日|[上中下]旬)|(?<![上下本每])周[一二三四五六日]"
        ),
        "什么时候",
        re.compile(r"[,，;；:：。！？]|$"),
    ),
    Blank("zh", re.compile(r"\d+(?:\.\d+)?%"), "百分之多少", re.compile(r"[,，;；:：。！？]|$")),
)
SAID = {
    "en": re.compile(r"\b(?:said|stated|replied|responded|added), [“\"]([^“”\"]{15,90}?)[.,!?”\"]"),
    "zh": re.compile(r"(?:说|表示|称|指出)[,，:：]?“([^“”]{6,36}?)[,，。！？”]"),
}


def examples(articles: Iterable[Article], count: int = 6) -> list[str]:
    """Questions that these articles answer; English and Chinese in turn where there are both.

    An archive without such sentences (in another language, say) gives questions about its titles.
    """
    found: dict[str, list[str]] = {"en": [], "zh": []}
    titled: list[str] = []
    for article in itertools.islice(articles, MOST_ARTICLES):
        _add_questions(article.text[:MOST_CHARACTERS], found)
        if article.title and len(article.title) <= LONGEST["en"]:
            titled.append(_about(article.title))
        if all(len(questions) >= count for questions in found.values()):
            break
    pairs = itertools.zip_longest(found["en"], found["zh"], fillvalue="")
    asked = itertools.chain(itertools.chain.from_iterable(pairs), titled)
    return list(dict.fromkeys(filter(None, asked)))[:count]


def _add_questions(text: str, found: dict[str, list[str]]) -> None:
    """Add one new question of each form that a sentence of this text can take."""
    used: set[str] = set()
    for start, end in sentences(text):
        sentence = text[start:end]
        language = language_of(sentence)
        for form, question in _questions(sentence, language):
            if form not in used and not any(_alike(question, q) for q in found[language]):
                used.add(form)
                found[language].append(question)


def _alike(one: str, other: str) -> bool:
    """Whether two questions share most of their groups of three letters."""
    a, b = ({q[i : i + 3] for i in range(len(q) - 2)} for q in (one.lower(), other.lower()))
    return len(a & b) > ALIKE * len(a | b)


def _questions(sentence: str, language: str) -> Iterator[tuple[str, str]]:
    """The questions that a sentence answers, each with the name of its form."""
    if said := SAID[language].search(sentence):
        words = f"“{said[1]}”"
        yield language, f"{words}是谁说的？" if language == "zh" else f"Who said {words}?"
    if LEANING.match(sentence) or "\n" in sentence:
        return
    for blank in BLANKS:
        if blank.language == language and (question := _asked(sentence, blank)):
            yield blank.asked, question


def _asked(sentence: str, blank: Blank) -> str | None:
    """The sentence up to its clause's end, with the blank's words for what is asked for."""
    taken = blank.taken.search(sentence)
    if taken is None or taken.start() < SHORTEST_HEAD[blank.language]:
        return None
    stop = blank.stop.search(sentence, taken.end())
    rest = sentence[taken.end() : stop.start() if stop else len(sentence)].rstrip()
    mark = "？" if blank.language == "zh" else "?"
    question = f"{sentence[: taken.start()]}{blank.asked}{rest}{mark}"
    tangled = rest.startswith("的") or re.search(r"[“”\"«»()（）]", question)
    return None if tangled or len(question) > LONGEST[blank.language] else question


def _about(title: str) -> str:
    return f"关于“{title}”有什么报道？" if language_of(title) == "zh" else f"What about “{title}”?"

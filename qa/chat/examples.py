"""Make example questions for a new chat from the archive's own sentences, without any model.

A sentence with a date, a percentage or a quotation becomes a question about it, so the archive is
sure to hold the answer: "LNG was 8.6% of imports" -> "LNG was what percentage of imports?"
"""

import itertools
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from index.article import Article
from index.passage import sentences

from .languages import question_language, reply_language
from .words import WORDS

MAX_ARTICLES = 60  # read; an archive may hold millions
MAX_CHARACTERS = 8_000  # read of each article
MIN_SUBJECT = {"en": 20, "zh": 4}  # characters before the blank: enough to say what it is about
MAX_QUESTION = {"en": 120, "zh": 40}  # characters

MAX_SIMILARITY = 0.4  # share of letter trigrams in common above which two questions are the same
MONTHS = "January|February|March|April|May|June|July|August|September|October|November|December"
# A sentence that refers to an earlier one makes no question that stands alone.
REFERS_BACK = re.compile(
    r"(?:He|She|They|It|We|I|You|His|Her|Their|Its|This|That|These|Those|The (?:two|leaders))\b"
    r"|[他她它这那两此该另]"
)


@dataclass(frozen=True, slots=True)
class Blank:
    """A kind of detail to ask for: a percentage or a date, in one language."""

    language: str
    detail: re.Pattern[str]
    question_words: str  # replace the detail
    clause_end: re.Pattern[str]  # searched after the detail; the question stops there


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
QUOTATION = {
    "en": re.compile(r"\b(?:said|stated|replied|responded|added), [“\"]([^“”\"]{15,90}?)[.,!?”\"]"),
    "zh": re.compile(r"(?:说|表示|称|指出)[,，:：]?“([^“”]{6,36}?)[,，。！？”]"),
}


def examples(articles: Iterable[Article], count: int = 6) -> list[str]:
    """Return at most `count` questions that these articles answer, English and Chinese in turn.

    An archive without suitable sentences (in another language, say) gives questions about titles.
    """
    by_language: dict[str, list[str]] = {"en": [], "zh": []}
    about_titles: list[str] = []
    for article in itertools.islice(articles, MAX_ARTICLES):
        _add_questions(article.text[:MAX_CHARACTERS], by_language)
        if article.title and len(article.title) <= MAX_QUESTION["en"]:
            about_titles.append(_about(article.title))
        if all(len(questions) >= count for questions in by_language.values()):
            break
    pairs = itertools.zip_longest(by_language["en"], by_language["zh"], fillvalue="")
    questions = itertools.chain(itertools.chain.from_iterable(pairs), about_titles)
    return list(dict.fromkeys(filter(None, questions)))[:count]


def _add_questions(text: str, by_language: dict[str, list[str]]) -> None:
    """Add at most one new question of each form from the sentences of a text."""
    used_forms: set[str] = set()
    for start, end in sentences(text):
        sentence = text[start:end]
        language = _language(sentence)
        questions = by_language[language]
        for form, question in _questions(sentence, language):
            if form not in used_forms and not any(_similar(question, q) for q in questions):
                used_forms.add(form)
                questions.append(question)


def _similar(first: str, second: str) -> bool:
    """Return whether two questions share more than MAX_SIMILARITY of their letter trigrams."""
    a, b = ({q[i : i + 3] for i in range(len(q) - 2)} for q in (first.lower(), second.lower()))
    return len(a & b) > MAX_SIMILARITY * len(a | b)


def _questions(sentence: str, language: str) -> Iterator[tuple[str, str]]:
    """Yield the questions that a sentence answers, as (name of the form, question)."""
    if quotation := QUOTATION[language].search(sentence):
        words = f"“{quotation[1]}”"
        yield language, f"{words}是谁说的？" if language == "zh" else f"Who said {words}?"
    if REFERS_BACK.match(sentence) or "\n" in sentence:
        return
    for blank in BLANKS:
        if blank.language == language and (question := _fill_blank(sentence, blank)):
            yield blank.question_words, question


def _fill_blank(sentence: str, blank: Blank) -> str | None:
    """Turn a sentence, up to the end of the clause, into a question for its detail."""
    detail = blank.detail.search(sentence)
    if detail is None or detail.start() < MIN_SUBJECT[blank.language]:
        return None
    stop = blank.clause_end.search(sentence, detail.end())
    rest = sentence[detail.end() : stop.start() if stop else len(sentence)].rstrip()
    mark = "？" if blank.language == "zh" else "?"
    question = f"{sentence[: detail.start()]}{blank.question_words}{rest}{mark}"
    ungrammatical = rest.startswith("的") or re.search(r"[“”\"«»()（）]", question)
    return None if ungrammatical or len(question) > MAX_QUESTION[blank.language] else question


def _language(text: str) -> str:
    """Return whose rules make questions from a text, "zh" or "en"."""
    return "zh" if question_language(text) == "zh" else "en"


def _about(title: str) -> str:
    return WORDS[reply_language(title)]["about_title"].format(title)

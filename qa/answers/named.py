"""Whether the source of an answer mentions what the question names.

A reader may give the right kind of answer about another thing: the price of one company for that of
another. So an answer counts for little if neither its passage nor the article around it mentions
any name of the question. Names are told by their form, in the script of the question: words with a
capital inside it, or where a script has none, pairs of characters that are not question words.
"""

import unicodedata
from collections.abc import Collection, Sequence
from dataclasses import replace
from difflib import get_close_matches
from functools import cache, lru_cache

import regex

from index.text import scripts
from index.text.language import detect
from index.text.terms import terms
from qa.agreement.wording import NOT_NAMES
from qa.reader.spans import Span
from qa.retrieval.across_text import shares_a_word
from qa.retrieval.retriever import Hit

# Of the answers whose article mentions no name of the question about one in eight is right, of the
# others three in four (development sets of English, Chinese and Japanese).
UNMENTIONED_ODDS = 1 / 30
UNLIKELY = 0.1  # confidence below which an answer is not given anyway
MIN_SHARE = 0.2  # of a question's pairs of characters that a source about the same thing has
MIN_PAIRS = 3
MAX_NAMES = 8  # of a question; more would take long to look for
MIN_STEM, MAX_ENDING = 4, 3  # letters of a name that stay, and that inflection may change
MIN_SIMILARITY = 0.85  # of a misspelled name, as in `difflib`
AROUND = 10_000  # code points of the article before and after the passage
BESIDE = 1_000  # the same where words are translated, which finds more by chance
TRANSLATED = {"en", "zh"}  # the languages of the dictionary
CAPITALISED = regex.compile(
    r"(?<!^\W*(?:(?:Which|What) )?)(?<![\w'’-])\p{Lu}[\p{L}\p{M}\p{N}’'-]{2,}"
)
UNSPACED_RUN = regex.compile(r"\p{Han}{2,}|[\p{Katakana}ー]{2,}")
LATIN_RUN = regex.compile(r"[A-Za-z][A-Za-z0-9-]{2,}")
# Characters of question words, particles and units in Chinese and Japanese.
FUNCTION = regex.compile(
    r"[的了着过在是有为由于与與和及跟同从到对对把被将让给向往之其这那哪何什么谁几多少时候年月日名次个位"
    r"座支颗艘家辆最也都又就才并而且或但因所以如不没吗呢吧怎样为为做作成叫称请问第何時間誰数]"
)


def weigh(question: str, spans: Sequence[Span], read: Sequence[Hit]) -> list[Span]:
    """Lower the confidence of answers from articles that mention no name of the question.

    Args:
        question: The question as it was searched for.
        spans: What the reader found; `span.passage` is a position in `read`.
        read: The passages that were read.

    Returns:
        The spans in the same order.
    """
    mentioned = cache(lambda number: mentions(read[number], question))
    return [
        span if span.confidence < UNLIKELY or mentioned(span.passage) else _lowered(span)
        for span in spans
    ]


def on_topic(question: str, spans: Sequence[Span], read: Sequence[Hit]) -> list[Span]:
    """Return the spans from articles that mention a name of the question; see `weigh`."""
    mentioned = cache(lambda number: mentions(read[number], question))
    return [span for span in spans if mentioned(span.passage)]


def mentions(hit: Hit, question: str) -> bool:
    """Whether a passage or the article around it mentions what a question names.

    In another script, where a name is spelled in another way, a translated word is enough; between
    other languages than English and Chinese none is asked for. True also if the question names
    nothing.
    """
    if scripts.of_text(question) != scripts.of_text(hit.passage.text):
        return _mentions_translated(hit, question)
    wanted = _key_terms(question)
    if not wanted:
        return True
    needed = MIN_SHARE * len(wanted) if scripts.unspaced(question) else 1
    title, passage = hit.article.title or "", hit.passage
    around = slice(max(0, passage.start - AROUND), passage.end + AROUND)
    for text in (f"{title}\n{passage.text}", hit.article.text[around]):
        found = set(terms(text))
        if len(wanted & found) >= needed:
            return True
    if scripts.unspaced(question):
        return False
    plain = {_without_marks(term) for term in found}
    return any(_is_nearly_in(_without_marks(name), plain) for name in wanted)


def _mentions_translated(hit: Hit, question: str) -> bool:
    """Whether a passage and the text around it have a word of the question in another language."""
    passage = hit.passage
    if {passage.language, detect(question)} != TRANSLATED:
        return True
    around = slice(max(0, passage.start - BESIDE), passage.end + BESIDE)
    text = f"{passage.text}\n{hit.article.title or ''}\n{hit.article.text[around]}"
    return shares_a_word(question, text, str(passage.language))


def _is_nearly_in(name: str, found: Collection[str]) -> bool:
    """Whether a name is there in another form: inflected, cut short or misspelled."""
    stem = name[: max(MIN_STEM, len(name) - MAX_ENDING)]
    begins = (t.startswith(stem) or (len(t) >= MIN_STEM and name.startswith(t)) for t in found)
    return any(begins) or bool(get_close_matches(name, found, n=1, cutoff=MIN_SIMILARITY))


def _without_marks(term: str) -> str:
    """The term without accents and stress marks."""
    return "".join(c for c in unicodedata.normalize("NFKD", term) if not unicodedata.combining(c))


@lru_cache(maxsize=64)
def _key_terms(question: str) -> frozenset[str]:
    """The terms of a question that its source should mention; none if it names nothing."""
    if not scripts.unspaced(question):
        # an article may spell an acronym out, and say "on Tuesday" for a day of October
        names = [n for n in CAPITALISED.findall(question) if n.casefold() not in NOT_NAMES]
        if all(name.isupper() for name in names):
            return frozenset()
        found = (term for name in names[:MAX_NAMES] for term in terms(name))
        return frozenset(term for term in found if len(term) > 2)
    words = LATIN_RUN.findall(question)
    runs = (run for part in FUNCTION.split(question) for run in UNSPACED_RUN.findall(part))
    pairs = [term for run in runs for term in terms(run)]
    enough = len(pairs) + len(words) >= MIN_PAIRS
    return frozenset([*pairs, *(t for word in words for t in terms(word))] if enough else ())


def _lowered(span: Span) -> Span:
    odds = UNMENTIONED_ODDS * span.confidence / max(1e-9, 1 - span.confidence)
    return replace(span, confidence=odds / (1 + odds))

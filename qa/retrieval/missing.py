"""Which words and names of a question stand nowhere in the archive: why it may have no answer.

A word is looked up as keyword search does it, in all spellings that the index knows. Chinese is cut
into words by a dictionary (rjieba) without guessing at new ones, as a wrong guess is a word that no
archive has; characters that are in no word of it count where none of the pairs that they are part
of is found, and are joined into one name. Other texts without spaces between words (kana, Thai,
Korean) are not looked into.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cache

import regex

from index.store.base.keywords import TermChoice
from index.text import scripts
from index.text.language import detect
from index.text.terms import SIMPLIFIED, TOKEN, terms

MAX_MISSING = 8
MAX_TERMS = 100  # looked up; what comes after the first of them is not called missing
MIN_LENGTH = 2  # characters of a word that is worth naming
HAN_RUN = regex.compile(r"\p{Han}+")


def missing_words(
    question: str, choose: Callable[[Sequence[str]], TermChoice], languages: Iterable[str]
) -> tuple[str, ...]:
    """Return the words of a question that no passage holds, as typed, in order.

    Words in a script that none of the archive's languages is written in are left out: the passages
    may well have them in another script.

    Args:
        question: The question as it was searched for.
        choose: What `Snapshot.choose` does: tells which terms and phrases are in no passage.
        languages: The languages of the archive's passages.
    """
    known_scripts = {scripts.of_language(code) for code in languages}
    spaced = list(_spaced(question, _stop_words(question)))
    chinese = [_segment(run) for run in HAN_RUN.findall(question)]
    wanted = [term for _, own in spaced for term in own]
    wanted += [term for pieces in chinese for term in _terms_of(pieces)]
    unknown = frozenset(choose(list(dict.fromkeys(wanted))[:MAX_TERMS]).unknown)
    found = [word for word, own in spaced if _is_missing(own, unknown)]
    found += [word for pieces in chinese for word in _missing_chinese(pieces, unknown)]
    shown = {word for word in found if scripts.of_text(word) in (None, *known_scripts)}
    return tuple(sorted(shown, key=question.index))[:MAX_MISSING]


def _spaced(question: str, stop_words: frozenset[str]) -> Iterator[tuple[str, list[str]]]:
    """Yield the words between spaces as typed, with their terms: the whole word's, then parts'."""
    for match in TOKEN.finditer(question):
        own = terms(match.group())
        if match.lastgroup == "unspaced" or not own or len(own[0]) < MIN_LENGTH:
            continue
        if not stop_words.intersection((own[0], own[0].partition("'")[0])):
            yield match.group(), own


def _is_missing(own: Sequence[str], unknown: frozenset[str]) -> bool:
    """Whether neither the word is found nor all of its parts are."""
    whole, *parts = own
    return whole in unknown and (not parts or any(part in unknown for part in parts))


def _segment(run: str) -> list[str]:
    """Cut Chinese characters into the words of the dictionary, or single characters, as typed."""
    start, pieces = 0, []
    for word in _cut(run.translate(SIMPLIFIED), guess=False):
        pieces.append(run[start : start + len(word)])
        start += len(word)
    return pieces


def _terms_of(pieces: Sequence[str]) -> Iterator[str]:
    """Yield what to look up of a run: its pairs of characters, and words of three or more."""
    run = "".join(pieces)
    yield from terms(run)
    for piece in pieces:
        if len(piece) > 2:
            yield " ".join(terms(piece))


def _missing_chinese(pieces: Sequence[str], unknown: frozenset[str]) -> Iterator[str]:
    """Yield the words of a run that are not found, single characters joined to their neighbours."""
    pairs = terms("".join(pieces))
    stop_words = _stop_words_of(("zh",))
    name, last_single, at = "", False, 0
    for piece in pieces:
        single = len(piece) == 1
        around = pairs[max(0, at - 1) : at + 1] if single else [" ".join(terms(piece))]
        at += len(piece)
        missing = piece not in stop_words and all(term in unknown for term in around)
        if name and not (missing and (single or last_single)):
            if len(name) >= MIN_LENGTH:
                yield name
            name = ""
        name += piece if missing else ""
        last_single = single
    if len(name) >= MIN_LENGTH:
        yield name


def content_words(question: str) -> list[str]:
    """Return the words of a question that say what it is about, in lower case and in order.

    >>> content_words("When did Takaichi visit 庆州?")
    ['takaichi', 'visit', '庆州']
    """
    stop_words = _stop_words(question)
    words: list[str] = []
    for match in TOKEN.finditer(question):
        if match.lastgroup == "unspaced":
            for run in HAN_RUN.findall(match.group()):
                words += _cut(run, guess=True)
        else:
            words += terms(match.group())[:1]
    return [word for word in words if len(word) >= MIN_LENGTH and word not in stop_words]


def _stop_words(question: str) -> frozenset[str]:
    """Return the stop words of the question's language, or of those that it may be in."""
    script = scripts.of_text(question) or scripts.LATIN
    language = detect(question)
    languages = (language,) if language else scripts.LANGUAGES.get(script, ())
    return _stop_words_of(("en", "zh", *languages))


@cache
def _stop_words_of(languages: tuple[str, ...]) -> frozenset[str]:
    import stopwordsiso  # with rjieba, takes half a second to import

    return frozenset(stopwordsiso.stopwords(languages))


def _cut(text: str, *, guess: bool) -> list[str]:
    """Cut Chinese text into words; `guess` at those that the dictionary lacks, or split them."""
    import rjieba

    return list(rjieba.cut(text, guess))

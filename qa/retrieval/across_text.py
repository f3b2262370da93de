"""Whether a text in another script holds a word or a name of a question, as far as is known."""

from bisect import bisect_left
from collections.abc import Collection
from itertools import takewhile

from index.text.names.words import name_keys
from index.text.terms import terms

from .across import counterparts

MIN_KNOWN = 2  # words or names of the question, of which one must be there
LONGEST_TEXT = 5_000  # code points that are looked at
MIN_STEM, MAX_ENDING = 4, 3  # letters of a translation that stay, and that inflection may add


class _TermsOfText:
    """The terms of one text, to be looked up like those of an archive."""

    def __init__(self, text: str, language: str) -> None:
        found = terms(text)
        self._language = language
        plain = (term.replace(".", "") for term in found if term.count(".") > 1)  # "U.S."
        self._words = f" {' '.join(found)} "
        self._terms = sorted({*found, *plain, *name_keys(text)})

    def languages(self) -> Collection[str]:
        """Return the language of the text."""
        return (self._language,)

    def vocabulary(self, start: str) -> list[str]:
        """Return the terms that start with `start`, sorted."""
        rest = self._terms[bisect_left(self._terms, start) :]
        return list(takewhile(lambda term: term.startswith(start), rest))

    def holds(self, phrase: str) -> bool:
        """Whether a term, inflected or not, or several that follow each other are in the text."""
        if f" {phrase} " in self._words or phrase in self.vocabulary(phrase)[:1]:
            return True
        if " " in phrase or not phrase.isascii() or len(phrase) < MIN_STEM:
            return False
        stem = phrase[: max(MIN_STEM, len(phrase) - 1)]
        return any(len(term) <= len(phrase) + MAX_ENDING for term in self.vocabulary(stem))


def shares_a_word(question: str, text: str, language: str) -> bool:
    """Whether a text in another script holds a word or a name of a question, translated or spelled.

    True also where fewer than MIN_KNOWN words of the question can be looked up.
    """
    known = _TermsOfText(text[:LONGEST_TEXT], language)
    # single characters mean too much: they are in too many texts by chance
    across = [one for one in counterparts(known, question) if len(one.word) > 1]
    words = {one.word for one in across}
    if len(words) < MIN_KNOWN or any(known.holds(term) for term in terms(question)):
        return True
    return any(known.holds(phrase) for one in across for phrase in one.terms)

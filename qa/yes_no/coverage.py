"""How much of what a question asks stands in a sentence.

Words count as the same by stem, by sense, or as forms of one verb; names must be equal. In scripts
without spaces between words the units are characters.
"""

from collections.abc import Collection, Sequence

import regex

from index.text import scripts
from index.text.terms import SIMPLIFIED
from qa.agreement.numerals import numerals
from qa.agreement.wording import NO_SENSES, SENSES_OF, pieces, proper_names

from .words import FORMS, FUNCTION, HAN_FUNCTION

MIN_STEM, MAX_ENDING = 3, 3  # letters that two words share, and that the longer may add
HAN_CONTENT = regex.compile(r"[\p{Han}\p{Katakana}ー]")
PARTICLES = regex.compile(
    r"有没有|有无|是不是|是否|能否|可否|会否|曾否|[会能要可该愿]不(?=[会能要可该愿])|[吗嘛][?？。]?$"
)


def share(question: str, sentence: str) -> float:
    """Return the part of a question's units that a sentence has, 0 to 1; 1 if it has no units.

    >>> share("Did the mayor open the bridge?", "The bridge was opened, but it rained.")
    0.6666666666666667
    """
    asked = units(question)
    missing = _missing(asked, units(sentence), names_of(question))
    return 1 - len(missing) / max(1, len(asked))


def units(text: str) -> list[str]:
    """Return the content words of a text, in a script without spaces its characters, in order.

    Numbers are left out: they are compared as quantities.

    >>> units("Did the ferry carry 12 cars?"), units("渡轮沉没了吗？")
    (['ferry', 'carry', 'cars'], ['渡', '轮', '沉'])
    """
    for numeral in reversed(numerals(text)):
        text = f"{text[: numeral.start]} {text[numeral.end :]}"
    if scripts.unspaced(text):
        plain = PARTICLES.sub("", text.translate(SIMPLIFIED))
        return [c for c in HAN_CONTENT.findall(plain) if c not in HAN_FUNCTION]
    return [word for word in pieces(text) if word and word not in FUNCTION]


def names_of(text: str) -> set[str]:
    """Return the words of the proper names in a text, folded."""
    return {word for name in proper_names(text) for word in pieces(name) if word}


def _missing(wanted: Sequence[str], said: Sequence[str], names: Collection[str]) -> list[str]:
    words = set(said)
    forms = {FORMS[word] for word in words if word in FORMS}
    senses = NO_SENSES.union(*(SENSES_OF.get(word, NO_SENSES) for word in words))
    return [
        word
        for word in wanted
        if word not in words
        and (
            word in names
            or not (
                FORMS.get(word) in forms
                or senses & SENSES_OF.get(word, NO_SENSES)
                or any(_alike(word, other) for other in words)
            )
        )
    ]


def _alike(one: str, other: str) -> bool:
    stem = max(MIN_STEM, max(len(one), len(other)) - MAX_ENDING)
    return one[:stem] == other[:stem]

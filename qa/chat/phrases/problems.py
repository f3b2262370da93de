"""Say an error that a visitor of the page caused in the page's language.

Errors are written in English where they are raised, for the command line and for programs too. Here
they are recognised by their sentence; one that is not known stays as it is.
"""

import re
from functools import cache

from qa.chat.words import ERRORS

VALUE = re.compile(r"\\{\d\\}")


def explain(message: str, language: str) -> str:
    """Return an error's message in `language`.

    >>> explain("the question is empty: ask something", "es")
    'la pregunta está vacía: escriba algo'
    >>> explain("the disk is full", "es")
    'the disk is full'
    """
    if language == "en":
        return message
    for key, pattern in _patterns().items():
        if found := pattern.fullmatch(message):
            return ERRORS[language][key].format(*found.groups())
    return message


@cache
def _patterns() -> dict[str, re.Pattern[str]]:
    return {
        key: re.compile(VALUE.sub("(.*?)", re.escape(sentence)), re.DOTALL)
        for key, sentence in ERRORS["en"].items()
    }

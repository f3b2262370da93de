"""Whether sentences in two scripts share their words and names: by dictionary and by sound."""

from functools import lru_cache

import regex

from index.text import scripts
from index.text.dictionaries import chinese
from index.text.names import han
from index.text.names.distances import alike
from index.text.names.sounds import fold
from index.text.names.words import names, script_of
from index.text.terms import SIMPLIFIED
from qa.agreement.wording import FUNCTION, content

from .evidence import Place

WORD = regex.compile(r"\p{Latin}[\p{L}\p{M}'’-]*")
HAN_RUN = regex.compile(r"\p{Han}{2,}")
STEM = 4
MAX_RUNS = 100  # of a text that are read as names

Sound = tuple[str, str, str]  # a word, the code of its script, and how it may sound


def coverage_across(text: str, place: Place) -> float:
    """Return the share of the words and names of a text that a sentence in another script has."""
    if scripts.of_text(text) == "Han":
        found = [_has_sense(senses, place) for _, senses in chinese.to_english(text)]
    elif place.script == "Han":
        simplified = place.text.translate(SIMPLIFIED)
        found = [
            any(word in simplified for word in chinese.to_chinese(term)) or _is_heard(term, place)
            for term in WORD.findall(text)
            if term.casefold() not in FUNCTION
        ]
    else:
        return 0.0
    return sum(found) / len(found) if found else 0.0


def name_across(name: str, place: Place) -> bool:
    """Whether what the article says around a sentence has names that sound like all of this one."""
    return _is_heard(name, place) or any(
        word in place.background.translate(SIMPLIFIED) for word in chinese.to_chinese(name)
    )


def _has_sense(senses: tuple[str, ...], place: Place) -> bool:
    stems = {word[:STEM] for word in place.words}
    return any(all(w[:STEM] in stems for w in content(sense)) for sense in senses if content(sense))


def _is_heard(name: str, place: Place) -> bool:
    known = _sounds(place.background)
    parts: dict[str, bool] = {}
    for word, script, sound in _sounds(name):
        heard = alike(sound, [other for _, code, other in known if code != script])
        parts[word] = parts.get(word, False) or heard
    return bool(parts) and all(parts.values())


@lru_cache(maxsize=256)
def _sounds(text: str) -> tuple[Sound, ...]:
    """Return how the names of a text may sound."""
    found = [(name.word, name.script, sound) for name in names(text) for sound in name.sounds]
    for run in HAN_RUN.findall(text)[:MAX_RUNS]:
        for word, read in han.japanese_readings(run.translate(SIMPLIFIED)):
            found += [(word, script_of(word), fold(sound)) for sound in read]
    return tuple(dict.fromkeys(found))

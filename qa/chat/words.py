"""Every phrase of the user interface in each of its languages, from `phrases/*.toml`.

English is complete. What another language lacks is said in English, phrase by phrase, so that a new
phrase can be used before everybody has translated it (`missing` lists those).
"""

import tomllib
from importlib.resources import files

# The page's languages, as the menu lists them. Their files have the same sections and keys.
PAGE_LANGUAGES = ("en", "zh", "ja", "ar", "es", "fr", "de")
SECTIONS = ("reply", "page", "counted", "errors")

_FILES = {
    language: tomllib.loads(
        (files(__package__) / "phrases" / f"{language}.toml").read_text(encoding="utf-8")
    )
    for language in PAGE_LANGUAGES
}


def _section(name: str) -> dict[str, dict[str, str]]:
    english = _FILES["en"][name]
    return {language: {**english, **own.get(name, {})} for language, own in _FILES.items()}


# Around a reply, in the language of its question or of the page.
WORDS = _section("reply")
# Of the page itself, in the reader's language; keys are also Gradio's translation keys.
PAGE = _section("page")
# Errors that visitors cause; `problems.explain` finds them by the English sentence.
ERRORS = _section("errors")
# Phrases with a number, by plural form ("one", "few", ...; `numbers.counted` chooses).
COUNTED: dict[str, dict[str, dict[str, str]]] = {
    language: own.get("counted", {}) for language, own in _FILES.items()
}
# Names of languages where they are not those of CLDR.
LANGUAGE_NAMES: dict[str, dict[str, str]] = {
    language: own.get("languages", {}) for language, own in _FILES.items()
}


def missing(language: str) -> list[str]:
    """Return the phrases that a language lacks, as "section.key"."""
    own = _FILES[language]
    return [
        f"{section}.{key}"
        for section in SECTIONS
        for key in _FILES["en"][section]
        if key not in own.get(section, {})
    ]

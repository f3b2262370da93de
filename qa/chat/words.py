"""Every phrase of the user interface, in English and Chinese, from `phrases/*.toml`."""

import tomllib
from importlib.resources import files

_PHRASES = {
    language: tomllib.loads(
        (files(__package__) / "phrases" / f"{language}.toml").read_text(encoding="utf-8")
    )
    for language in ("en", "zh")
}
# Around a reply, in the language of its question.
WORDS: dict[str, dict[str, str]] = {code: p["reply"] for code, p in _PHRASES.items()}
# Of the page itself, in the browser's language; keys are also Gradio's translation keys.
PAGE: dict[str, dict[str, str]] = {code: p["page"] for code, p in _PHRASES.items()}
# Names of languages, English and Chinese; any other is shown by its code.
LANGUAGES: dict[str, tuple[str, str]] = {
    code: (name, _PHRASES["zh"]["languages"][code])
    for code, name in _PHRASES["en"]["languages"].items()
}

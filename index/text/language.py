"""Detect the language of a text as an ISO 639-1 code, offline, with py3langid."""

import re
from functools import cache

from py3langid.langid import MODEL_FILE, LanguageIdentifier

HAN = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff]")
KANA = re.compile(r"[\u3040-\u30ff]")
HANGUL = re.compile(r"[\uac00-\ud7a3\u1100-\u11ff]")
LETTERS = re.compile(r"[^\W\d_]")
MIN_LETTERS = 20  # the detector guesses wildly on less
SAMPLE = 2000  # characters; more changes nothing
MIN_PROBABILITY = 0.9
CERTAIN = 0.95  # that a text is in no language


@cache
def _identifier() -> LanguageIdentifier:
    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)


def by_script(text: str) -> str | None:
    """Return "zh", "ja" or "ko" if the script alone decides, else None."""
    letters = len(LETTERS.findall(text))
    han, kana, hangul = (len(p.findall(text)) for p in (HAN, KANA, HANGUL))
    # one ideograph carries about as much as three letters
    if not letters or 3 * (han + kana + hangul) < letters - (han + kana + hangul):
        return None
    if hangul > han + kana:
        return "ko"
    return "ja" if kana >= 0.1 * (han + kana) else "zh"


def detect(text: str, default: str | None = None) -> str | None:
    """Return the language of `text`, or `default` if it is too short or too mixed to tell.

    East Asian scripts decide by themselves, so one Chinese word is enough:

    >>> detect("日本首相"), detect("東京タワー"), detect("한국 대통령")
    ('zh', 'ja', 'ko')
    >>> detect("Tokyo", default="en")
    'en'
    """
    sample = text[:SAMPLE]
    if code := by_script(sample):
        return code
    if len(LETTERS.findall(sample)) < MIN_LETTERS:
        return default
    code, probability = _identifier().classify(sample)
    return str(code) if probability >= MIN_PROBABILITY else default


def is_no_language(text: str) -> bool:
    """Whether `text` is surely in no language at all: scrambled, or decoded wrongly."""
    if by_script(text):
        return False
    code, probability = _identifier().classify(text)
    return str(code) == "zxx" and probability >= CERTAIN


def most_likely(text: str) -> str:
    """Return the best guess for the language of `text`, however uncertain; "zxx" is no language."""
    return by_script(text[:SAMPLE]) or str(_identifier().classify(text[:SAMPLE])[0])

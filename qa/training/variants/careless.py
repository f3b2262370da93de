"""Questions as people type them: without capitals or question mark, with typos, or as spoken."""

import random
import re

from index.text.scripts import unspaced

from .chinese import is_traditional, to_traditional

# How many of these questions have no mark, no capitals, or a typo beside; all others have a typo.
UNMARKED_SHARE, LOWER_SHARE, TYPO_SHARE = 0.6, 0.5, 0.35
SPOKEN_SHARE, OPENED_SHARE = 0.5, 0.6  # of Chinese ones: as spoken, and with an opening
WORD = re.compile(r"[^\W\d_]{4,}")
# Neighbours on a keyboard; each row is one string, so that a letter's neighbours stand beside it.
KEYS = ("qwertyuiop", "asdfghjkl", "zxcvbnm")
OPENINGS = ("请问", "请问一下，", "那个", "那个，", "我想知道", "想问下", "欸，")
ENDINGS = ("呢", "啊", "呀", "来着", "")
SPOKEN = {
    "是什么": "是啥", "什么时候": "啥时候", "什么": "啥", "为什么": "为啥", "哪里": "哪儿",
    "如何": "怎么", "怎样": "咋样", "为何": "为啥", "何时": "啥时候",
}  # fmt: skip


def careless(question: str, language: str, rng: random.Random) -> str | None:
    """Return the question as a careless person would put it; None if that changes nothing."""
    if language == "zh" and rng.random() < SPOKEN_SHARE:
        text = _spoken(question, rng)
    else:
        text = question.rstrip("?？؟ ") if rng.random() < UNMARKED_SHARE else question
        text = text.lower() if rng.random() < LOWER_SHARE else text
        if not unspaced(text) and (text == question or rng.random() < TYPO_SHARE):
            text = _with_typo(text, rng)
    return text if text and text != question else None


def _spoken(question: str, rng: random.Random) -> str:
    """Add what people say around a Chinese question, and put it into their words."""
    script = to_traditional if is_traditional(question) else str
    text = question.rstrip("?？。 ")
    for written, spoken in SPOKEN.items():
        if script(written) in text:
            text = text.replace(script(written), script(spoken), 1)
            break
    opening = rng.choice(OPENINGS) if rng.random() < OPENED_SHARE else ""
    return script(opening) + text + script(rng.choice(ENDINGS))


def _with_typo(text: str, rng: random.Random) -> str:
    """Swap, drop, double or replace one letter inside a word."""
    words = list(WORD.finditer(text))
    if not words:
        return text
    word = rng.choice(words)
    at = rng.randrange(word.start() + 1, word.end() - 1)
    match rng.randrange(4):
        case 0:
            changed = text[at + 1] + text[at] if at + 1 < word.end() else text[at]
            return text[:at] + changed + text[at + 2 :]
        case 1:
            return text[:at] + text[at + 1 :]
        case 2:
            return text[:at] + text[at] + text[at:]
        case _:
            return text[:at] + _neighbour(text[at], rng) + text[at + 1 :]


def _neighbour(letter: str, rng: random.Random) -> str:
    for row in KEYS:
        if (at := row.find(letter)) >= 0:
            return rng.choice(row[max(0, at - 1) : at] + row[at + 1 : at + 2])
    return letter

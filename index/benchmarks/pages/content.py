"""The article and the furniture of a generated page, from `texts.toml`."""

import random
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

TEXTS = Path(__file__).with_name("texts.toml")
ROUNDS = 3  # each sentence is used so often, with other numbers


@dataclass(frozen=True, slots=True)
class Content:
    """What a page says, in one language; every string occurs once."""

    language: str
    title: str
    caption: str
    paragraphs: tuple[tuple[str, ...], ...]  # of sentences
    nav: tuple[str, ...]
    related_heading: str
    related: tuple[str, ...]
    cookies: tuple[str, ...]
    paywall: tuple[str, ...]
    comments_heading: str
    comments: tuple[str, ...]
    newsletter: str
    footer: str

    @property
    def sentences(self) -> tuple[str, ...]:
        """The sentences of all paragraphs."""
        return tuple(sentence for paragraph in self.paragraphs for sentence in paragraph)


@cache
def _texts() -> dict[str, dict[str, Any]]:
    return tomllib.loads(TEXTS.read_text("utf-8"))


def languages() -> list[str]:
    """Return the codes of the languages that have texts."""
    return list(_texts())


def make_content(language: str, seed: int) -> Content:
    """Return a page's content; the same seed gives the same one."""
    numbers = random.Random(seed)  # noqa: S311
    texts: dict[str, Any] = {
        key: tuple(v) if isinstance(v, list) else v for key, v in _texts()[language].items()
    }
    sentences = texts.pop("sentences")
    drawn = iter(numbers.sample(range(20, 9000), ROUNDS * len(sentences)))
    filled = [s.format(n=next(drawn)) for _ in range(ROUNDS) for s in sentences]
    paragraphs = tuple(tuple(filled[at : at + 2]) for at in range(0, len(filled), 2))
    return Content(language, paragraphs=paragraphs, **texts)

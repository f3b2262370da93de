"""Cut contexts into sentences and passages, exactly as the index cuts articles."""

from dataclasses import dataclass

from index.article import Article, Part
from index.passage import passages, sentences
from index.text.language import detect

from .contexts import Range

PASSAGE_TOKENS = 128  # what `python -m index build` asks for, in tiktoken tokens


@dataclass(frozen=True, slots=True)
class Cut:
    """Where the sentences of a context begin, and its passages as ranges of characters."""

    sentences: tuple[int, ...]
    passages: tuple[Range, ...]


def cut(text: str) -> Cut:
    """Cut one context; a passage that begins within a sentence divides it."""
    language = detect(text)
    part = Part(0, len(text), "body")
    article = Article("", None, text, None, language, "", parts=(part,))
    ranges = tuple((p.start, p.end) for p in passages(article, PASSAGE_TOKENS))
    starts = {a for a, _ in sentences(text, language)} | {a for a, _ in ranges}
    return Cut(tuple(sorted(starts)), ranges)

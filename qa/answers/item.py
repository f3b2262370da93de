"""One item of a list, cited."""

from dataclasses import dataclass

from .citing import Citation


@dataclass(frozen=True, slots=True)
class AnswerItem:
    """One of the things that a question asks for, in the words of its first citation.

    `start` and `end` are code points into that citation's article.
    """

    text: str
    start: int
    end: int
    citations: tuple[Citation, ...]  # a sentence, or a list's lines, of each article

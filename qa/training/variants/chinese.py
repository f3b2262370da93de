"""Chinese in traditional and simplified script."""

from functools import cache

import opencc

from index.text.terms import SIMPLIFIED

TRADITIONAL = 0.05  # of a text's characters are not in simplified script


def is_traditional(text: str) -> bool:
    """Whether a text is in traditional script, not only a name or two of it.

    >>> is_traditional("總統簽署條約"), is_traditional("总统签署条约")
    (True, False)
    """
    changed = sum(a != b for a, b in zip(text, text.translate(SIMPLIFIED), strict=True))
    return changed > TRADITIONAL * len(text)


@cache
def to_traditional(text: str) -> str:
    """Convert a text in simplified script.

    >>> to_traditional("最后")
    '最後'
    """
    return str(_converter().convert(text))


@cache
def _converter() -> opencc.OpenCC:
    return opencc.OpenCC("s2t")

"""Compare names: by case, by short and full form, by initials; those of two scripts not at all."""

import regex

from index.text import scripts
from index.text.terms import SIMPLIFIED

HAN_NAME_LENGTH = 10  # characters of the longest Chinese answer that is taken for a name
NAME_WORDS = 6  # words of the longest other one
MIN_SHARED = 2  # characters of a Chinese short form
WORD = regex.compile(r"[\p{L}\p{N}][\p{L}\p{M}\p{N}'’.-]*")
# Words around a name that say who somebody is, and do not tell two people apart.
_TITLES = (
    "a an the mr mrs ms dr sir president prime minister chancellor general colonel governor"
    " mayor king queen prince professor judge senator chief executive former new company city"
    " town of in at teacher director"
)
TITLES = frozenset(_TITLES.split())
HAN_TITLES = regex.compile(
    r"(?:前?(?:总统|主席|首相|总理|部长|省长|市长|县长|镇长|校长|将军|教授|先生|女士|总裁|经理|画家))|(?<=..)(?:镇|市|县|省|公司|集团)$"
)


def is_name(text: str) -> bool:
    """Return whether a text may be a name, or be as short as one.

    >>> [is_name(t) for t in ("Clara Weyland", "it was late", "陈立明")]
    [True, False, True]
    """
    if scripts.of_text(text) == "Han":
        return len(text) <= HAN_NAME_LENGTH and not regex.search(r"\d|[，。；：]", text)
    words = WORD.findall(text)
    return 0 < len(words) <= NAME_WORDS and any(word[0].isupper() for word in words)


def same_name(one: str, other: str) -> bool:
    """Return whether two names are the same, or one is a short form of the other.

    >>> same_name("General Mark Haddow", "Haddow"), same_name("the UN", "United Nations")
    (True, True)
    >>> same_name("省長周建國", "周建国"), same_name("Ann Lee", "Bob Lee")
    (True, False)
    """
    a, b = key(one), key(other)
    if not a or not b or _script(one) != _script(other):
        return False
    if _script(one) == "Han":
        short, long = sorted(("".join(a), "".join(b)), key=len)
        return len(short) >= MIN_SHARED and short in long
    return set(a) <= set(b) or set(b) <= set(a) or _initials(a, b) or _initials(b, a)


def same_text(one: str, other: str) -> bool:
    """Return whether two texts are equal but for case, script and words such as "the"."""
    return one.casefold() == other.casefold() or bool(key(one) and key(one) == key(other))


def other_name(one: str, other: str) -> bool:
    """Return whether two names surely name two things: of one script, and nothing shared."""
    if _script(one) != _script(other) or same_name(one, other):
        return False
    if _script(one) == "Han":
        a, b = ("".join(key(name)) for name in (one, other))
        return not any(a[i : i + MIN_SHARED] in b for i in range(len(a) - 1))
    return not set(key(one)) & set(key(other))


def key(name: str) -> tuple[str, ...]:
    """Return the words of a name without titles, folded in case and script."""
    folded = name.translate(SIMPLIFIED)
    if _script(name) == "Han":
        folded = HAN_TITLES.sub("", folded)
    words = (word.casefold().rstrip(".").removesuffix("'s") for word in WORD.findall(folded))
    return tuple(word for word in words if word not in TITLES)


def _script(name: str) -> str | None:
    return scripts.of_text(name)


def _initials(short: tuple[str, ...], long: tuple[str, ...]) -> bool:
    if len(short) != 1 or len(long) < 2:
        return False
    return short[0].replace(".", "") == "".join(word[0] for word in long)

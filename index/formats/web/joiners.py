"""Keep the joiners of Persian and Indian words, and of emoji, in a page: the extractor drops them.

Trafilatura removes what Python calls unprintable, and with it letters' joiners: "می‌شود" would
become one word that nobody writes. They pass it as characters of an unused script.
"""

from lxml.etree import _Element as Element

JOINERS = "\u200c\u200d"
STAND_INS = "\U00010a40\U00010a41"  # digits of Kharosthi, last written in the third century
HIDE = str.maketrans(JOINERS, STAND_INS)
RESTORE = str.maketrans(STAND_INS, JOINERS)


def hide(root: Element) -> None:
    """Replace the joiners in the tree's text."""
    for element in root.iter():
        if element.text and not element.text.isascii():
            element.text = element.text.translate(HIDE)
        if element.tail and not element.tail.isascii():
            element.tail = element.tail.translate(HIDE)


def restore(text: str) -> str:
    """Put the joiners back."""
    return text.translate(RESTORE)

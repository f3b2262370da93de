"""Remove the cookie banner from the blocks of a page, wherever it is.

A banner in a language that `patterns.py` covers is recognised by its lines; one in any other
language only at the foot of a page, after empty blocks.
"""

from .patterns import BUTTON, COOKIE, FINAL, NOTICE, is_line

MAX_FOOT = 1000  # characters


def without_banner(blocks: list[str]) -> list[str]:
    """Drop each run of cookie-banner lines that is a banner by two signs, as notice and button."""
    kept: list[str] = []
    at = 0
    while at < len(blocks):
        end = at
        while end < len(blocks) and _banner_lines(blocks[end]):
            end += 1
        if not _is_banner([line for block in blocks[at:end] for line in block.split("\n")]):
            end = at + 1
            kept.append(blocks[at])
        at = end
    return kept


def _banner_lines(block: str) -> bool:
    return all(is_line(NOTICE, line) or is_line(BUTTON, line) for line in block.split("\n"))


def _is_banner(lines: list[str]) -> bool:
    """A notice with a button or under a heading; notices alone may be sentences of an article."""
    notices = [line for line in lines if is_line(NOTICE, line)]
    if len(lines) < 2 or not notices:
        return False
    return len(lines) > len(notices) or not FINAL.search(notices[0])


def without_foot(blocks: list[str]) -> list[str]:
    """Drop what follows two empty blocks if it is short and mentions cookies in any language."""
    for i in range(1, len(blocks) - 1):
        if not blocks[i] and not blocks[i + 1]:
            foot = "\n".join(blocks[i:])
            if len(foot) <= MAX_FOOT and COOKIE.search(foot):
                return blocks[:i]
    return blocks

"""Take readers' comments out of a web page where only their heading and their shape tell them.

Elements that are named after comments are left to the extractor. Here a block counts if it begins
with the heading "Comments" in one of some languages and holds nothing but boxes that are alike,
each with a short line on top, the name of who wrote it.
"""

import re

from lxml.etree import _Element as Element

from .tree import HEADINGS, drop, outermost, text_of

BOXES = {"div", "li", "article", "section"}
LISTS = {"ul", "ol"}
MIN_BOXES = 2
MAX_NAME = 60  # characters
WORDS = r"""
    (?:readers?['’]?\s+|user\s+)?comments? | join\s+the\s+(?:conversation|discussion)
    | (?:leser)?kommentare? | commentaires? | comentarios? | comentários? | commenti
    | reacties | kommentarer? | kommentit | kommentaarid? | komentāri | komentarai | komentarze?
    | komentáře? | komentari | hozzászólások | comentarii | коментари | комментарии | коментарі
    | σχόλια | yorumlar | komentar | bình\s+luận | ความคิดเห็น | टिप्पणियाँ | टिप्पणियां | মন্তব্য
    | التعليقات | تعليقات | نظرات | دیدگاه‌?ها | תגובות | 评论 | 評論 | 網友評論 | 网友评论 | 留言
    | コメント | 댓글
"""
COUNT = r"(?:\(?\s*\d[\d.,]*\s*\)?)?"
HEADING = re.compile(rf"{COUNT}\s*(?:{WORDS})\s*:?\s*{COUNT}", re.VERBOSE | re.IGNORECASE)


def drop_comments(root: Element) -> None:
    """Change the tree in place."""
    headings = [h for h in outermost(root, *HEADINGS) if HEADING.fullmatch(text_of(h))]
    blocks = dict.fromkeys(heading.getparent() for heading in headings)
    drop([block for block in blocks if block is not None and _is_comments(block)])


def _is_comments(block: Element) -> bool:
    if block.tag == "body" or (block.text or "").strip():
        return False
    rest = [e for e in block if isinstance(e.tag, str)][1:]
    boxes = list(rest[0]) if len(rest) == 1 and rest[0].tag in LISTS else rest
    kinds = {(box.tag, box.get("class")) for box in boxes}
    return (
        len(boxes) >= MIN_BOXES
        and len(kinds) == 1
        and all(box.tag in BOXES and _begins_with_name(box) for box in boxes)
        and not any((child.tail or "").strip() for child in block)
    )


def _begins_with_name(box: Element) -> bool:
    if len(box) < 2 or (box.text or "").strip():
        return False
    return box[0].tag != "p" and 0 < len(text_of(box[0])) <= MAX_NAME

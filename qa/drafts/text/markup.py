"""Blank out what of a draft is not its prose: headings, addresses, code, list numbers.

Every character is replaced by one space, so that offsets stay those of the draft.
"""

import regex

from index.text.control import CONTROL

# No pattern crosses a line end, except that of a code block; each part is bounded or possessive, so
# that hostile drafts take linear time.
NOT_PROSE = regex.compile(
    r"""
    ^(?:```|~~~)[^\n]*+\n(?:(?!```|~~~)[^\n]*+\n)*+(?:```|~~~)[^\n]*+
    | ^\ {0,3}\#{1,6}\ [^\n]*+
    | ^[^\n]++\n(?:=++|-++)[ ]*+$
    | ^\ {0,3}(?:\d{1,9}[.)]|[-*+])(?=\ )
    | ^\ {0,3}\[[^\]\n]{1,200}\]:[^\n]*+
    | \]\([^()\s]{0,4000}(?:\([^()\s]{0,200}\)[^()\s]{0,4000})?(?:\ "[^"\n]{0,400}")?\)
    | !?\[(?=[^\[\]\n]{0,400}\]\()
    | \[\^?\w{1,40}\](?!\()
    | <(?:https?|mailto):[^\s<>]{1,4000}>
    | (?:https?://|www\.)[^\s<>"“”「」)\]]{1,4000}
    | (?<![\w.+-])[\w.+-]{1,64}+@[\w-]{1,64}\.[\w.-]{1,64}
    | `[^`\n]{1,400}`
    | </?[A-Za-z][^<>\n]{0,400}>
    | \*\*|__
    """,
    regex.MULTILINE | regex.VERBOSE,
)


def prose(text: str) -> str:
    r"""Return a text of the same length with spaces where it is not prose.

    >>> prose("# Fire\nSee [the report](http://a.example) of **14** dead.")
    '      \nSee  the report                    of   14   dead.'
    """
    blanked = NOT_PROSE.sub(lambda match: regex.sub(r"[^\n]", " ", match[0]), text)
    return CONTROL.sub(" ", blanked)

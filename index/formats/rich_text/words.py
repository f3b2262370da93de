"""What the control words of RTF mean: characters, encodings, and what is not text."""

import codecs

CELL = "\x07"  # stands for the end of a table's cell until its row is read
SYMBOLS = {
    "par": "\n\n", "sect": "\n\n", "page": "\n\n", "row": "\n\n", "nestrow": "\n\n",
    "line": "\n", "lbr": "\n", "softline": "\n", "column": "\n\n", "cell": CELL, "nestcell": CELL,
    "tab": "\t", "emdash": "—", "endash": "–", "emspace": "\u2003", "enspace": "\u2002",
    "qmspace": "\u2005", "bullet": "•", "lquote": "‘", "rquote": "’", "ldblquote": "“",
    "rdblquote": "”", "zwj": "\u200d", "zwnj": "\u200c", "ltrmark": "\u200e", "rtlmark": "\u200f",
}  # fmt: skip
ESCAPED = {"\\": "\\", "{": "{", "}": "}", "~": "\u00a0", "_": "\u2011", "-": "", "\n": "\n\n",
           "\r": "\n\n"}  # fmt: skip
CHARACTER_SETS = {"ansi": "cp1252", "mac": "mac-roman", "pc": "cp437", "pca": "cp850"}
FONT_CHARSETS = {
    77: "mac-roman", 128: "cp932", 129: "cp949", 130: "johab", 134: "gb18030", 136: "cp950",
    161: "cp1253", 162: "cp1254", 163: "cp1258", 177: "cp1255", 178: "cp1256", 186: "cp1257",
    204: "cp1251", 222: "cp874", 238: "cp1250", 254: "cp437", 255: "cp850",
}  # fmt: skip
# groups of which nothing is read, and those that only hold others that are
DROPPED = {
    "colortbl", "stylesheet", "listtable", "listoverridetable", "revtbl", "rsidtbl", "pict",
    "nonshppict", "objdata", "fldinst", "bkmkstart", "bkmkend", "xe", "tc", "tcn", "rxe",
    "filetbl", "template", "keywords", "operator", "comment", "doccomm", "subject",
    "company", "category", "manager", "hlinkbase", "revtim", "printim", "buptim", "themedata",
    "datastore", "generator", "userprops", "sp", "ftnsep", "ftnsepc", "ftncn", "aftnsep",
    "aftnsepc", "aftncn", "formfield", "pntxta", "pntxtb", "pnseclvl", "datafield", "shprslt",
}  # fmt: skip
OUTER = {"info", "object", "shp", "shpinst", "upr", "shpgrp", "field", "fonttbl"}
READ_WITHIN = {"result", "shptxt", "ud", "fldrslt", "shppict", "dptxbxtext", "mmath"}
HEADERS = {"header", "headerl", "headerr", "headerf"}
FOOTERS = {"footer", "footerl", "footerr", "footerf"}


def codec_of_page(page: int | None) -> str | None:
    """Return Python's name of a Windows code page, None if it has none."""
    name = "utf-8" if page == 65001 else f"cp{page}"
    try:
        return codecs.lookup(name).name
    except LookupError:
        return None

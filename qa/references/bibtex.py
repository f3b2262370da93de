"""A CSL-JSON item as a BibTeX entry; what LaTeX would read as a command is escaped."""

import re
from urllib.parse import quote

from .item import Item

SPECIAL = {
    "\\": r"\textbackslash{}", "$": r"\$", "&": r"\&", "%": r"\%",
    "#": r"\#", "_": r"\_", "^": r"\textasciicircum{}", "~": r"\textasciitilde{}",
    # BibTeX counts every brace, also an escaped one
    "{": r"\textbraceleft{}", "}": r"\textbraceright{}",
}  # fmt: skip
ESCAPED = re.compile("[" + re.escape("".join(SPECIAL)) + "]")
URL_SAFE = "%!#$&'()*+,/:;=?@[]~"  # stays as it is in an address
MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")


def as_bibtex(item: Item) -> str:
    """Return a `@misc` entry; biblatex reads the day from `date`, BibTeX from `month` and `day`."""
    fields = {
        "title": _kept(item["title"]),
        "author": _kept(item["author"][0]["literal"]) if "author" in item else None,
        **_date(item),
        "langid": _braced(item.get("language")),
        "pages": _braced(item.get("page")),
        "howpublished": _braced(item["archive_location"]),
        "url": _url(item.get("URL")),
        "note": _braced(", ".join(filter(None, [item.get("dimensions"), item["note"]]))),
    }
    lines = [f"  {name} = {value}," for name, value in fields.items() if value]
    return "\n".join([f"@misc{{{item['id']},", *lines, "}"])


def _date(item: Item) -> dict[str, str]:
    if "issued" not in item:
        return {}
    year, month, day = item["issued"]["date-parts"][0]
    return {
        "date": f"{{{year:04}-{month:02}-{day:02}}}",
        "year": f"{{{year}}}",
        "month": MONTHS[month - 1],
        "day": f"{{{day}}}",
    }


def _braced(text: str | None) -> str | None:
    return f"{{{ESCAPED.sub(lambda match: SPECIAL[match[0]], text)}}}" if text else None


def _kept(text: str) -> str:
    """Protect a text as it is: its capitals, and a name that has "and" or a comma in it."""
    return f"{{{_braced(text)}}}"


def _url(url: str | None) -> str | None:
    """Return an address, which is not LaTeX, without what would end or escape the field."""
    return f"{{{quote(url, safe=URL_SAFE)}}}" if url else None

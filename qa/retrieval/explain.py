"""Why these passages: where each was found, and what became of the question's words."""

from collections.abc import Iterator, Sequence
from unicodedata import east_asian_width

from index.store.base.keywords import terms_of_passage

from .retriever import Hit, SearchResult

SHOWN = 60  # characters of a passage
HEAD = ("", "score", "meaning", "keywords", "date", "where", "terms matched")


def explained(found: SearchResult) -> str:
    """What a question found as a table for a terminal, without control characters."""
    table = [HEAD, *(_row(number, hit, found) for number, hit in enumerate(found.hits, start=1))]
    widths = [max(_width(row[column]) for row in table) for column in range(len(HEAD))]
    lines: list[str] = []
    for number, row in enumerate(table):
        cells = (_padded(cell, width) for cell, width in zip(row, widths, strict=True))
        lines.append("  ".join(cells).rstrip())
        if number:
            lines.append(f"    “{_beginning(found.hits[number - 1].passage.text)}”")
    if not found.hits:
        lines.append("nothing was found")
    text = "\n".join([*lines, "", *_notes(found)])
    return "".join(c for c in text if c.isprintable() or c == "\n")


def matched(hit: Hit, used: Sequence[str]) -> list[str]:
    """Which of the terms and phrases looked up stand in a passage, or in its heading."""
    passage, title = hit.passage, hit.article.title
    held = f" {terms_of_passage(passage.text, passage.kind, passage.title, title)} "
    return [term for term in used if f" {term} " in held]


def _row(number: int, hit: Hit, found: SearchResult) -> tuple[str, ...]:
    return (
        str(number),
        f"{hit.score:.3f}",
        _rank(hit.dense_rank),
        _rank(hit.keyword_rank),
        str(hit.article.date or ""),
        f"{hit.article.id} {hit.passage.start}-{hit.passage.end}",
        ", ".join(matched(hit, found.terms.used)),
    )


def _rank(rank: int | None) -> str:
    return f"#{rank}" if rank else "-"


def _notes(found: SearchResult) -> Iterator[str]:
    about = found.terms
    yield f"looked up:   {', '.join(about.used) or 'nothing'}"
    yield f"too common:  {', '.join(about.common) or 'nothing'}"
    # a phrase that is nowhere says nothing: its words are looked up alone, too
    yield f"nowhere:     {', '.join(t for t in about.unknown if ' ' not in t) or 'nothing'}"
    yield f"order:       {'newest first, as the question asks' if found.newest else 'best first'}"


def _beginning(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= SHOWN else f"{text[: SHOWN - 1]}…"


def _width(text: str) -> int:
    """Columns in a terminal: East Asian characters take two."""
    return sum(2 if east_asian_width(c) in "WF" else 1 for c in text)


def _padded(text: str, width: int) -> str:
    return text + " " * (width - _width(text))

"""Format a search for the terminal: why each passage was found, and which terms were used."""

from collections.abc import Iterator, Sequence
from unicodedata import east_asian_width

from index.store.base.keywords import heading, terms_of_passage
from index.text.names.words import keyed_names
from index.text.scripts import unspaced
from index.text.terminal import printable
from index.text.terms import SIMPLIFIED

from .across import Counterpart
from .retriever import Hit, SearchResult

EXCERPT_LENGTH = 60  # characters shown of a passage
HEADER = ("", "score", "meaning", "keywords", "date", "where", "terms matched", "across scripts")


def format_search(result: SearchResult) -> str:
    """Return a search result as a table with notes, without control characters."""
    rows = [_row(number, hit, result) for number, hit in enumerate(result.hits, start=1)]
    columns = zip(HEADER, *rows, strict=True)
    widths = [max(map(_display_width, column)) for column in columns]
    lines = [_format_row(HEADER, widths)]
    for row, hit in zip(rows, result.hits, strict=True):
        lines += [_format_row(row, widths), f"    “{_excerpt(hit.passage.text)}”"]
    if not result.hits:
        lines.append("nothing was found")
    text = "\n".join([*lines, "", *_notes(result)])
    return printable(text)


def matching_terms(hit: Hit, terms: Sequence[str]) -> list[str]:
    """Return the terms and phrases that occur in a hit's passage or its heading, as indexed."""
    passage = hit.passage
    indexed = terms_of_passage(passage.text, passage.kind, passage.title, hit.article.title)
    return [term for term in terms if any(f" {term} " in f" {column} " for column in indexed)]


def matches_across(hit: Hit, across: Sequence[Counterpart]) -> list[tuple[Counterpart, str]]:
    """Return which words of a question a hit holds in another script, and how they stand there."""
    passage = hit.passage
    present = set(matching_terms(hit, [term for one in across for term in one.terms]))
    whole = f"{heading(passage.kind, passage.title, hit.article.title)}\n{passage.text}"
    named = {key: word for word, keys in keyed_names(whole) for key in keys}
    found = (
        (one, named.get(term) or _as_written(whole, _joined(term)))
        for one in across
        for term in one.terms
        if term in present
    )
    # a word in two languages may be written alike
    return list({(one.word, one.way, text): (one, text) for one, text in found}.values())


def _joined(phrase: str) -> str:
    """Return the words of a phrase; Chinese ones are indexed as overlapping pairs of characters.

    >>> _joined("prime minister"), _joined("总统 统府")
    ('prime minister', '总统府')
    """
    if not unspaced(phrase):
        return phrase
    first, *others = phrase.split(" ")
    return first + "".join(other[-1] for other in others)


def _as_written(text: str, indexed: str) -> str:
    """Return the first place of a text that is indexed so: with simplified ideographs.

    >>> _as_written("犯人が見つかった", "见つか")
    '見つか'
    """
    at = text.translate(SIMPLIFIED).find(indexed)
    return indexed if at < 0 else text[at : at + len(indexed)]


def _row(number: int, hit: Hit, result: SearchResult) -> tuple[str, ...]:
    return (
        str(number),
        f"{hit.score:.3f}",
        _format_rank(hit.dense_rank),
        _format_rank(hit.keyword_rank),
        str(hit.article.date or ""),
        f"{hit.article.id} {hit.passage.start}-{hit.passage.end}",
        ", ".join(matching_terms(hit, result.terms.used)),
        ", ".join(
            f"{one.word} = {found} ({one.way})" for one, found in matches_across(hit, result.across)
        ),
    )


def _format_rank(rank: int | None) -> str:
    return f"#{rank}" if rank else "-"


def _notes(result: SearchResult) -> Iterator[str]:
    """Yield what became of the question's terms, and how the hits are ordered."""
    terms = result.terms
    # The words of an unknown phrase are looked up on their own, so the phrase is not worth a note.
    unknown = [term for term in terms.unknown if " " not in term]
    yield f"looked up:   {', '.join(terms.used) or 'nothing'}"
    yield f"too common:  {', '.join(terms.common) or 'nothing'}"
    yield f"nowhere:     {', '.join(unknown) or 'nothing'}"
    if result.across:
        words = dict.fromkeys(f"{one.word} ({one.way})" for one in result.across)
        yield f"across:      {', '.join(words)}"
    yield f"order:       {'newest first, as the question asks' if result.newest else 'best first'}"


def _excerpt(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= EXCERPT_LENGTH else f"{text[: EXCERPT_LENGTH - 1]}…"


def _format_row(cells: Sequence[str], widths: Sequence[int]) -> str:
    padded = (
        cell + " " * (width - _display_width(cell))
        for cell, width in zip(cells, widths, strict=True)
    )
    return "  ".join(padded).rstrip()


def _display_width(text: str) -> int:
    """Return the terminal columns of a text: wide East Asian characters take two."""
    return sum(2 if east_asian_width(c) in "WF" else 1 for c in text)

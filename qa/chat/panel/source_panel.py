"""The panel that shows the source of an article: plain text, or the frame of a PDF.

Everything in a source is foreign text, which templates escape. A PDF is drawn in a frame that has
no origin; the page passes it the file (`qa/page/source_frame.js`).
"""

import json
from dataclasses import asdict, dataclass
from urllib.parse import quote

from index.article import Article, Location
from index.errors import ArchiveError
from qa.catalogue import Catalogue
from qa.chat.phrases.problems import explain
from qa.chat.rendering import render
from qa.chat.source import describe, location_name
from qa.chat.words import WORDS
from qa.permalink import link_to
from qa.source_view.blocks import Block
from qa.source_view.problems import SourceError
from qa.source_view.view import PdfView, TextView, View, view

from .evidence import error_html, whole_citation
from .source_key import cited, parse_key

MAX_QUOTE = 600  # characters of the cited text where it is not found in the source
LABELS = (
    "bar", "earlier", "later", "number", "smaller", "larger", "page", "opening", "failed", "marked",
)  # fmt: skip
EMPTY: dict[str, object] = {
    "file": "", "missed": "", "frame": "", "facts": (), "rows": (), "cut": (False, False),
    "problem": "",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Row:
    """A block, and when it is said."""

    block: Block
    time: str


def source_html(archive: Catalogue, key: str, language: str) -> str:
    """Return the panel for the source of a cited text, or for why it is not shown.

    Args:
        archive: The archive that the article is in.
        key: The value of the button; see `source_key.py`.
        language: The language of the page's own words, one of `PAGE_LANGUAGES`.
    """
    parsed = parse_key(key)
    if parsed is None:
        return ""
    start, end, identity = parsed
    try:
        article = archive.article(identity)
    except ArchiveError as error:
        return error_html(error, language)
    start, end = cited(article, start, end)
    return render(
        "source.html",
        language=language,
        words=WORDS[language],
        source=describe(whole_citation(article), language),
        back=link_to(article, start, end) if start < end else link_to(article),
        **{**EMPTY, **_values(archive, article, (start, end), language)},
    )


def _values(
    archive: Catalogue, article: Article, at: tuple[int, int], language: str
) -> dict[str, object]:
    """Return what the template shows of the source, or why it does not."""
    try:
        shown = view(archive.source(article.id), article, *at)
    except SourceError as error:
        return {"problem": WORDS[language][f"source_{error.code}"]}
    except ArchiveError as error:
        return {"problem": explain(str(error), language)}
    missed = "" if _is_marked(shown) else article.text[slice(*at)][:MAX_QUOTE]
    file = f"source/file?id={quote(article.id, safe='')}"
    return {"file": file, "missed": missed, **_shown(shown, language)}


def _is_marked(shown: View) -> bool:
    return bool(shown.boxes) if isinstance(shown, PdfView) else shown.shown.marked


def _shown(shown: View, language: str) -> dict[str, object]:
    if isinstance(shown, TextView):
        return _text(shown, language)
    labels = {name: WORDS[language][f"pdf_{name}"] for name in LABELS}
    marks = [asdict(box) for box in shown.boxes]
    frame = {"page": shown.page, "marks": marks, "labels": labels}
    return {"frame": quote(json.dumps(frame))}  # an attribute holds no line breaks


def _text(shown: TextView, language: str) -> dict[str, object]:
    words = WORDS[language]
    rows = [
        _Row(block, location_name(Location(seconds=block.seconds), language))
        for block in shown.shown.blocks
    ]
    facts = [(words.get(f"fact_{fact.name}", fact.name), fact.value) for fact in shown.facts]
    cut = shown.shown.cut_before, shown.shown.cut_after
    return {"facts": facts, "rows": rows, "cut": cut}

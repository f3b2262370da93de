"""How much of web pages is read, and how much furniture stays: `python -m index.benchmarks.pages`.

150 pages in 20 languages and 15 layouts, with sentences and furniture that are known. A segment is
present if it stands in the article as it is; furniture counts unless it is in a teaser.
"""

import argparse
import tempfile
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from index.article import Article
from index.errors import run
from index.formats.seed_file import Refused
from index.ingest.reading import read_articles

from .content import languages, make_content
from .layouts import LAYOUTS
from .parts import Page

MIN_SEGMENT = 12  # characters; shorter ones are part of many words, and must be blocks


@dataclass(frozen=True, slots=True)
class PageResult:
    """What was read of one page; shares are None where there is nothing to find."""

    layout: str
    language: str
    expected: float | None
    furniture: float | None
    refused: bool
    is_article: bool


def generate() -> Iterator[tuple[str, str, Page]]:
    """Yield (layout, language, page): every other pair of the two."""
    for row, (name, layout) in enumerate(LAYOUTS.items()):
        for column, language in enumerate(languages()):
            if (row + column) % 2 == 0:
                yield name, language, layout(make_content(language, 100 * row + column))


def measure(layout: str, language: str, page: Page, folder: Path) -> PageResult:
    """Read one page and compare."""
    file = folder / "page.html"
    file.write_text(page.html, "utf-8")
    items = list(read_articles(file, file.name))
    blocks = [block for item in items if isinstance(item, Article) for block in _body(item)]
    return PageResult(
        layout,
        language,
        _share(page.expected, blocks),
        _share(page.furniture, blocks),
        any(isinstance(item, Refused) for item in items),
        page.is_article,
    )


def _body(article: Article) -> list[str]:
    """The blocks of an article without its teasers."""
    parts = (article.text[p.start : p.end] for p in article.parts if p.kind != "teaser")
    return [" ".join(block.split()) for part in parts for block in part.split("\n\n")]


def _share(segments: Sequence[str], blocks: Sequence[str]) -> float | None:
    text = " ".join(blocks)
    found = (s in text if len(s) >= MIN_SEGMENT else s in blocks for s in segments)
    return sum(found) / len(segments) if segments else None


def format_table(
    title: str, results: Iterable[PageResult], key: Callable[[PageResult], str]
) -> str:
    """Format the shares by layout or language, in percent."""
    groups: dict[str, list[PageResult]] = defaultdict(list)
    for result in results:
        groups[key(result)].append(result)
        groups["all"].append(result)
    groups["all"] = groups.pop("all")
    lines = [f"{title:<18} {'pages':>5} {'text':>7} {'furniture':>10} {'right':>7}"]
    for name, group in groups.items():
        right = sum(result.refused != result.is_article for result in group)
        lines.append(
            f"{name:<18} {len(group):>5} {_mean(r.expected for r in group if r.is_article):>7}"
            f" {_mean(r.furniture for r in group if r.is_article):>10} {right:>3}/{len(group)}"
        )
    return "\n".join(lines)


def _mean(values: Iterable[float | None]) -> str:
    known = [value for value in values if value is not None]
    return f"{100 * sum(known) / len(known):.1f}" if known else "-"


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the benchmark; print both tables."""
    parser = argparse.ArgumentParser(
        prog="python -m index.benchmarks.pages",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--keep", type=Path, metavar="DIR", help="write the pages to DIR too")
    options = parser.parse_args(arguments)
    results = []
    with tempfile.TemporaryDirectory(prefix="archive-qa-") as folder:
        for layout, language, page in generate():
            if options.keep:
                options.keep.mkdir(parents=True, exist_ok=True)
                (options.keep / f"{layout}-{language}.html").write_text(page.html, "utf-8")
            results.append(measure(layout, language, page, Path(folder)))
    print(format_table("layout", results, lambda result: result.layout))
    print(format_table("\nlanguage", results, lambda result: result.language))
    return 0


if __name__ == "__main__":
    raise SystemExit(run(main))

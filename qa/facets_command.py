"""`archive-qa facets ["question"]`: whom and what the articles name, and when they are from."""

import argparse
import json
import sys
from collections.abc import Sequence

from tqdm import tqdm

from index import threads
from index.command_name import command_name
from index.errors import ArchiveError, run, stdout_is_unicode
from index.store.base.search_filter import SearchFilter
from index.store.doors import open_store
from index.store.option import add_index_option
from qa.facets.facets import Facets, FacetValue, TimeBar
from qa.facets.table import NameTable, Wanted

from .catalogue import Catalogue
from .searcher import Searcher

BAR_WIDTH = 40
TITLES = {
    "person": "People", "place": "Places", "organisation": "Organisations", "day": "Days",
}  # fmt: skip


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command; exit status 1 if no article fits."""
    options = _options(argv)
    threads.limit(options.threads)
    only = SearchFilter.of(
        options.after, options.before, options.language, options.article, names=options.name
    )
    wanted = Wanted(options.most, options.words)
    store = open_store(options.index)
    if options.question:
        from index.encoder.sentence import SentenceEncoder

        encoder = SentenceEncoder(store.settings.encoder)
        store.require_encoder(encoder)
        searcher = Searcher(store, encoder)
        facets = searcher.facets_of(_table(searcher), only, options.question, wanted)
    else:
        facets = _table(Catalogue(store)).facets(only, wanted=wanted)
    if options.json:
        print(json.dumps(facets.as_dict(), ensure_ascii=not stdout_is_unicode(), indent=1))
    else:
        print(as_text(facets))
    return 0 if facets.articles else 1


def _options(argv: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog=command_name("facets"),
        description="Count the people, places, organisations and days that articles name.",
    )
    parser.add_argument("question", nargs="?", help="count only the articles found for it")
    add_index_option(parser)
    parser.add_argument("--json", action="store_true", help="print everything as JSON")
    parser.add_argument(
        "--most", type=int, default=10, metavar="N", help="show N of each list at most (10)"
    )
    parser.add_argument("--words", default="", help="only names that contain this")
    parser.add_argument(
        "--name", action="append", default=[], help="only articles that name this; may be repeated"
    )
    parser.add_argument("--after", metavar="DAY", help="first day that counts, like 2025-10-28")
    parser.add_argument("--before", metavar="DAY", help="last day that counts")
    parser.add_argument("--language", metavar="CODE", help="only articles in it, like en or zh")
    parser.add_argument("--article", metavar="ID", help="only the article with this id")
    threads.add_option(parser)
    options = parser.parse_args(argv)
    if options.most < 1:
        raise ArchiveError(f"--most is {options.most}: ask for at least one name")
    return options


def _table(catalogue: Catalogue) -> NameTable:
    """Return the names, with a progress bar while they are read for the first time."""
    with tqdm(desc="reading names", unit=" articles", disable=None, leave=False) as shown:

        def progress(read: int, total: int) -> None:
            shown.total = total
            shown.update(read - shown.n)

        return catalogue.names.table(progress)


def as_text(facets: Facets) -> str:
    """Return facets for a terminal, without control characters."""
    undated = f", {facets.undated:,} of them without a date" if facets.undated else ""
    lines = [f"{facets.articles:,} of {facets.total:,} articles{undated}"]
    for kind, values in facets.lists().items():
        if values:
            lines += ["", TITLES[kind], *map(_line, values)]
    if facets.over_time:
        highest = max(bar.articles for bar in facets.over_time)
        lines += ["", "Over time", *(_bar(bar, highest) for bar in facets.over_time)]
    return "\n".join("".join(c for c in line if c.isprintable()) for line in lines)


def _line(value: FacetValue) -> str:
    also = f" ({', '.join(value.also)})" if value.also else ""
    return f"{value.articles:7,}  {value.name}{also}"


def _bar(bar: TimeBar, highest: int) -> str:
    length = round(BAR_WIDTH * bar.articles / highest)
    return f"  {bar.label}  {'#' * max(length, bar.articles > 0)} {bar.articles:,}"


if __name__ == "__main__":
    sys.exit(run(main))

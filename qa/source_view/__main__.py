"""`archive-qa source ID [--output FILE]`: the original of an article, or what it says."""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from index.article import Article
from index.command_name import command_name
from index.errors import ArchiveError, run
from index.store.base.protocol import Store
from index.store.base.search_filter import UNSTORABLE, unknown_article
from index.store.doors import open_store
from index.store.option import add_index_option

from .finding import Source, SourceFinder
from .view import PdfView, view


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command."""
    options = _options(argv)
    store = open_store(options.index)
    article = _article(store, options.id)
    source = SourceFinder(Path(options.seeds)).find(article, store.settings)
    if options.output:
        _write(source, Path(options.output))
    else:
        print(_printable(as_text(source, article)))
    return 0


def as_text(source: Source, article: Article) -> str:
    """Return what a source is, what it states of itself, and its text unless it is a PDF."""
    head = f"{source.place} ({source.kind}, {len(source.data):,} bytes)"
    shown = view(source, article)
    if isinstance(shown, PdfView):
        return f"{head}: write it to a file with --output"
    facts = [f"{fact.name}: {fact.value}" for fact in shown.facts]
    more = ["… (the rest is in the file: --output)"] if shown.shown.cut_after else []
    return "\n\n".join(["\n".join([head, *facts]), *(b.text for b in shown.shown.blocks), *more])


def _article(store: Store, identity: str) -> Article:
    if not UNSTORABLE.search(identity):
        with store.snapshot() as snapshot:
            if article := snapshot.article(identity):
                return article
    raise unknown_article(identity)


def _write(source: Source, file: Path) -> None:
    try:
        with file.open("xb") as output:
            output.write(source.data)
    except FileExistsError:
        raise ArchiveError(f"'{file}' exists already: name another file") from None
    except OSError as error:
        raise ArchiveError(f"'{file}' cannot be written: {error.strerror}") from None
    print(f"{source.place}: {len(source.data):,} bytes written to {file}", file=sys.stderr)


def _printable(text: str) -> str:
    """Leave out what a terminal would obey."""
    return "".join(c for c in text if c == "\n" or c.isprintable())


def _options(argv: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog=command_name("source"),
        description="Find the file that an article is from, check that it still gives the text of "
        "the article, and print what it says, or write it to a file.",
    )
    parser.add_argument("id", help="the article's id, as citations give it")
    parser.add_argument(
        "--seeds", default="seeds", metavar="DIR", help="folder of articles (seeds)"
    )
    add_index_option(parser)
    parser.add_argument("--output", metavar="FILE", help="write the original to this new file")
    return parser.parse_args(argv)


if __name__ == "__main__":
    sys.exit(run(main))

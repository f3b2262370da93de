"""`archive-qa watch-question`: ask a question again after each build, and tell when it has news."""

import argparse
import sys
from collections.abc import Sequence

from index import threads
from index.command_name import command_name
from index.errors import ArchiveError, run
from index.store.base.search_filter import SearchFilter
from index.store.option import add_index_option
from index.text.terminal import printable, shorten
from qa.archive import Archive

from .after_build import as_text
from .atom import KINDS
from .book import FEED, Book
from .checking import check
from .news import latest_news
from .programs import failures
from .records import CheckReport, KnownAnswer, StandingQuestion

FILTERS = ("after", "before", "language", "article")
MAX_SHOWN = 200  # characters of a question or an answer
MAX_ID = 2**63 - 1  # of SQLite
MAX_LISTED_NEWS = 20


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command; return its exit status."""
    options = _options(argv)
    threads.limit(options.threads)
    book = Book.of(options.index)
    if options.remove is not None:
        if not book.remove(options.remove):
            raise ArchiveError(f"there is no standing question {options.remove}: see --list")
        print(f"removed standing question {options.remove}")
    elif options.list:
        print(listing(book))
    elif options.check:
        report = check(Archive.open(options.index).models(), book)
        _print_news(report)
        print(as_text(report))
    else:
        _add(book, options)
    return 0


def _add(book: Book, options: argparse.Namespace) -> None:
    """Add a question, and ask it now: the first answer is what later ones are compared with."""
    models = Archive.open(options.index).models()
    only = SearchFilter.of(**{name: getattr(options, name) for name in FILTERS})
    identity = book.add(
        options.question, only, FEED if options.feed is None else options.feed, options.run or ()
    )
    check(models, book, only=identity)
    (standing,) = (one for one in book.questions() if one.id == identity)
    print(f"standing question {identity}, asked again after each build")
    print(f"now: {_shown(standing.answer)}")


def listing(book: Book) -> str:
    """Return all questions with their answers, the latest news, and programs that failed."""
    questions = book.questions()
    lines = [_line(one) for one in questions] or ["no standing questions"]
    news = latest_news(book, most=MAX_LISTED_NEWS)
    if news:
        lines += ["", "latest news"]
    for one in news:
        change = f"{_shown(one.before)} -> {_shown(one.answer)}"
        lines.append(f"{one.updated[:10]}  {KINDS[one.kind]}: {_short(one.question)}: {change}")
    for number, attempts, outcome, again in failures(book):
        then = "tried again at the next check" if again else "not tried again"
        lines.append(f"the program for news {number} failed {attempts} times ({outcome}), {then}")
    return printable("\n".join(lines))


def _line(one: StandingQuestion) -> str:
    only = "".join(f", {name} {value}" for name, value in one.filters.items())
    runs = f", runs {one.program[0]}" if one.program else ""
    return f"{one.id:6} {_short(one.question)} ({one.feed}{only}{runs}): {_shown(one.answer)}"


def _print_news(report: CheckReport) -> None:
    for one in report.news:
        print(printable(f"{KINDS[one.kind]}: {_short(one.question)}: {_shown(one.answer)}"))


def _shown(answer: KnownAnswer | None) -> str:
    if answer is None:
        return "not asked yet"
    return printable(_short(answer.text or "not in the archive"))


def _short(text: str) -> str:
    return shorten(text, MAX_SHOWN)


def _options(argv: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog=command_name("watch-question"),
        description="Ask a question again after each build. When its answer is found, changes or "
        "is lost, that is news: in a feed of the chat (/feeds/NAME.atom), on its page, and for a "
        "program. Without a running chat, archive-qa build asks.",
    )
    parser.add_argument("question", nargs="?", help="in any language, within quotation marks")
    add_index_option(parser)
    parser.add_argument("--feed", metavar="NAME", help=f"the feed for it ({FEED})")
    parser.add_argument("--after", metavar="DAY", help="first day that counts, like 2025-10-28")
    parser.add_argument("--before", metavar="DAY", help="last day that counts")
    parser.add_argument("--language", metavar="CODE", help="only passages in it, like en or zh")
    parser.add_argument("--article", metavar="ID", help="only the article with this id")
    parser.add_argument("--list", action="store_true", help="print the questions and their news")
    parser.add_argument("--remove", type=int, metavar="ID", help="remove a question; news stay")
    parser.add_argument("--check", action="store_true", help="ask now what may have news")
    threads.add_option(parser)
    parser.add_argument(
        "--run", nargs=argparse.REMAINDER, metavar="PROGRAM",
        help="a program and its arguments, the last on the line: it gets each of the news as JSON "
        "on its standard input",
    )  # fmt: skip
    options = parser.parse_args(argv)
    chosen = [options.question is not None, options.list, options.remove is not None, options.check]
    if sum(chosen) != 1:
        parser.error("give one question, --list, --remove or --check")
    if options.run == [] or (options.run and options.question is None):
        parser.error("--run takes a program, and goes with a question")
    given = [name for name in ("feed", *FILTERS) if getattr(options, name) is not None]
    if given and options.question is None:
        parser.error(f"--{given[0]} goes with a question")
    if options.remove is not None and not 0 < options.remove <= MAX_ID:
        parser.error(f"--remove takes the number of a question, from 1 to {MAX_ID}: see --list")
    return options


if __name__ == "__main__":
    sys.exit(run(main))

"""`archive-qa fetch ADDRESS... [--into SEEDS]`: pages of feeds and sitemaps become seed files."""

import argparse
import datetime
import sys
from collections.abc import Iterable, Sequence

from index.command_name import command_name
from index.errors import ArchiveError, requires_extra, run

DESCRIPTION = """Fetch the pages that feeds, sitemaps or home pages name into the seeds folder, and
only what is new since the last run. robots.txt is obeyed. Run `archive-qa build` afterwards."""


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command; return its exit status: 1 if something failed that may succeed later."""
    options = _parser().parse_args(argv)
    with requires_extra("fetch"):
        from .fetching import fetch
        from .settings import Settings
    settings = Settings(
        since=_day(options.since),
        limit=options.limit,
        match=options.match,
        rate=options.rate,
        refresh=options.refresh,
        allow_private=options.allow_private,
        contact=options.contact,
    )
    report = fetch(options.addresses, options.into, settings, progress=True)
    for address, kind, count in report.lists:
        print(f"{_printable(address)}: {kind}, {count} entries")
    for address in report.lists_unchanged:
        print(f"{_printable(address)}: unchanged, and all its pages are here")
    _name("disallowed", report.disallowed)
    _name("refused", report.forbidden)
    _name("left out", report.unfit)
    _name("failed", report.failed)
    print(report, flush=True)
    return report.status


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog=command_name("fetch"), description=DESCRIPTION)
    parser.add_argument(
        "addresses", nargs="+", metavar="ADDRESS", help="a feed, a sitemap or a site's home page"
    )
    parser.add_argument("--into", default="seeds", metavar="SEEDS", help="seeds folder (seeds)")
    parser.add_argument("--since", metavar="DAY", help="leave out older pages: 2025-10-28")
    parser.add_argument("--limit", type=int, metavar="N", help="at most N pages, newest first")
    parser.add_argument(
        "--match", default="*", metavar="GLOB", help="only addresses like this: '*/news/*'"
    )
    parser.add_argument(
        "--rate", type=float, default=1.0, metavar="SECONDS",
        help="least pause between requests to one host (1); robots.txt may ask for more",
    )  # fmt: skip
    parser.add_argument(
        "--refresh", action="store_true", help="ask again for pages that were fetched before"
    )
    parser.add_argument(
        "--contact", metavar="ADDRESS",
        help="where a site's owner reaches you: sent with every request",
    )  # fmt: skip
    parser.add_argument(
        "--allow-private", action="store_true",
        help="connect to this machine and private networks too: only for lists that you wrote",
    )  # fmt: skip
    return parser


def _day(text: str | None) -> datetime.date | None:
    try:
        return datetime.date.fromisoformat(text) if text else None
    except ValueError:
        raise ArchiveError(f"--since must be a day like 2025-10-28, not '{text}'") from None


def _name(what: str, named: Iterable[tuple[str, str]]) -> None:
    for address, why in named:
        print(f"{what} {_printable(address)}: it {_printable(why)}", file=sys.stderr)


def _printable(text: str) -> str:
    """Escape line breaks and control characters: addresses and reasons come from elsewhere."""
    return "".join(c if c.isprintable() else repr(c)[1:-1] for c in text[:2000])


if __name__ == "__main__":
    sys.exit(run(main))

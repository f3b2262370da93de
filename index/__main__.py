"""`python -m index [SEEDS] [--index DIR]`: bring the index up to date with the seeds."""

import argparse
import sys
from collections.abc import Callable, Sequence

from index.ingest.builder import build
from index.ingest.report import BuildReport
from index.store.base.versions import MODES
from index.store.option import add_index_option

from . import threads
from .command_name import command_name
from .errors import ArchiveError, run

DESCRIPTION = "Bring the index up to date with the seeds. Only what changed is read and embedded."


def main(
    argv: Sequence[str] | None = None, *, built: Callable[[str], None] = lambda index: None
) -> int:
    """Run the command; return its exit status.

    After each build `built` is called with the index.
    """
    options = _parser().parse_args(argv)
    threads.limit(options.threads)
    build_options = {
        "encoder": options.encoder,
        "passage_tokens": options.passage_tokens,
        "allow_empty": options.allow_empty,
        "column": options.column,
        "front_pages": options.front_pages,
        "versions": options.versions,
    }
    if options.watch:
        if options.re_embed:
            raise ArchiveError("--re-embed does not go with --watch: embed again first, then watch")
        if options.ray:
            raise ArchiveError("--ray does not go with --watch: build with --ray first, then watch")
        from index.ingest.watch import watch

        def on_build(outcome: BuildReport | ArchiveError) -> None:
            show(outcome)
            if isinstance(outcome, BuildReport):
                built(options.index)

        watch(options.seeds, options.index, on_build=on_build, **build_options)
    else:
        build_options |= {"re_embed": options.re_embed, "ray": options.ray}
        show(build(options.seeds, options.index, progress=True, **build_options))
        built(options.index)
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog=command_name("build"), description=DESCRIPTION)
    parser.add_argument(
        "seeds", nargs="?", default="seeds", help="folder or address of articles (seeds)"
    )
    add_index_option(parser)
    parser.add_argument(
        "--encoder", metavar="MODEL", help="a sentence-transformers model (the bundled one)"
    )
    parser.add_argument(
        "--passage-tokens", type=int, default=128, metavar="N", help="tokens a passage (128)"
    )
    parser.add_argument(
        "--column", metavar="NAME", help="the column of a table that holds the texts"
    )
    parser.add_argument(
        "--front-pages",
        action=argparse.BooleanOptionalAction,
        help="read front pages and lists of links too",
    )
    parser.add_argument(
        "--versions", choices=MODES,
        help="of replaced texts: forget them, note them (the default), or keep them searchable",
    )  # fmt: skip
    parser.add_argument(
        "--allow-empty", action="store_true", help="let an empty folder empty the index"
    )
    parser.add_argument(
        "--re-embed", action="store_true", help="make all vectors anew; texts and keywords stay"
    )
    parser.add_argument(
        "--watch", action="store_true", help="go on, and build after every change, until Ctrl-C"
    )
    parser.add_argument(
        "--ray", metavar="CLUSTER", help="read and embed on Ray: auto, ray://host:10001 or local:N"
    )
    threads.add_option(parser)
    return parser


def show(outcome: BuildReport | ArchiveError) -> None:
    """Print a build's report, or why it failed."""
    if isinstance(outcome, ArchiveError):
        print(f"error: {outcome}", file=sys.stderr, flush=True)
        return
    for path, why in outcome.skipped:
        print(f"skipped {_printable(path)}: {why}", file=sys.stderr)
    for path, what in outcome.partly_read:
        print(f"partly read {_printable(path)}: {what}", file=sys.stderr)
    print(outcome, flush=True)


def _printable(path: str) -> str:
    """Escape line breaks and control characters of a file name."""
    return "".join(c if c.isprintable() else repr(c)[1:-1] for c in path)


if __name__ == "__main__":
    sys.exit(run(main))

"""`python -m index [SEEDS] [--index DIR]`: bring the index up to date with the seeds."""

import argparse
import sys
from collections.abc import Sequence

from index.ingest.builder import build
from index.ingest.report import BuildReport

from . import threads
from .errors import ArchiveError, run


def main(argv: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m index", description=main.__doc__ or __doc__)
    parser.add_argument("seeds", nargs="?", default="seeds", help="folder of articles (seeds)")
    parser.add_argument("--index", default=".index", help="folder of the index (.index)")
    parser.add_argument("--encoder", help="a sentence-transformers model (the bundled one)")
    parser.add_argument(
        "--passage-tokens", type=int, default=128, help="tiktoken tokens a passage (128)"
    )
    parser.add_argument(
        "--allow-empty", action="store_true", help="let an empty folder empty the index"
    )
    parser.add_argument(
        "--watch", action="store_true", help="go on, and build after every change, until Ctrl-C"
    )
    threads.add_option(parser)
    options = parser.parse_args(argv)
    threads.limit(options.threads)
    how = {
        "encoder": options.encoder,
        "passage_tokens": options.passage_tokens,
        "allow_empty": options.allow_empty,
    }
    if options.watch:
        from index.ingest.watch import watch

        watch(options.seeds, options.index, said=show, **how)
    else:
        show(build(options.seeds, options.index, progress=True, **how))
    return 0


def show(said: BuildReport | ArchiveError) -> None:
    """Print a build's report, or why it failed."""
    if isinstance(said, ArchiveError):
        print(f"error: {said}", file=sys.stderr, flush=True)
        return
    for path, why in said.skipped:
        print(f"skipped {_printable(path)}: {why}", file=sys.stderr)
    print(said, flush=True)


def _printable(path: str) -> str:
    """One line, whatever the name of a file holds."""
    return "".join(c if c.isprintable() else repr(c)[1:-1] for c in path)


if __name__ == "__main__":
    sys.exit(run(main))

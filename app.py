"""The command line: `python app.py`, installed as `archive-qa`.

Serves the chat page, or passes a command on to the module that implements it. It only connects the
packages; answering, indexing and access control are theirs.
"""

import argparse
import contextlib
import os
import signal
import sys
import threading
from collections.abc import Sequence
from importlib import import_module, metadata
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from index import threads
from index.errors import ArchiveError, run

if TYPE_CHECKING:  # everything slow to import is imported when the chat starts
    from qa.archive import Archive
    from qa.question_log.log import QuestionLog
    from qa.server.access import Access
    from qa.standing.background import Background

COMMANDS = {
    "build": "index.__main__",
    "fetch": "index.fetch.__main__",
    "ask": "qa.__main__",
    "evaluate": "qa.evaluation.evaluate",
    "facets": "qa.facets_command",
    "gaps": "qa.question_log.gaps",
    "verify": "qa.audit.__main__",
    "check-draft": "qa.drafts.__main__",
    "watch-question": "qa.standing.__main__",
    "info": "index.admin.info",
    "check": "index.admin.check",
    "repair": "index.admin.repair",
    "export": "index.admin.export",
}
OFFLINE = {"GRADIO_ANALYTICS_ENABLED": "False", "HF_HUB_OFFLINE": "1", "DO_NOT_TRACK": "1"}
HELP = """commands, each with its own --help:
  chat      serve the chat page (the default)
  build     bring the index up to date with the seeds folder
  fetch     fetch the pages of feeds and sitemaps into the seeds folder
  ask       answer one question in the terminal
  evaluate  measure the answers to a set of questions
  facets    count the people, places, organisations and days that articles name
  gaps      say what people asked and did not get (see --log)
  verify    say which citations of a file still hold
  check-draft
            say which quotations, numbers, dates and names the archive has
  watch-question
            ask a question again after each build, and tell its news
  info      say what is in the index and what it weighs
  check     say whether everything in the index is whole
  repair    make again what can be made from what is stored
  export    all articles or passages as JSON, one a line"""


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; return its exit status."""
    arguments = list(sys.argv[1:] if argv is None else argv)
    name = arguments[0] if arguments else "chat"
    if name in COMMANDS:
        options = {"built": _ask_standing} if name == "build" else {}
        return int(import_module(COMMANDS[name]).main(arguments[1:], **options))
    return chat(arguments[1:] if name == "chat" else arguments)


def _ask_standing(index: str) -> None:
    from qa.standing.after_build import ask_after_build

    ask_after_build(index)


def script() -> int:
    """Run `main`, turning errors into one line and an exit status."""
    return run(main)


def program() -> None:
    """Run `script`, then exit without waiting for threads.

    A thread that is still loading a model would abort an orderly interpreter shutdown.
    """
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # clean up as after Ctrl-C
    status = script()
    for stream in (sys.stdout, sys.stderr):
        with contextlib.suppress(OSError):
            stream.flush()
    os._exit(status)


def chat(argv: Sequence[str] | None = None) -> int:
    """Bring the index up to date, unless it is read-only; serve the chat page until Ctrl-C."""
    options = _options(argv)
    if options.watch and options.read_only:
        raise ArchiveError("--watch does not go with --read-only: let another process build")
    threads.limit(options.threads)
    from qa.server.port import check_port

    check_port(options.host, options.port)  # before the index is built, not after
    access = _access(options)
    log = _question_log(options.index) if options.log else None
    os.environ.update(OFFLINE)  # before Gradio and the Hugging Face libraries are imported
    if not options.read_only:
        _update(options.seeds, options.index)
    with TemporaryDirectory(prefix="archive-qa-") as uploads:
        os.environ["GRADIO_TEMP_DIR"] = uploads  # the default is shared by all programs
        _serve(options, access, Path(uploads), log)
    return 0


def _serve(
    options: argparse.Namespace, access: "Access", uploads: Path, log: "QuestionLog | None"
) -> None:
    """Serve the chat page until Ctrl-C; uploaded files go to `uploads`."""
    from index.store.doors import hosts_of
    from qa.page.page import page, serve
    from qa.server.api import endpoints
    from qa.server.feeds import feed_route
    from qa.server.guard import Rules
    from qa.server.monitoring import PATHS, MeteredArchive
    from qa.server.offline import block_network
    from qa.standing.background import Background
    from qa.standing.book import Book
    from qa.standing.shared import SharedList

    block_network(options.host, hosts_of(options.index))
    archive = MeteredArchive.open(options.index)
    archive.log = log
    book = Book.of(options.index)
    asking = Background(archive, book, lambda: archive.meters.busy)
    standing = SharedList(book, changeable=not options.read_only, added=asking.wake)
    seeds = Path(options.seeds)
    writable = not options.read_only and seeds.is_dir()
    api = endpoints(archive, seeds if writable else None)
    blocks = page(archive, seeds if writable else None, api, standing)
    rules = Rules(
        access,
        uploads if writable else None,
        PATHS if options.open_metrics else frozenset(),
        [feed_route(book)],
    )
    host = f"[{options.host}]" if ":" in options.host else options.host
    try:
        tools = api if options.mcp else None
        serve(blocks, options.host, options.port, rules, tools=tools, archive=archive)
        threading.Thread(target=_warm_up, args=(archive, asking), daemon=True).start()
        if options.watch:
            threading.Thread(
                target=_watch, args=(options.seeds, options.index), daemon=True
            ).start()
        print(f"Chat with the archive at http://{host}:{options.port} (Ctrl-C ends)", flush=True)
        threading.Event().wait()
    except KeyboardInterrupt:
        asking.stop()
        blocks.close(verbose=False)


def _warm_up(archive: "Archive", asking: "Background") -> None:
    """Load the models for people's questions first, then begin with the standing ones."""
    archive.warm_up()
    asking.run()


def _question_log(index: str) -> "QuestionLog":
    from qa.question_log.log import QuestionLog, log_file

    log = QuestionLog(log_file(index))
    print(f"questions, answers and verdicts are kept in {log.file} (see archive-qa gaps)")
    return log


def _access(options: argparse.Namespace) -> "Access":
    """Return who may use the chat; warn if that is everybody on the network."""
    from qa.server.access import access_for, is_loopback
    from qa.server.passwords import PASSWORD_VARIABLE

    access = access_for(options.auth, options.host, options.name, os.environ)
    os.environ.pop(PASSWORD_VARIABLE, None)  # child processes do not need it
    if not (access.users or options.read_only or is_loopback(options.host)):
        print(
            f"warning: everyone who can reach {options.host} can ask, add articles and rebuild the "
            "index: add --auth USER:FILE, or --read-only",
            file=sys.stderr,
        )
    return access


def _options(argv: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="archive-qa",
        usage="%(prog)s [chat] [--host HOST] [--port PORT] [--seeds DIR] [--index DIR] "
        "[--watch] [--read-only] [--auth USER[:FILE]] [--name HOST] [--mcp] [--log] "
        "[--open-metrics] [--threads N] [--version]",
        description="Chat with a news archive on a local page.",
        epilog=HELP,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument(
        "--version", action="version", version=f"archive-qa {metadata.version('archive-qa')}"
    )
    parser.add_argument("--host", default="127.0.0.1", help="address to listen on (127.0.0.1)")
    parser.add_argument("--port", type=int, default=7860, help="port to listen on (7860)")
    parser.add_argument("--seeds", default="seeds", help="folder of articles (seeds)")
    parser.add_argument("--index", default=".index", help="folder or address of the index (.index)")
    parser.add_argument(
        "--watch", action="store_true", help="build again whenever the seeds change"
    )
    parser.add_argument("--read-only", action="store_true", help="no building, no adding")
    parser.add_argument(
        "--auth", action="append", default=[], metavar="USER[:FILE]",
        help="ask for this name and the password in the file, or in ARCHIVE_QA_PASSWORD",
    )  # fmt: skip
    parser.add_argument(
        "--name", action="append", default=[], metavar="HOST",
        help="a name under which a proxy passes requests on to this address",
    )  # fmt: skip
    parser.add_argument("--mcp", action="store_true", help="tools for language models, too")
    parser.add_argument(
        "--log", action="store_true",
        help="keep questions, answers and verdicts on them in a file of yours, for archive-qa gaps",
    )  # fmt: skip
    parser.add_argument(
        "--open-metrics", action="store_true", help="/healthz and /metrics without a password"
    )
    threads.add_option(parser)
    return parser.parse_args(argv)


def _update(seeds: str, index: str) -> None:
    """Bring the index up to date; without a seeds folder an existing index stays as it is."""
    from index.__main__ import show
    from index.ingest.builder import build
    from index.ingest.seed_files import is_address
    from index.store.doors import find_store, folder_of

    folder = folder_of(index)
    if not is_address(seeds) and not Path(seeds).is_dir() and (folder is None or folder.is_dir()):
        where = find_store(index).where
        print(f"no seeds folder '{seeds}': serving the index '{where}' as it is", file=sys.stderr)
        return
    show(build(seeds, index, progress=True))


def _watch(seeds: str, index: str) -> None:
    """Rebuild the index after every change of the seeds, until the process ends."""
    from index.__main__ import show
    from index.ingest.watch import watch

    watch(seeds, index, on_build=show)


if __name__ == "__main__":
    program()

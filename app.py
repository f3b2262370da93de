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
from index.command_name import command_name
from index.errors import ArchiveError, run
from index.store.option import add_index_option

if TYPE_CHECKING:  # everything slow to import is imported when the chat starts
    from qa.archive import Archive
    from qa.question_log.log import QuestionLog
    from qa.server.admission import Admission
    from qa.standing.background import Background

COMMANDS = {
    "build": "index.__main__",
    "fetch": "index.fetch.__main__",
    "ask": "qa.__main__",
    "evaluate": "qa.evaluation.evaluate",
    "facets": "qa.facets_command",
    "gaps": "qa.question_log.gaps",
    "source": "qa.source_view.__main__",
    "token": "qa.accounts.token_command",
    "audit": "qa.accounts.audit_command",
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
  ask       answer a question in the terminal, or a table of them
  evaluate  measure the answers to a set of questions
  facets    count the people, places, organisations and days that articles name
  gaps      say what people asked and did not get (see --log)
  source    print or save the original of an article
  token     create, list and revoke API tokens (see --tokens)
  audit     say who did what with the archive (see --tokens)
  verify    say which citations of a file still hold
  check-draft
            say which quotations, numbers, dates and names the archive has
  watch-question
            ask a question again after each build, and tell its news
  info      say what is in the index and how large it is
  check     say whether everything in the index is whole
  repair    rebuild what can be derived from the stored texts
  export    print all articles, passages or earlier versions as JSON, one a line"""


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
    if len(options.index) > 1:
        _only_read(options)
    threads.limit(options.threads)
    from qa.server.port import check_port

    check_port(options.host, options.port)  # before the index is built, not after
    admission = _admission(options)
    log = _question_log(options.index) if options.log else None
    os.environ.update(OFFLINE)  # before Gradio and the Hugging Face libraries are imported
    if not options.read_only:
        _update(options.seeds, options.index[0])
    with TemporaryDirectory(prefix="archive-qa-") as uploads:
        os.environ["GRADIO_TEMP_DIR"] = uploads  # the default is shared by all programs
        _serve(options, admission, Path(uploads), log)
    return 0


def _serve(
    options: argparse.Namespace, admission: "Admission", uploads: Path, log: "QuestionLog | None"
) -> None:
    """Serve the chat page until Ctrl-C; uploaded files go to `uploads`."""
    from index.store.doors import hosts_of
    from index.store.several.names import named
    from index.store.several.part import warn_of
    from qa.page.page import page, serve
    from qa.reader.reader import Reader
    from qa.rest.application import HEALTH, rest_routes
    from qa.rest.service import Adding, Service
    from qa.server.endpoints.api import endpoints, request_queue
    from qa.server.feeds import feed_route
    from qa.server.monitoring import PATHS, MeteredArchive
    from qa.server.offline import block_network
    from qa.server.sources import source_routes
    from qa.source_view.finding import SourceFinder
    from qa.standing.background import Background
    from qa.standing.book import Book
    from qa.standing.shared import SharedList

    one = options.index[0] if len(options.index) == 1 else None
    places = [one] if one else named(options.index).values()
    block_network(options.host, tuple(host for place in places for host in hosts_of(place)))
    reader = Reader.load(options.reader) if options.reader else None  # a wrong name is said now
    archive = MeteredArchive.open(one or options.index, reader=reader)
    archive.log = log
    if not one:
        warn_of(archive.not_asked())
    book = Book.of(one) if one else None  # standing questions are those of one archive
    asking = None if book is None else Background(archive, book, lambda: archive.meters.busy)
    standing = None
    if book is not None and asking is not None:  # a book without questions is false
        standing = SharedList(book, changeable=not options.read_only, added=asking.wake)
    seeds = Path(options.seeds) if options.seeds else None  # several archives have none
    there = seeds is not None and seeds.is_dir()
    if seeds is not None and there and not options.no_originals:
        archive.sources = SourceFinder(seeds)
    writable = not options.read_only and there
    queue = request_queue()
    api = endpoints(archive, seeds if writable else None, queue, standing)
    adding = Adding(seeds, uploads) if writable and seeds else None
    rest = rest_routes(Service(archive, queue, standing, adding), **admission.ways)
    blocks = page(archive, seeds if writable else None, api, standing)
    rules = admission.rules(
        archive,
        uploads if writable else None,
        PATHS | {HEALTH} if options.open_metrics else frozenset(),
        [*([] if book is None else [feed_route(book)]), *source_routes(archive), *rest],
    )
    host = f"[{options.host}]" if ":" in options.host else options.host
    try:
        tools = api if options.mcp else None
        serve(blocks, options.host, options.port, rules, tools=tools, archive=archive)
        threading.Thread(target=_warm_up, args=(archive, asking), daemon=True).start()
        if options.watch:
            threading.Thread(
                target=_watch, args=(options.seeds, options.index[0]), daemon=True
            ).start()
        print(f"Chat with the archive at http://{host}:{options.port} (Ctrl-C ends)", flush=True)
        threading.Event().wait()
    except KeyboardInterrupt:
        if asking is not None:
            asking.stop()
        blocks.close(verbose=False)


def _warm_up(archive: "Archive", asking: "Background | None") -> None:
    """Load the models for people's questions first, then begin with the standing ones."""
    archive.warm_up()
    if asking is not None:
        asking.run()


def _only_read(options: argparse.Namespace) -> None:
    """Make the chat read-only: several archives are built each by itself."""
    if options.watch or options.seeds:
        option = "--watch" if options.watch else "--seeds"
        raise ArchiveError(
            f"{option} is for one archive, and several are only read: build each with  "
            "archive-qa build SEEDS --index WHERE"
        )
    options.read_only = True


def _question_log(index: Sequence[str]) -> "QuestionLog":
    from qa.question_log.log import QuestionLog, log_file

    log = QuestionLog(log_file(index))
    print(f"questions, answers and verdicts are kept in {log.file} (see archive-qa gaps)")
    return log


def _admission(options: argparse.Namespace) -> "Admission":
    """Return who may use the chat; warn if that is everybody on the network."""
    from index.store.several.names import named
    from qa.server.admission import Admission
    from qa.server.identity.access import access_for, is_loopback
    from qa.server.identity.passwords import PASSWORD_VARIABLE

    access = access_for(options.auth, options.host, options.name, os.environ)
    os.environ.pop(PASSWORD_VARIABLE, None)  # child processes do not need it
    closed = access.users or options.tokens or options.read_only
    if not (closed or is_loopback(options.host)):
        print(
            f"warning: everyone who can reach {options.host} can ask, add articles and rebuild the "
            "index: add --tokens, --auth USER:FILE, or --read-only",
            file=sys.stderr,
        )
    several = len(options.index) > 1  # then the tokens are those of the first
    first = next(iter(named(options.index).values())) if several else options.index[0]
    admission = Admission.of(
        access, str(first),
        tokens=options.tokens, log=options.log, embed_from=options.embed_from,
    )  # fmt: skip
    admission.trust_proxy()
    return admission


def _options(argv: Sequence[str] | None) -> argparse.Namespace:
    from qa.reader.option import add_reader_option

    parser = argparse.ArgumentParser(
        prog=command_name(),
        usage="%(prog)s [chat] [--host HOST] [--port PORT] [--seeds DIR] [--index WHERE]... "
        "[--watch] [--read-only] [--no-originals] [--auth USER[:FILE]] [--tokens] [--name HOST] "
        "[--embed-from ORIGIN ...] [--mcp] [--log] [--open-metrics] [--reader MODEL] [--threads N] "
        "[--version]\n       %(prog)s COMMAND ... [--help]",
        description="Chat with a news archive on a local page, or run another command (see below).",
        epilog=HELP,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument(
        "--version", action="version", version=f"archive-qa {metadata.version('archive-qa')}"
    )
    parser.add_argument("--host", default="127.0.0.1", help="address to listen on (127.0.0.1)")
    parser.add_argument("--port", type=int, default=7860, help="port to listen on (7860)")
    parser.add_argument("--seeds", metavar="DIR", help="folder of articles (seeds)")
    add_index_option(parser, several=True)
    parser.add_argument(
        "--watch", action="store_true", help="build again whenever the seeds change"
    )
    parser.add_argument(
        "--no-originals", action="store_true", help="do not show the files that articles are from"
    )
    parser.add_argument("--read-only", action="store_true", help="no building, no adding")
    parser.add_argument(
        "--auth", action="append", default=[], metavar="USER[:FILE]",
        help="ask for this name and the password in the file, or in ARCHIVE_QA_PASSWORD",
    )  # fmt: skip
    parser.add_argument(
        "--tokens", action="store_true",
        help="demand an API token (see archive-qa token), or a user of --auth; keep an audit log",
    )  # fmt: skip
    parser.add_argument(
        "--name", action="append", default=[], metavar="HOST",
        help="a name under which a proxy passes requests on to this address",
    )  # fmt: skip
    parser.add_argument(
        "--embed-from", nargs="+", action="extend", default=[], metavar="ORIGIN",
        help="sites whose pages may show a question box (/embed), like https://news.example",
    )  # fmt: skip
    parser.add_argument("--mcp", action="store_true", help="also serve tools for language models")
    parser.add_argument(
        "--log", action="store_true",
        help="keep questions, answers and verdicts in your data folder, for archive-qa gaps",
    )  # fmt: skip
    parser.add_argument(
        "--open-metrics", action="store_true", help="/healthz and /metrics without a password"
    )
    add_reader_option(parser)
    threads.add_option(parser)
    options = parser.parse_args(argv)
    if len(options.index) == 1:
        options.seeds = options.seeds or "seeds"
    return options


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

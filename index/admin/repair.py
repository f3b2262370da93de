"""`archive-qa repair [--index DIR]`: make again, from what is stored, what is derived from it."""

import argparse
import sys
from collections.abc import Sequence

from index.command_name import command_name
from index.encoder.sentence import Encoder, SentenceEncoder
from index.errors import run
from index.ingest.engine import LocalEngine
from index.ingest.updating.earlier_texts import (
    STATE,
    update_earlier_texts,
    wrong_earlier_texts,
)
from index.store.base.protocol import Problem, Repaired
from index.store.doors import Where, find_earlier_texts, find_store, remove_earlier_texts
from index.store.option import add_index_option

from .check import sentences

DESCRIPTION = """Rebuild what can be derived from the texts of the articles: passages, keywords and
vectors. A damaged article is marked, so that the next build reads its seed again."""


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command; return 1 if something is still wrong, else 0."""
    parser = argparse.ArgumentParser(prog=command_name("repair"), description=DESCRIPTION)
    add_index_option(parser)
    parser.add_argument(
        "--forget-versions", nargs="+", metavar="ID",
        help="only forget the earlier texts of these articles, by id",
    )  # fmt: skip
    options = parser.parse_args(argv)
    index = options.index
    if options.forget_versions:
        print(f"{forget_versions(index, options.forget_versions)} earlier versions forgotten")
        return 0
    found, remaining = repair(index, progress=True)
    left = {problem.sentence for problem in remaining}
    for sentence in sentences([problem for problem in found if problem.sentence not in left]):
        print(f"mended: {sentence}")
    for sentence in sentences(remaining):
        print(f"not mended: {sentence}")
    if remaining:
        print(advice(index, remaining))
        return 1
    print("nothing was wrong" if not found else "nothing is wrong any more")
    return 0


def repair(
    index: Where = ".index", *, encoder: Encoder | None = None, progress: bool = False
) -> Repaired:
    """Repair an index; see `Store.repair`. One of earlier texts is removed if it is damaged."""
    found, remaining = find_store(index).repair(encoder, progress)
    if wrong := wrong_earlier_texts(index):
        remove_earlier_texts(index)  # the next build makes them anew of the log
        found = found + wrong
    return Repaired(found, remaining)


def forget_versions(
    index: Where, identities: Sequence[str], *, encoder: Encoder | None = None
) -> int:
    """Forget the earlier texts of these articles; return how many versions were logged.

    Raises:
        ArchiveError: There is no index, or a build of it is under way.
        StorageError: The index cannot be written.
    """
    store = find_store(index)
    count = store.forget_versions(identities)
    if earlier := find_earlier_texts(index):
        earlier.set_note(STATE, None)  # it is not up to date any more
        chosen = encoder or SentenceEncoder(store.settings.encoder)
        update_earlier_texts(index, chosen, LocalEngine(), progress=False)
    return count


def advice(index: Where, problems: Sequence[Problem]) -> str:
    """Return what to do about problems that could not be repaired."""
    articles = {problem.article for problem in problems if problem.what == "article"}
    if all(problem.what == "article" or problem.article in articles for problem in problems):
        return f"read their seeds again with  python -m index SEEDS --index {index}"
    return (
        f"save what can be read with  archive-qa export --index {index} --output FILE.jsonl  if "
        f"you have no seeds any more; then remove the folder '{index}' and build it again with  "
        f"python -m index SEEDS --index {index}"
    )


if __name__ == "__main__":
    sys.exit(run(main))

"""`archive-qa info [--index DIR]`: what is in the index, how it was made, and how large it is."""

import argparse
import dataclasses
import json
import sys
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath

from index.command_name import command_name
from index.errors import StorageError, run, stdout_is_unicode
from index.store.base.error_rate import describe, read_error_rate
from index.store.doors import Where, find_earlier_texts, open_store
from index.store.option import add_index_option
from index.text.terminal import printable_lines

DESCRIPTION = "Say what is in the index, how it was made, and how large it is."


@dataclass(frozen=True, slots=True)
class Info:
    """An index in numbers; "" stands for an unknown language."""

    articles: int
    languages: dict[str, int]  # articles by language, largest count first
    files: dict[str, int]  # articles by file extension
    passages: int
    kinds: dict[str, int]  # passages by kind: title, body, teaser
    encoder: str
    revision: str
    dimension: int
    passage_tokens: int
    generation: int  # counts the builds that published something
    published: str  # when the last of them did, UTC; "" in an index of an earlier version
    vectors: str  # the form of the vector index
    recall: float  # recall@10 against exact search, measured when the index was written
    sizes: dict[str, int]  # bytes of each file of the index
    error_rate: str  # what a person chose, "" if nothing
    partly_read: int  # articles that lack something of their file; every build names what
    versions: int  # earlier ones of articles, in the log
    version_texts: int  # of them, those whose texts are kept
    version_searchable: int | None  # of them, those that can be searched; None: damaged


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command; return its exit status."""
    parser = argparse.ArgumentParser(prog=command_name("info"), description=DESCRIPTION)
    add_index_option(parser)
    parser.add_argument("--json", action="store_true", help="print it as JSON")
    options = parser.parse_args(argv)
    found = info(options.index)
    if options.json:
        print(json.dumps(dataclasses.asdict(found), ensure_ascii=not stdout_is_unicode(), indent=1))
    else:
        print(as_text(found))
    return 0


def info(index: Where = ".index") -> Info:
    """Describe an index. Raises ArchiveError if there is none."""
    store = open_store(index)
    with store.snapshot() as snapshot:
        s, vectors = snapshot.settings, snapshot.vector_index()
        files: Counter[str] = Counter()
        for path, count in snapshot.count_by("path").items():
            files[PurePosixPath(path).suffix.lower()] += count
        chosen = read_error_rate(store)
        logged, kept = snapshot.count_versions()
        return Info(
            articles=snapshot.count_articles(),
            languages=snapshot.count_by("language"),
            files=dict(files.most_common()),
            passages=snapshot.count_passages(),
            kinds=snapshot.count_by("kind"),
            encoder=s.encoder,
            revision=s.revision,
            dimension=s.dimension,
            passage_tokens=s.passage_tokens,
            generation=s.generation,
            published=s.published,
            vectors=vectors.form,
            recall=vectors.recall,
            sizes=store.sizes(),
            error_rate=describe(chosen, s) if chosen else "",
            partly_read=snapshot.count_partly_read(),
            versions=logged,
            version_texts=kept,
            version_searchable=_count_searchable(index),
        )


def _count_searchable(index: Where) -> int | None:
    try:
        store = find_earlier_texts(index)
        if store is None:
            return 0
        with store.snapshot() as snapshot:
            return snapshot.count_articles()
    except StorageError:
        return None


def as_text(found: Info) -> str:
    """Format it for a terminal, without control characters."""
    lines = [
        f"articles    {found.articles}",
        f"  languages {_counts(found.languages)}",
        f"  files     {_counts(found.files)}",
        f"partly read {found.partly_read} of the articles; a build names what each lacks",
        f"versions    {found.versions} earlier ones, the text of {found.version_texts} is kept, "
        f"{_searchable(found)}",
        f"passages    {found.passages} of about {found.passage_tokens} tokens",
        f"  kinds     {_counts(found.kinds)}",
        f"encoder     {found.encoder} (revision {found.revision}, {found.dimension} dimensions)",
        f"vectors     {found.vectors}",
        f"  recall    {found.recall:.3f} of the ten best by exact search",
        f"generation  {found.generation}",
        f"last build  {found.published or 'not known'} (the last that changed something)",
        f"error rate  {found.error_rate or 'none chosen: the thresholds of the reader'}",
        f"on disk     {sum(found.sizes.values()) / 1e6:.1f} MB",
        *(f"  {size / 1e6:9.3f} MB  {name}" for name, size in found.sizes.items()),
    ]
    return printable_lines(lines)


def _searchable(found: Info) -> str:
    if found.version_searchable is None:
        return "and what makes them searchable is damaged: archive-qa repair, then build"
    return f"{found.version_searchable} are searchable"


def _counts(counts: dict[str, int]) -> str:
    return ", ".join(f"{name or 'not known'} {count}" for name, count in counts.items()) or "none"


if __name__ == "__main__":
    sys.exit(run(main))

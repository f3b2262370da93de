"""`archive-qa export [articles|passages|versions]`: the archive as JSON, one object a line."""

import argparse
import contextlib
import json
import os
import sys
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any, TextIO

from index.article import Article, Location, Part
from index.command_name import command_name
from index.errors import StorageError, run
from index.passage import Passage
from index.store.base.protocol import Version
from index.store.doors import Where, open_store
from index.store.option import add_index_option

DESCRIPTION = """Print all of the archive as JSON, one object a line. Nobody is locked in: the
articles' file is itself a seed, `archive-qa build` makes the same archive of it. Versions are the
log of texts that builds replaced; no build reads them again. One article is held in memory at a
time."""
WHAT = ("articles", "passages", "versions")


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command; return its exit status."""
    parser = argparse.ArgumentParser(prog=command_name("export"), description=DESCRIPTION)
    parser.add_argument(
        "what", nargs="?", default="articles", choices=WHAT, help="what to print (articles)"
    )
    add_index_option(parser)
    parser.add_argument("--output", metavar="FILE", help="the file to write (standard output)")
    options = parser.parse_args(argv)
    with _output(options.output) as out:
        for line in export(options.index, options.what):
            print(line, file=out)
    return 0


def export(index: Where, what: str = "articles") -> Iterator[str]:
    """Yield the archive's articles, passages or earlier versions as lines of JSON.

    Raises ArchiveError if there is no index.
    """
    with open_store(index).snapshot() as snapshot:
        if what == "articles":
            yield from map(_line, map(about_article, snapshot.articles()))
        elif what == "passages":
            yield from map(_line, map(about_passage, snapshot.all_passages()))
        else:
            yield from map(_line, map(about_version, snapshot.all_versions()))


def about_article(article: Article) -> dict[str, Any]:
    """Return an article as a `.jsonl` seed states it, without the fields that it lacks."""
    fields: dict[str, Any] = {
        "id": article.id,
        "title": article.title,
        "date": article.date.isoformat() if article.date else None,
        "language": article.language,
        "url": article.url,
        "author": article.author,
        "path": article.path,
        "text": article.text,
        "parts": None,
        "locations": None,
    }
    if article.parts != (Part(0, len(article.text), "body"),):  # that is the default
        fields["parts"] = [
            {"start": p.start, "end": p.end, "kind": p.kind, "title": p.title}
            for p in article.parts
        ]
    if article.anchors:
        fields["locations"] = [
            {"start": anchor.start, **_known(asdict(anchor.location))} for anchor in article.anchors
        ]
    return _known(fields)


def _known(fields: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in fields.items() if value is not None}


def about_version(version: Version) -> dict[str, Any]:
    """Return an earlier version of an article, with all of the article if its text is kept."""
    article = version.article
    return {
        "id": version.article_id,
        "stated": version.stated.isoformat(),
        "by": "line" if version.line else "build",
        "replaced": version.replaced.isoformat(timespec="seconds"),
        "sentences_that_differ": version.sentences,
        "digest": version.digest,
        **_known({"title": version.title, "date": version.date and version.date.isoformat()}),
        **(about_article(article) if article else {}),
    }


def about_passage(passage: Passage) -> dict[str, Any]:
    """Return a passage with the offsets of its text in its article, in code points."""
    return {
        "article_id": passage.article_id,
        "start": passage.start,
        "end": passage.end,
        "kind": passage.kind,
        "language": passage.language,
        "title": passage.title,
        **asdict(passage.location or Location()),
        "text": passage.text,
    }


def _line(about: dict[str, Any]) -> str:
    return json.dumps(about, ensure_ascii=False)


@contextlib.contextmanager
def _output(name: str | None) -> Iterator[TextIO]:
    """Open standard output, or a file that appears only once it is complete."""
    if name is None:
        if hasattr(sys.stdout, "reconfigure"):
            sys.stdout.reconfigure(encoding="utf-8", newline="\n")
        yield sys.stdout
        return
    file = Path(name)
    half = file.with_name(f".{file.name}.half")
    try:
        with half.open("w", encoding="utf-8", newline="\n") as out:
            yield out
            out.flush()
            os.fsync(out.fileno())
        half.replace(file)
    except OSError as error:
        why = error.strerror or error
        raise StorageError(f"cannot write '{file}' ({why}): name another --output") from error
    finally:
        with contextlib.suppress(OSError):
            half.unlink()


if __name__ == "__main__":
    sys.exit(run(main))

"""`python -m qa "question" [--index DIR] [--json | --explain] ...`: ask in the terminal."""

import argparse
import dataclasses
import json
import sys
from collections.abc import Sequence

from index import threads
from index.errors import run
from qa.answers.answering import Answer
from qa.answers.citing import Citation, named
from qa.retrieval.explain import explained

from .archive import Archive


def main(argv: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m qa", description="Ask the archive a question.")
    parser.add_argument("question")
    parser.add_argument("--index", default=".index", help="folder of the index (.index)")
    shown = parser.add_mutually_exclusive_group()
    shown.add_argument("--json", action="store_true", help="print the whole answer as JSON")
    shown.add_argument("--explain", action="store_true", help="print where passages were found")
    parser.add_argument("--after", metavar="DAY", help="first day that counts, like 2025-10-28")
    parser.add_argument("--before", metavar="DAY", help="last day that counts")
    parser.add_argument("--language", metavar="CODE", help="only passages in it, like en or zh")
    parser.add_argument("--article", metavar="ID", help="only the article with this id")
    threads.add_option(parser)
    options = parser.parse_args(argv)
    threads.limit(options.threads)
    archive = Archive.open(options.index)
    only = {name: getattr(options, name) for name in ("after", "before", "language", "article")}
    if options.explain:
        search = archive.explain(options.question, **only)
        print(explained(search))
        return 0 if search.hits else 1
    found = archive.answer(options.question, **only)
    if (options.after or options.before) and (undated := archive.count_undated()):
        print(f"left out because they have no date: {undated:,} of the articles", file=sys.stderr)
    if options.json:
        print(json.dumps(dataclasses.asdict(found), ensure_ascii=False, default=str, indent=1))
    else:
        print(as_text(found))
    return 0 if found.answered else 1


def as_text(found: Answer) -> str:
    """An answer with its citations for a terminal, without its control characters."""
    if found.answered:
        lines = [found.text or "", f"  “{found.sentence}”" if found.sentence != found.text else ""]
    else:
        lines = ["The archive does not hold an answer to this. The closest passages:"]
    lines += [f"[{i}] {_source(c)}" for i, c in enumerate(found.citations, start=1)]
    if not found.answered:
        lines += [f"[{i}] “{c.text}”" for i, c in enumerate(found.citations, start=1)]
    text = "\n".join(filter(None, lines))
    return "".join(c for c in text if c.isprintable() or c == "\n")


def _source(citation: Citation) -> str:
    about = [citation.title, citation.date, citation.language, named(citation)]
    if citation.kind == "teaser":
        about[-1] = f"teaser in {named(citation)}"
    also = ", ".join(dict.fromkeys(map(named, citation.also_in)))
    return " · ".join(str(a) for a in about if a) + (f" (also in {also})" if also else "")


if __name__ == "__main__":
    sys.exit(run(main))

"""`python -m qa "question" [--index DIR] [--json | --explain] ...`: ask in the terminal."""

import argparse
import json
import sys
from collections.abc import Sequence

from index import threads
from index.errors import run, stdout_is_unicode
from qa.answers.answering import Answer, as_dict
from qa.answers.citing import Citation, source_name
from qa.chat.languages import languages_across
from qa.chat.source import language_name, location_name
from qa.retrieval.explain import format_search

from .archive import Archive


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command; return its exit status: 1 if the archive holds no answer."""
    options = _options(argv)
    threads.limit(options.threads)
    archive = Archive.open(options.index)
    filters = {name: getattr(options, name) for name in ("after", "before", "language", "article")}
    if options.explain:
        search = archive.explain(options.question, **filters)
        print(format_search(search))
        return 0 if search.hits else 1
    answer = archive.answer(options.question, **filters)
    if (options.after or options.before) and (undated := archive.count_undated()):
        print(f"left out because they have no date: {undated:,} of the articles", file=sys.stderr)
    if options.json:
        escaped = not stdout_is_unicode()
        print(json.dumps(as_dict(answer), ensure_ascii=escaped, default=str, indent=1))
    else:
        print(as_text(answer))
    return 0 if answer.answered else 1


def _options(argv: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m qa", description="Ask the archive a question.")
    parser.add_argument("question")
    parser.add_argument("--index", default=".index", help="folder or address of the index (.index)")
    shown = parser.add_mutually_exclusive_group()
    shown.add_argument("--json", action="store_true", help="print the whole answer as JSON")
    shown.add_argument("--explain", action="store_true", help="print where passages were found")
    parser.add_argument("--after", metavar="DAY", help="first day that counts, like 2025-10-28")
    parser.add_argument("--before", metavar="DAY", help="last day that counts")
    parser.add_argument("--language", metavar="CODE", help="only passages in it, like en or zh")
    parser.add_argument("--article", metavar="ID", help="only the article with this id")
    threads.add_option(parser)
    return parser.parse_args(argv)


def as_text(answer: Answer) -> str:
    """Format an answer with its citations for a terminal, without control characters."""
    citations = list(enumerate(answer.citations, start=1))
    if answer.answered:
        lines = [answer.text or ""]
        if answer.sentence != answer.text:
            lines.append(f"  “{answer.sentence}”")
        if across := languages_across(answer):
            asked, answered = (language_name(code, "en") for code in across)
            lines.append(f"asked in {asked}, answered in {answered}")
    else:
        lines = ["The archive does not hold an answer to this. The closest passages:"]
    lines += [f"[{i}] {_source(citation)}" for i, citation in citations]
    if not answer.answered:
        lines += [f"[{i}] “{citation.text}”" for i, citation in citations]
    text = "\n".join(filter(None, lines))
    return "".join(c for c in text if c.isprintable() or c == "\n")


def _source(citation: Citation) -> str:
    """Return where a citation is from: "Title · date · language · file · page (also in file)"."""
    file = (
        f"teaser in {source_name(citation)}" if citation.kind == "teaser" else source_name(citation)
    )
    location = location_name(citation.location, "en")
    fields = (citation.title, citation.date, citation.language, file, location)
    source = " · ".join(str(field) for field in fields if field)
    also_in = ", ".join(dict.fromkeys(map(source_name, citation.also_in)))
    return f"{source} (also in {also_in})" if also_in else source


if __name__ == "__main__":
    sys.exit(run(main))

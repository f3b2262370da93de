"""`python -m index.benchmarks.annotated TESTS`: how much of real, annotated pages is read right.

TESTS is the folder `tests` of trafilatura's source distribution, version 1.0 (later ones lack the
pages): its `realworld_tests.py` states segments that the text of a page must or must not hold. The
pages belong to their sites and are no part of this project.
"""

import argparse
import ast
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from index.article import Article
from index.errors import ArchiveError, run
from index.formats.decoding import decode_bytes
from index.ingest.reading import read_articles

ANNOTATIONS, PAGES, LOADER = "realworld_tests.py", "cache", "load_mock_page"


@dataclass(slots=True)
class Annotated:
    """A page, and the segments that its text must and must not hold."""

    file: Path
    required: list[str] = field(default_factory=list)
    unwanted: list[str] = field(default_factory=list)


def load_annotated(tests: Path) -> list[Annotated]:
    """Read the annotations; the code that holds them is parsed and never run.

    Raises:
        ArchiveError: The folder does not hold them.
    """
    try:
        tree = ast.parse((tests / ANNOTATIONS).read_text("utf-8"))
    except OSError as error:
        raise ArchiveError(
            f"'{tests}' has no {ANNOTATIONS}: name the folder 'tests' of trafilatura-1.0.0"
        ) from error
    files: dict[str, str] = {}
    pages: dict[str, Annotated] = {}
    current: Annotated | None = None
    for node in _in_order(tree):
        if isinstance(node, ast.Dict) and not files:
            files = ast.literal_eval(node)
        elif isinstance(node, ast.Call) and getattr(node.func, "id", "") == LOADER:
            url = ast.literal_eval(node.args[0])
            current = pages.setdefault(url, Annotated(tests / PAGES / files[url]))
        elif isinstance(node, ast.Compare) and isinstance(node.left, ast.Constant) and current:
            is_required = isinstance(node.ops[0], ast.In)
            segments = current.required if is_required else current.unwanted
            segments.append(str(node.left.value))
    return [page for page in pages.values() if page.file.exists()]


def _in_order(node: ast.AST) -> Iterator[ast.AST]:
    for child in ast.iter_child_nodes(node):
        yield child
        yield from _in_order(child)


def bare(file: Path) -> str:
    """The text by trafilatura alone."""
    import trafilatura

    page = decode_bytes(file.read_bytes(), markup=True).text
    return trafilatura.extract(page, include_comments=False) or ""


def ours(file: Path) -> str:
    """The text of the article that a build makes of the page, without its teasers."""
    found = [a for a in read_articles(file, file.name, front_pages=True) if isinstance(a, Article)]
    parts = ((a.text, part) for a in found for part in a.parts if part.kind != "teaser")
    return "\n".join(text[part.start : part.end] for text, part in parts)


def measure(pages: Sequence[Annotated], read: Callable[[Path], str]) -> Iterator[tuple[str, str]]:
    """Yield ("missing" or "staying", file and segment) for what was not read right."""
    for page in pages:
        text = " ".join(read(page.file).split())
        for segment in page.required:
            if " ".join(segment.split()) not in text:
                yield "missing", f"{page.file.name}: {segment}"
        for segment in page.unwanted:
            if " ".join(segment.split()) in text:
                yield "staying", f"{page.file.name}: {segment}"


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the benchmark; print a row for each way of reading, with `--list` what went wrong."""
    parser = argparse.ArgumentParser(
        prog="python -m index.benchmarks.annotated",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("tests", type=Path, help="the folder with the annotations and the pages")
    parser.add_argument("--list", action="store_true", help="name what was not read right")
    options = parser.parse_args(arguments)
    pages = load_annotated(options.tests)
    required = sum(len(page.required) for page in pages)
    unwanted = sum(len(page.unwanted) for page in pages)
    print(f"{len(pages)} pages, {required} required and {unwanted} unwanted segments")
    for name, read in (("trafilatura", bare), ("ours", ours)):
        found = list(measure(pages, read))
        missing = sum(kind == "missing" for kind, _ in found)
        staying = len(found) - missing
        print(
            f"{name:<12} required missing {missing} ({100 * missing / max(required, 1):.1f}%), "
            f"unwanted staying {staying} ({100 * staying / max(unwanted, 1):.1f}%)"
        )
        for kind, what in found if options.list else ():
            print(f"  {kind} {what}")
    return 0


if __name__ == "__main__":
    raise SystemExit(run(main))

"""One seed file -> its articles: title, text, date, language; what is no text is refused by name.

This module decides by the file's kind: `decoding.py` makes text of its bytes and `markup.py` of its
markup, `cleaning.py` decides what is page furniture, `metadata.py` checks what a file states of
itself. A file is only ever read as data: never executed, never followed elsewhere.
"""

import datetime
import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from . import metadata
from .cleaning import Block, clean
from .decoding import LARGEST, decode, load
from .errors import UnreadableError, first_line
from .language import detect
from .markup import from_html, from_markdown

GAP = "\n\n"  # between the parts of a cleaned article


@dataclass(frozen=True, slots=True)
class Part:
    """Where in an article's text a title, the body or one teaser stands; offsets in code points."""

    start: int
    end: int
    kind: str  # "title" | "body" | "teaser"
    title: str | None = None  # a teaser's own headline


@dataclass(frozen=True, slots=True)
class Article:
    """One article of the archive. `text` is what all offsets in passages and answers refer to."""

    id: str
    title: str | None
    text: str
    date: datetime.date | None
    language: str | None
    path: str
    url: str | None = None
    author: str | None = None
    parts: tuple[Part, ...] = field(default=(), repr=False)
    place: str = field(default="", repr=False)  # the path, and in a .jsonl "#" and the line


@dataclass(frozen=True, slots=True)
class Refused:
    """A file, or a line of one, that could not be read: where, and why in words for its owner."""

    place: str  # like Article.place
    why: str


def read_articles(file: Path, path: str) -> Iterator[Article | Refused]:
    """Yield the articles of `file`; `path` is how the archive names it (relative, with "/").

    Never raises for what is in the file or for a file that cannot be read: that is yielded as
    `Refused`, and the other articles of a .jsonl still come.
    """
    read = KINDS.get(file.suffix.lower())
    try:
        if not file.is_file():
            raise UnreadableError(
                "cannot be read: it is not an ordinary file, or not there any more"
            )
        if read is None:
            raise UnreadableError(
                f"files of kind '{file.suffix}' are not read, only {', '.join(KINDS)}"
            )
        yield from read(file, path)
    except UnreadableError as error:
        yield Refused(path, str(error))
    except OSError as error:
        yield Refused(path, f"cannot be read: {error.strerror or error}")
    except Exception as error:  # parsers raise all kinds of things on odd files
        yield Refused(path, f"cannot be read ({type(error).__name__}: {first_line(error)})")


def _read_text(file: Path, path: str) -> Iterator[Article]:
    yield _article(path, clean(decode(load(file))), {})


def _read_markdown(file: Path, path: str) -> Iterator[Article]:
    page, about = from_markdown(decode(load(file)))
    yield _article(path, clean(page), about)


def _read_html(file: Path, path: str) -> Iterator[Article]:
    page, about = from_html(decode(load(file)))
    yield _article(path, clean(page), about)


def _read_jsonl(file: Path, path: str) -> Iterator[Article | Refused]:
    """Line by line, as a .jsonl may be far larger than memory; a broken line costs only itself."""
    with file.open("rb") as lines:
        for number, line in enumerate(iter(partial(lines.readline, LARGEST + 1), b""), start=1):
            whole = len(line) <= LARGEST
            rest = line
            while len(rest) > LARGEST and not rest.endswith(b"\n"):
                rest = lines.readline(LARGEST + 1)
            if not line.strip(b" \t\r\n\xef\xbb\xbf"):
                continue
            where = f"{path}#{number}"
            try:
                if not whole:
                    raise UnreadableError(
                        f"longer than {LARGEST // 1_000_000} MB, the most an article has"
                    )
                yield _record(line, path, where)
            except UnreadableError as error:
                yield Refused(where, str(error))


def _record(line: bytes, path: str, where: str) -> Article:
    try:
        about = json.loads(line.decode("utf-8-sig"))
    except UnicodeError as error:
        raise UnreadableError(f"not UTF-8 text ({error})") from None
    except (ValueError, RecursionError) as error:
        raise UnreadableError(f"not JSON ({error})") from None
    if not isinstance(about, dict):
        raise UnreadableError(f"must be a JSON object with a text, not {type(about).__name__}")
    text = about.get("text")
    if not isinstance(text, str) or not text.strip():
        raise UnreadableError(f"its 'text' must be a text with words, not {metadata.shown(text)}")
    metadata.check_encodable(text, "text")
    if "\0" in text:
        raise UnreadableError("its 'text' holds a NUL character")
    identity = about.get("id")
    if isinstance(identity, int) and not isinstance(identity, bool):
        identity = str(identity)
    if identity is not None and metadata.word({"id": identity}, "id") != identity:
        raise UnreadableError(f"its 'id' must be one line of text, not {metadata.shown(identity)}")
    parts = tuple(Part(*part) for part in metadata.parts(about.get("parts"), len(text)))
    return _described(where if identity is None else identity, path, where, text, parts, about)


def _article(path: str, blocks: list[Block], about: Mapping[str, object]) -> Article:
    """Join cleaned blocks by blank lines; a title in the metadata goes before the page's own."""
    if not blocks:
        raise UnreadableError("holds no article text, only page furniture or nothing")
    if title := metadata.word(about, "title"):
        blocks = [Block(title, "title"), *_untitled(blocks, title)]
    parts: list[Part] = []
    at = 0
    for block in blocks:
        end = at + len(block.text)
        if block.kind == "body" and parts and parts[-1].kind == "body":
            parts[-1] = Part(parts[-1].start, end, "body")
        else:
            parts.append(Part(at, end, block.kind, block.title))
        at = end + len(GAP)
    heading = next((block.text for block in blocks if block.kind == "title"), None)
    text = GAP.join(block.text for block in blocks)
    return _described(path, path, path, text, tuple(parts), {**about, "title": heading})


def _untitled(blocks: list[Block], title: str) -> Iterator[Block]:
    for block in blocks:
        if block.kind == "teaser":
            yield block
        elif block.text.split() != title.split():
            yield Block(block.text, "body")


def _described(
    identity: str,
    path: str,
    place: str,
    text: str,
    parts: tuple[Part, ...],
    about: Mapping[str, object],
) -> Article:
    main = " ".join(text[p.start : p.end] for p in parts if p.kind != "teaser") or text
    return Article(
        id=identity,
        title=metadata.word(about, "title"),
        text=text,
        date=metadata.date(about.get("date")) or metadata.date_in_name(path),
        language=(metadata.word(about, "language") or "").lower() or detect(main),
        path=path,
        place=place,
        url=metadata.word(about, "url"),
        author=metadata.word(about, "author"),
        parts=parts,
    )


KINDS: dict[str, Callable[[Path, str], Iterator[Article | Refused]]] = {
    ".txt": _read_text,
    ".md": _read_markdown,
    ".html": _read_html,
    ".htm": _read_html,
    ".jsonl": _read_jsonl,
}

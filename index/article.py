"""One seed file -> its articles: title, text, date, language; what is no text is refused by name.

This module decides by the file's kind and reads metadata; what is page furniture is decided in
`index/cleaning.py`. A file is only ever read as data: never executed, never followed elsewhere.
"""

import datetime
import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

import charset_normalizer
import yaml
from markdown_it import MarkdownIt
from mdit_py_plugins.front_matter import front_matter_plugin

from .cleaning import CONTROL, Block, clean
from .errors import ArchiveError
from .language import detect

LARGEST = 10_000_000  # bytes of one article
GAP = "\n\n"  # between the parts of a cleaned article
DATE_IN_NAME = re.compile(r"(?<![0-9])(\d{4})-(\d{2})-(\d{2})(?![0-9])")


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


class UnreadableError(ArchiveError):
    """Raised inside this module for a file or a line; leaves it as a `Refused`."""


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


def _read_text(file: Path, path: str) -> Iterator[Article]:
    yield _article(path, clean(_decode(_load(file))), {})


def _read_markdown(file: Path, path: str) -> Iterator[Article]:
    parser = MarkdownIt().use(front_matter_plugin)
    about: dict[str, object] = {}
    pieces: list[str] = []
    for token in parser.parse(_decode(_load(file))):
        if token.type == "front_matter":
            about = _front_matter(token.content)
        elif token.type in ("fence", "code_block"):
            pieces.append(token.content.strip())
        elif token.type == "inline":
            words = (c.content if c.type != "softbreak" else "\n" for c in token.children or ())
            pieces.append("".join(words).strip())
    yield _article(path, clean("\n\n".join(filter(None, pieces))), about)


def _front_matter(text: str) -> dict[str, object]:
    try:
        found = yaml.safe_load(text)
    except (yaml.YAMLError, ValueError) as error:
        reason = str(error).splitlines()[0]
        raise UnreadableError(
            f"its front matter is not YAML ({reason}): mend or remove it"
        ) from None
    return found if isinstance(found, dict) else {}


def _read_html(file: Path, path: str) -> Iterator[Article]:
    import trafilatura

    # extensive_search off: a date is taken from the page's metadata, never guessed from its text
    page = trafilatura.bare_extraction(
        _decode(_load(file)),
        include_comments=False,
        with_metadata=True,
        date_extraction_params={"extensive_search": False, "original_date": True},
    )
    if not isinstance(page, trafilatura.settings.Document) or not page.text:
        raise UnreadableError("no article text was found in this page")
    blocks = clean(page.text.replace("\n", "\n\n"))
    about = {key: getattr(page, key) for key in ("title", "date", "language", "url", "author")}
    yield _article(path, blocks, about)


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
        str(about).encode()  # "\ud800" is JSON but no text
    except UnicodeError as error:
        raise UnreadableError(f"not UTF-8 text ({error})") from None
    except (ValueError, RecursionError) as error:
        raise UnreadableError(f"not JSON ({error})") from None
    if not isinstance(about, dict):
        raise UnreadableError(f"must be a JSON object with a text, not {type(about).__name__}")
    text = about.get("text")
    if not isinstance(text, str) or not text.strip():
        raise UnreadableError(f"its 'text' must be a text that is not empty, not {_short(text)}")
    parts = (Part(0, len(text), "body"),)
    if "\0" in text:
        raise UnreadableError("its 'text' holds a NUL character")
    identity = about.get("id")
    if identity is not None and not (isinstance(identity, str | int) and str(identity).strip()):
        raise UnreadableError(f"its 'id' must be a text, not {_short(identity)}")
    name = where if identity is None else str(identity)
    return _described(name, path, where, text, parts, about)


def _article(path: str, blocks: list[Block], about: dict[str, object]) -> Article:
    """Join cleaned blocks by blank lines; a title in the metadata goes before the page's own."""
    if not blocks:
        raise UnreadableError("holds no article text, only page furniture or nothing")
    if title := _word(about, "title"):
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
    about: dict[str, object],
) -> Article:
    main = " ".join(text[p.start : p.end] for p in parts if p.kind != "teaser") or text
    return Article(
        id=identity,
        title=_word(about, "title"),
        text=text,
        date=_date(about.get("date")) or _date_in_name(path),
        language=(_word(about, "language") or "").lower() or detect(main),
        path=path,
        place=place,
        url=_word(about, "url"),
        author=_word(about, "author"),
        parts=parts,
    )


def _word(about: dict[str, object], key: str) -> str | None:
    value = about.get(key)
    if value is None or value == "":
        return None
    if not isinstance(value, str):
        raise UnreadableError(f"its '{key}' must be a text, not {_short(value)}")
    return value.strip() or None


def _date(value: object) -> datetime.date | None:
    """A date given as metadata: a date, or an ISO 8601 text that begins with one."""
    if isinstance(value, datetime.datetime):
        return value.date()
    if value is None or value == "" or isinstance(value, datetime.date):
        return value or None  # type: ignore[return-value]
    try:
        return datetime.datetime.fromisoformat(str(value)).date()
    except ValueError:
        raise UnreadableError(f"its 'date' must be like 2025-10-28, not {_short(value)}") from None


def _date_in_name(path: str) -> datetime.date | None:
    for digits in DATE_IN_NAME.findall(path.rpartition("/")[2]):
        try:
            return datetime.date(*map(int, digits))
        except ValueError:
            continue
    return None


def _short(value: object) -> str:
    shown = json.dumps(value, ensure_ascii=False, default=str)
    return shown if len(shown) <= 60 else f"{shown[:60]}…"


def _load(file: Path) -> bytes:
    size = file.stat().st_size
    if size > LARGEST:
        raise UnreadableError(
            f"is {size / 1e6:.1f} MB; one article may be {LARGEST // 1_000_000} MB: split it, "
            "or put its articles into a .jsonl file, which may be of any size"
        )
    data = file.read_bytes()
    if not data.strip():
        raise UnreadableError("is empty")
    return data


def _decode(data: bytes) -> str:
    """UTF-8, else the encoding that a byte-order mark or charset-normalizer tells."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = "\0"
    if "\0" in text:  # UTF-16 without a byte-order mark may pass for UTF-8 full of NUL bytes
        text = str(charset_normalizer.from_bytes(data).best() or "\0")
    # bytes of a picture or a program may pass for some old code page: full of control characters
    if len(CONTROL.findall(text)) > 0.01 * len(text):
        raise UnreadableError("is not text: no encoding fits its bytes")
    return text


KINDS: dict[str, Callable[[Path, str], Iterator[Article | Refused]]] = {
    ".txt": _read_text,
    ".md": _read_markdown,
    ".html": _read_html,
    ".htm": _read_html,
    ".jsonl": _read_jsonl,
}

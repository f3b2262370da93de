"""Seed files become articles, or are refused with a reason; nothing that is in a file raises."""

import datetime
import json
import os
import random
from collections.abc import Callable
from pathlib import Path

import pytest

from index.article import Article
from index.formats.limits import LARGEST
from index.formats.seed_file import Refused
from index.ingest.reading import read_articles

ROOT = Path(__file__).parent.parent.parent.parent
TEXT = "The lighthouse keeper counted nine ships before noon and wrote them into his book."

Read = Callable[..., list[Article | Refused]]


def only(found: list[Article | Refused]) -> Article:
    (article,) = found
    assert isinstance(article, Article), article
    return article


def why(found: list[Article | Refused]) -> str:
    (refused,) = found
    assert isinstance(refused, Refused), refused
    return refused.why


@pytest.mark.parametrize("file", sorted((ROOT / "seeds").iterdir()), ids=lambda file: file.name)
def test_the_real_seeds(file: Path) -> None:
    article = only(list(read_articles(file, file.name)))
    assert article.language == "en"
    assert [part.kind for part in article.parts] == ["title", "body", *["teaser"] * 7]
    assert [part.title is None for part in article.parts[2:]] == [False, *[True] * 6]
    assert article.text.startswith(f"{article.title}\n\n")
    assert not any(word in article.text for word in ("AI 生成", "由 AI", "cookie", "拒绝", "相关"))


def test_parts_are_slices_of_the_text(read: Read) -> None:
    article = only(read("a.txt", f"Nine ships\n\n{TEXT}\n\n{TEXT}\n\n相关文章\n\nFog came down.\n"))
    assert [(p.kind, article.text[p.start : p.end]) for p in article.parts] == [
        ("title", "Nine ships"),
        ("body", f"{TEXT}\n\n{TEXT}"),
        ("teaser", "Fog came down."),
    ]


def test_a_text_file_knows_its_name_and_nothing_else(read: Read) -> None:
    article = only(read("2025-10-28 harbour.TXT", TEXT))
    assert (article.id, article.path) == ("2025-10-28 harbour.TXT",) * 2
    assert article.date == datetime.date(2025, 10, 28)
    assert (article.title, article.url, article.author) == (None, None, None)


def test_markdown_with_front_matter(read: Read) -> None:
    about = "title: Nine ships\ndate: 2024-02-29\nauthor: K. Eeper\nurl: https://example.org/9"
    article = only(read("a.md", f"---\n{about}\nlanguage: EN\n---\n# Nine ships\n\n{TEXT}\n"))
    assert article.text == f"Nine ships\n\n{TEXT}"
    assert (article.title, article.author) == ("Nine ships", "K. Eeper")
    assert (article.date, article.language) == (datetime.date(2024, 2, 29), "en")
    assert article.url == "https://example.org/9"


@pytest.mark.parametrize(
    "front",
    [
        "title: &a [*a]",  # endless
        "title: " + "[" * 5000,
        "title: !!bool perhaps",
        "title: !!timestamp never",
        'title: "\\uD800"',
        "title: 7",
        "date: soon",
        "date: 2025-13-45",
        "a: b: c",
        "only words",
        "{a: &a [x, x], b: &b [*a, *a], c: &c [*b, *b], title: *c}",
    ],
)
def test_front_matter_that_cannot_be_used_is_refused_in_a_line(read: Read, front: str) -> None:
    reason = why(read("a.md", f"---\n{front}\n---\n{TEXT}\n"))
    assert "its " in reason
    assert len(reason.splitlines()) == 1
    assert len(reason) < 300


HTML = """<html><head><title>Nine ships</title>{head}</head><body><article><h1>Nine ships</h1>
<p>On October 28, 2025, fog came down. Published 2024-03-04. {text}</p><p>{text} {text}</p>
</article></body></html>"""


def test_html_takes_its_date_from_metadata(read: Read) -> None:
    about = {"@context": "https://schema.org", "@type": "NewsArticle", "headline": "Nine ships"}
    about["datePublished"] = "2023-05-06T07:08:09Z"
    head = f'<script type="application/ld+json">{json.dumps(about)}</script>'
    article = only(read("a.html", HTML.format(head=head, text=TEXT)))
    assert article.date == datetime.date(2023, 5, 6)
    assert article.title == "Nine ships"
    assert article.text.count("Nine ships") == 1
    assert article.text.count(TEXT) == 3


def test_html_without_a_date_in_its_metadata_has_none(read: Read) -> None:
    article = only(read("a.htm", HTML.format(head="", text=TEXT)))
    assert "October 28, 2025" in article.text
    assert article.date is None


@pytest.mark.parametrize(
    "page", ["<html></html>", "<", "<div>" * 20_000, "plain words", "<p>&#xD800;&#0;</p>"]
)
def test_html_that_is_no_article_is_refused_or_read_but_never_raises(read: Read, page: str) -> None:
    assert len(read("a.html", page)) == 1


def test_jsonl_keeps_the_callers_text_and_id(read: Read) -> None:
    text = "  Spaces stay.\r\n\r\nAI 生成的图像\n\n相关文章 "
    line = {"id": "x/1", "title": "T", "text": text, "date": "2025-10-28T09:00:00+09:00"}
    line |= {"language": "EN", "url": "https://example.org", "more": [1]}
    article = only(read("a.jsonl", json.dumps(line)))
    assert (article.id, article.title, article.text) == ("x/1", "T", text)
    assert (article.date, article.language) == (datetime.date(2025, 10, 28), "en")
    assert (article.path, article.place) == ("a.jsonl", "a.jsonl#1")
    assert [(p.start, p.end, p.kind) for p in article.parts] == [(0, len(text), "body")]


def test_jsonl_lines_without_id_are_known_by_their_line(read: Read) -> None:
    content = '\ufeff{"text": "One."}\r\n\r\n  \n{"text": "Two.", "id": 7}\n{"text": "Three."}'
    assert [a.id for a in read("a.jsonl", content) if isinstance(a, Article)] == [
        "a.jsonl#1",
        "7",
        "a.jsonl#5",
    ]


@pytest.mark.parametrize(
    "line",
    [
        b'{"text": ',
        b"not json",
        b"[]",
        b"null",
        b"7",
        b'"text"',
        b"{}",
        b'{"text": ""}',
        b'{"text": " \\n"}',
        b'{"text": 7}',
        b'{"text": ["a"]}',
        b'{"text": "half \\ud800 a character"}',
        b'{"text": "a \\u0000 in it"}',
        b'{"text": "x", "id": ""}',
        b'{"text": "x", "id": true}',
        b'{"text": "x", "id": 1.5}',
        b'{"text": "x", "id": "two\\nlines"}',
        b'{"text": "x", "id": "\\ud800"}',
        b'{"text": "x", "title": 7}',
        b'{"text": "x", "title": "\\udfff"}',
        b'{"text": "x", "date": "yesterday"}',
        b'{"text": "x", "date": {"y": 2025}}',
        b'{"text": "x", "id": ' + b"9" * 5000 + b"}",
        b'{"text": "caf\xe9"}',
        b"\x00\x01\x02",
        b"[" * 200_000,
        b'{"text": ' * 50_000,
        json.dumps({"text": "x" * (LARGEST + 5_000_000)}).encode(),
    ],
    ids=lambda line: repr(line[:30]),
)
def test_a_broken_line_of_a_jsonl_costs_only_itself(read: Read, line: bytes) -> None:
    before, broken, after = read("a.jsonl", b'{"text": "One."}\n' + line + b'\n{"text": "Two."}\n')
    assert isinstance(before, Article)
    assert isinstance(after, Article)
    assert after.id == "a.jsonl#3"
    assert isinstance(broken, Refused)
    assert broken.place == "a.jsonl#2"
    assert len(broken.why) < 300


def test_an_empty_jsonl_holds_nothing(read: Read) -> None:
    assert read("a.jsonl", "") == []
    assert read("a.jsonl", "\n \n\r\n") == []


@pytest.mark.parametrize("name", ["a.txt", "a.md", "a.html", "a.jsonl"])
@pytest.mark.parametrize("size", [1, 7, 100, 3000, 100_000])
def test_random_bytes_never_raise(read: Read, name: str, size: int) -> None:
    for seed in range(5):
        found = read(name, random.Random(seed).randbytes(size))
        assert size < 20 or all(isinstance(one, Refused) for one in found)


def test_an_empty_file_is_refused(read: Read) -> None:
    assert why(read("a.txt", b"")) == "is empty"
    assert why(read("a.md", b" \n")) == "is empty"
    assert "no article text" in why(read("a.txt", "\u00a0"))


def test_a_file_of_200_mb_is_refused_unread(tmp_path: Path) -> None:
    file = tmp_path / "big.txt"
    with file.open("wb") as big:
        big.truncate(200_000_000)  # a sparse file: reading it would find only NUL
    assert "is 200.0 MB; one article may be 10 MB" in why(list(read_articles(file, "big.txt")))


def test_a_file_of_10_mb_is_read(read: Read) -> None:
    page = ("word " * 19 + "end.\n") * (LARGEST // 100)
    assert len(page) == LARGEST
    assert len(only(read("a.txt", page)).text) == LARGEST - 1
    assert "10.0 MB" in why(read("a.txt", page + "."))


def test_kinds_that_are_not_read_are_named(read: Read) -> None:
    assert "files of kind '.odt' are not read, only .txt" in why(read("a.odt", TEXT))


def test_what_is_no_ordinary_file_is_refused(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.txt")  # opening it would wait for ever
    (tmp_path / "gone.txt").symlink_to(tmp_path / "nowhere")
    (tmp_path / "folder.jsonl").mkdir()
    for name in ("pipe.txt", "gone.txt", "folder.jsonl", "never.html"):
        assert "not an ordinary file" in why(list(read_articles(tmp_path / name, name)))


def test_reading_is_a_pure_function_of_the_file(read: Read) -> None:
    page = f"Nine ships\n\n{TEXT}\n\n相关文章\n\n{TEXT}"
    assert read("a.txt", page) == read("a.txt", page)
    assert only(read("b.txt", page)).parts == only(read("a.txt", page)).parts

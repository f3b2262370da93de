"""JSON lines keep the caller's text and id; a broken line does not affect the others."""

import datetime
import json

import pytest

from index.article import Article
from index.formats.limits import MAX_ARTICLE
from index.formats.records.jsonl import read_jsonl
from index.formats.seed_file import Omitted, Record, Refused
from tests.support.reading import Read, only_article
from tests.support.seed_streams import seed_of


def test_the_caller_s_text_and_id_are_kept(read: Read) -> None:
    text = "  Spaces stay.\r\n\r\nAI 生成的图像\n\n相关文章 "
    line: dict[str, object] = {
        "id": "x/1",
        "title": "T",
        "text": text,
        "date": "2025-10-28T09:00:00+09:00",
    }
    line |= {"language": "EN", "url": "https://example.org", "more": [1]}
    article = only_article(read("a.jsonl", json.dumps(line)))
    assert (article.id, article.title, article.text) == ("x/1", "T", text)
    assert (article.date, article.language) == (datetime.date(2025, 10, 28), "en")
    assert (article.path, article.place) == ("a.jsonl", "a.jsonl#1")
    assert [(p.start, p.end, p.kind) for p in article.parts] == [(0, len(text), "body")]


def test_lines_without_id_are_identified_by_their_number(read: Read) -> None:
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
        b'{"text": "x", "id": ' + b"9" * 5000 + b"}",
        b'{"text": "caf\xe9"}',
        b"\x00\x01\x02",
        b"[" * 200_000,
        b'{"text": ' * 50_000,
        json.dumps({"text": "x" * (MAX_ARTICLE + 5_000_000)}).encode(),
    ],
    ids=lambda line: repr(line[:30]),
)
def test_a_broken_line_does_not_affect_the_others(read: Read, line: bytes) -> None:
    before, broken, after = read("a.jsonl", b'{"text": "One."}\n' + line + b'\n{"text": "Two."}\n')
    assert isinstance(before, Article)
    assert isinstance(after, Article)
    assert after.id == "a.jsonl#3"
    assert isinstance(broken, Refused)
    assert broken.place == "a.jsonl#2"
    assert len(broken.why) < 300


def test_an_empty_file_has_no_records(read: Read) -> None:
    assert read("a.jsonl", "") == []
    assert read("a.jsonl", "\n \n\r\n") == []


def test_a_record_states_what_its_line_states() -> None:
    [record] = read_jsonl(seed_of('{"text": " One. ", "id": 7, "title": ["unchecked"]}', "a.jsonl"))
    assert record == Record(
        "a.jsonl#1", " One. ", {"text": " One. ", "id": 7, "title": ["unchecked"]}, "7"
    )


def test_an_overlong_line_is_skipped_without_being_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("index.formats.records.jsonl.MAX_ARTICLE", 20)
    lines = b'{"text": "' + b"x" * 100 + b'"}\n{"text": "Two."}\n'
    refused, record = read_jsonl(seed_of(lines, "a.jsonl"))
    assert isinstance(refused, Refused)
    assert refused.why == "is longer than 0 MB, the limit for one article"
    assert record.place == "a.jsonl#2"


@pytest.mark.parametrize(
    "fields",
    ['"title": 7.5', '"title": "\\udfff"', '"date": "yesterday"', '"date": {"y": 2025}'],
)
def test_an_odd_optional_field_costs_only_itself(read: Read, fields: str) -> None:
    article, omitted = read("a.jsonl", f'{{"text": "One.", {fields}}}')
    assert (article.text, article.title, article.date) == ("One.", None, None)
    assert isinstance(omitted, Omitted)
    assert omitted.place == "a.jsonl#1"

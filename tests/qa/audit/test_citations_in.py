"""Citations are found in what we write ourselves, and in drafts as people write them."""

import json
from pathlib import Path

import pytest

from index.errors import ArchiveError
from qa.audit.citations_in import Found, citations_in
from qa.permalink import Permalink, parse

LINK = f"/#/a/{'0123456789abcdef' * 2}/3-6?q=Fog"
OTHER = LINK.replace("Fog", "%E9%9B%BE%29")


def read(tmp_path: Path, text: str, name: str = "draft.md") -> list[Found]:
    file = tmp_path / name
    file.write_text(text, encoding="utf-8")
    return citations_in(file)


@pytest.mark.parametrize(
    "draft",
    [
        "It says [so](http://127.0.0.1:7860{}).",
        "It says <https://news.example/qa{}>.",
        "[1]: {}\n",
        "It says so ({}), and more.",
        '<a href="{}">so</a>',
        "**{}**",
        "> `{}`",
    ],
)
def test_links_are_found_however_they_are_written(tmp_path: Path, draft: str) -> None:
    for link in (LINK, OTHER):
        (found,) = read(tmp_path, "\ufeffOne.\n" + draft.format(link))
        assert (found.place, found.link) == ("line 2", parse(link))


def test_each_link_counts_once_in_order(tmp_path: Path) -> None:
    found = read(tmp_path, f"{OTHER}\n{LINK} {OTHER}")
    assert [(c.place, c.address) for c in found] == [("line 1", OTHER), ("line 2", LINK)]


def test_damaged_links_are_named(tmp_path: Path) -> None:
    found = read(tmp_path, "See /#/a/123/0-1 and #/a/x and %23/a/y.")
    assert [(c.address, c.link) for c in found] == [
        ("/#/a/123/0-1", None), ("#/a/x", None), ("%23/a/y", None),
    ]  # fmt: skip
    assert all("no permalink" in c.why for c in found)


def test_json_is_searched_everywhere(tmp_path: Path) -> None:
    answer = {"permalink": LINK, "citations": [{"permalink": LINK, "start": 3, "text": "Fog"}]}
    refused = {"permalink": None, "citations": [{"permalink": OTHER}, {"permalink": "x"}]}
    saved = {"conversation": [{"answer": answer}, {"answer": refused}, {"answer": None}]}
    found = read(tmp_path, json.dumps(saved), "saved.json")
    assert [(c.place, c.address, c.link is None) for c in found] == [
        ("conversation[0].answer", LINK, False),
        ("conversation[1].answer.citations[0]", OTHER, False),
        ("conversation[1].answer.citations[1]", "x", True),
    ]


def test_json_of_an_older_version_is_found_by_the_articles_id(tmp_path: Path) -> None:
    old = [
        {"article_id": "a.txt", "start": 3, "end": 6, "text": "Fog", "also_in": []},
        {"article_id": "b.txt", "start": "3", "end": 6, "text": "Fog"},
    ]
    good, bad = read(tmp_path, json.dumps(old), "old.json")
    assert (good.article_id, good.link) == ("a.txt", Permalink("0" * 32, 3, 6, "Fog"))
    assert (bad.link, bad.why) == (None, "its start, end and text are not two numbers and a text")


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("a.md", b"No links here.", "holds no citation"),
        ("a.json", b"[]", "holds no citation"),
        ("a.json", b"{", "is no JSON"),
        ("a.json", b"[" * 200_000, "is no JSON"),
        ("a.md", b"\xff\xfe", "is no text in UTF-8"),
    ],
)
def test_other_files_are_refused(tmp_path: Path, name: str, content: bytes, message: str) -> None:
    (tmp_path / name).write_bytes(content)
    with pytest.raises(ArchiveError, match=message):
        citations_in(tmp_path / name)


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(ArchiveError, match=r"cannot read .*none\.md"):
        citations_in(tmp_path / "none.md")


def test_an_answers_alternatives_are_no_citations_of_it(tmp_path: Path) -> None:
    answer = {"permalink": LINK, "alternatives": [{"citations": [{"permalink": OTHER}]}]}
    (found,) = read(tmp_path, json.dumps(answer), "answer.json")
    assert (found.place, found.link) == ("answer", parse(LINK))


def test_lone_surrogates_are_replaced(tmp_path: Path) -> None:
    cited = {"article_id": "a\ud800", "start": 1, "end": 2, "text": "\udfff\0"}
    (found,) = read(tmp_path, json.dumps({"\ud8ff": cited}), "old.json")
    assert (found.place, found.article_id) == ("\ufffd", "a\ufffd")
    assert found.link is not None
    assert found.link.quote == "\ufffd\ufffd"
    (found.place + found.address).encode()

"""Seed files are read into articles; members of archives are updated and kept like files."""

import gzip
import os
import random
from pathlib import Path

import pytest

from index.formats.limits import MAX_ARTICLE, LimitError
from index.formats.registry import KINDS
from index.formats.seed_file import Refused, Seed
from index.ingest.reading import read_articles
from index.store.doors import open_store
from tests.support.builds import Make, counts, ids
from tests.support.fakes import FakeEncoder
from tests.support.files import zipped
from tests.support.reading import Read, only_article, why_refused

ROOT = Path(__file__).parent.parent.parent.parent
TEXT = "The keeper of the {} lighthouse counted {} ships before noon and wrote them down."


def test_the_suffix_is_case_insensitive(read: Read) -> None:
    [article] = read("A.TXT.GZ", gzip.compress(TEXT.encode()))
    assert article.text == TEXT


@pytest.mark.parametrize("name", sorted(KINDS))
@pytest.mark.parametrize("data", [b"", b"\0" * 600, b"\xff" * 9000, b"words " * 99], ids=len)
def test_no_content_of_any_kind_of_file_raises(read: Read, name: str, data: bytes) -> None:
    found = read(f"a{name}", data)
    assert len(found) <= 1
    assert name in (".txt", ".md", ".html", ".htm") or all(isinstance(f, Refused) for f in found)


@pytest.mark.parametrize("name", ["a.txt", "a.md", "a.html", "a.jsonl"])
@pytest.mark.parametrize("size", [1, 7, 100, 3000, 100_000])
def test_random_bytes_never_raise(read: Read, name: str, size: int) -> None:
    for seed in range(5):
        found = read(name, random.Random(seed).randbytes(size))
        assert size < 20 or all(isinstance(item, Refused) for item in found)


def test_an_empty_file_is_refused(read: Read) -> None:
    assert why_refused(read("a.txt", b"")) == "is empty"
    assert why_refused(read("a.md", b" \n")) == "is empty"
    assert "no article text" in why_refused(read("a.txt", "\u00a0"))


def test_a_file_of_200_mb_is_refused_without_reading_it(tmp_path: Path) -> None:
    file = tmp_path / "big.txt"
    with file.open("wb") as big:
        big.truncate(200_000_000)  # a sparse file: it would read as NUL bytes
    assert "is 200.0 MB; the limit for one article is 10 MB" in why_refused(
        list(read_articles(file, "big.txt"))
    )


def test_a_file_of_10_mb_is_read(read: Read) -> None:
    page = ("word " * 19 + "end.\n") * (MAX_ARTICLE // 100)
    assert len(page) == MAX_ARTICLE
    assert len(only_article(read("a.txt", page)).text) == MAX_ARTICLE - 1
    assert "10.0 MB" in why_refused(read("a.txt", page + "."))


def test_an_unsupported_kind_is_refused_with_the_supported_ones(read: Read) -> None:
    assert "files of kind '.doc' are not read, only .txt" in why_refused(read("a.doc", TEXT))


def test_other_than_regular_files_are_refused(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.txt")  # opening it would block
    (tmp_path / "gone.txt").symlink_to(tmp_path / "nowhere")
    (tmp_path / "folder.jsonl").mkdir()
    for name in ("pipe.txt", "gone.txt", "folder.jsonl", "never.html"):
        assert "not a regular file" in why_refused(list(read_articles(tmp_path / name, name)))


def test_reading_is_a_pure_function_of_the_file(read: Read) -> None:
    page = f"Nine ships\n\n{TEXT}\n\n相关文章\n\n{TEXT}"
    assert read("a.txt", page) == read("a.txt", page)
    assert only_article(read("b.txt", page)).parts == only_article(read("a.txt", page)).parts


def test_an_error_of_a_reader_refuses_its_seed_only(
    read: Read, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(seed: Seed) -> None:
        raise ZeroDivisionError("oops")

    monkeypatch.setitem(KINDS, ".md", fail)
    first, refused, last = read("a.zip", zipped({"1.txt": TEXT, "2.md": TEXT, "3.txt": TEXT}))
    assert (first.id, last.id) == ("a.zip#1.txt", "a.zip#3.txt")
    assert refused == Refused("a.zip#2.md", "cannot be read (ZeroDivisionError: oops)")


def test_an_exceeded_limit_ends_the_whole_file(read: Read, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(seed: Seed) -> None:
        raise LimitError("is too much")

    monkeypatch.setitem(KINDS, ".md", fail)
    first, refused = read("a.zip", zipped({"1.txt": TEXT, "2.md": TEXT, "3.txt": TEXT}))
    assert (first.id, refused) == ("a.zip#1.txt", Refused("a.zip", "is too much"))


def test_an_odd_field_is_named_after_its_article(read: Read) -> None:
    lines = '{"text": "One.", "date": "soon"}\n{"text": "Two."}'
    first, omitted, second = read("a.jsonl", lines)
    assert (first.id, omitted.place, second.id) == ("a.jsonl#1", "a.jsonl#1", "a.jsonl#2")
    assert omitted.what == "its 'date' must be like 2025-10-28, not \"soon\": left out"


@pytest.mark.parametrize("file", sorted((ROOT / "seeds").iterdir()), ids=lambda file: file.name)
def test_the_real_seeds(file: Path) -> None:
    article = only_article(list(read_articles(file, file.name)))
    assert article.language == "en"
    assert [part.kind for part in article.parts] == ["title", "body", *["teaser"] * 7]
    assert [part.title is None for part in article.parts[2:]] == [False, *[True] * 6]
    assert article.text.startswith(f"{article.title}\n\n")
    assert not any(word in article.text for word in ("AI 生成", "由 AI", "cookie", "拒绝", "相关"))


def test_only_a_changed_member_is_embedded(
    make: Make, tmp_path: Path, encoder: FakeEncoder
) -> None:
    files = {f"{i}.txt": TEXT.format("north", i) for i in range(4)}
    lines = '{"text": "One."}\n{"text": "Two."}\n'
    assert counts(make({"a.zip": zipped({**files, "b.jsonl": lines})})) == (6, 0, 0, 0)
    encoder.embedded.clear()
    del files["0.txt"]
    changed = {**files, "1.txt": TEXT.format("south", 1), "9.txt": TEXT.format("east", 9)}
    assert counts(make({"a.zip": zipped({"b.jsonl": lines, **changed})})) == (1, 1, 1, 4)
    assert sorted(encoder.embedded) == [TEXT.format("east", 9), TEXT.format("south", 1)]
    assert counts(make({})) == (0, 0, 0, 6)


def test_moving_a_file_into_an_archive_embeds_nothing(make: Make, encoder: FakeEncoder) -> None:
    make({"a.txt": TEXT, "b.txt": "Other."})
    encoder.embedded.clear()
    assert counts(make({"a.txt": None, "c.zip": zipped({"a.txt": TEXT})})) == (0, 1, 0, 1)
    assert counts(make({"c.zip": None})) == (0, 0, 1, 1)
    assert encoder.embedded == []


def test_a_damaged_archive_keeps_its_last_good_articles(make: Make, tmp_path: Path) -> None:
    inner = zipped({"x.txt": TEXT.format("x", 1), "y.txt": TEXT.format("y", 2)})
    whole = {"a.txt": TEXT.format("a", 3), "b.zip": inner}
    make({"a.zip": zipped(whole), "c.txt": "Other."})
    before = ids(tmp_path / "index")
    assert before == ["a.zip#a.txt", "a.zip#b.zip#x.txt", "a.zip#b.zip#y.txt", "c.txt"]
    report = make({"a.zip": zipped({**whole, "b.zip": inner[:-30]})})
    assert counts(report) == (0, 0, 0, 4)
    assert [path for path, _ in report.skipped] == ["a.zip#b.zip"]
    assert report.skipped[0][1].endswith("is kept: 2 of its articles)")
    report = make({"a.zip": zipped(whole)[:-30]})
    assert counts(report) == (0, 0, 0, 4)
    assert report.skipped[0][0] == "a.zip"
    assert report.skipped[0][1].endswith("is kept: 3 of its articles)")
    assert ids(tmp_path / "index") == before
    assert counts(make({"a.zip": zipped({"a.txt": TEXT.format("a", 3)})})) == (0, 0, 2, 2)


def test_a_broken_line_in_an_archive_keeps_its_old_article(make: Make, tmp_path: Path) -> None:
    make({"a.zip": zipped({"b.jsonl": '{"text": "One."}\n{"text": "Two."}\n', "c.txt": TEXT})})
    report = make({"a.zip": zipped({"b.jsonl": '{"text": \n{"text": "Two."}\n'})})
    assert counts(report) == (0, 0, 1, 2)
    assert ids(tmp_path / "index") == ["a.zip#b.jsonl#1", "a.zip#b.jsonl#2"]


def test_a_bomb_keeps_the_indexed_articles(make: Make, tmp_path: Path) -> None:
    make({"a.zip": zipped({"a.txt": TEXT, "b.txt": "Other."})})
    report = make({"a.zip": zipped({"a.jsonl": bytes(60_000_000)})})
    assert counts(report) == (0, 0, 0, 2)
    [(path, why)] = report.skipped
    assert path == "a.zip"
    assert "unpacks to more than 200 times its 0.1 MB, like a zip bomb" in why


def test_an_article_s_path_is_a_file_in_the_seeds_folder(
    make: Make, seeds: Path, tmp_path: Path
) -> None:
    """Programs may open it; a member's name, which anyone may choose, is only in the id."""
    make(
        {
            "x/a.tar.gz": zipped({"no tar": TEXT}),
            "x/b.zip": zipped({"y/../z.txt": TEXT, "c.txt": TEXT}),
        }
    )
    with open_store(tmp_path / "index").snapshot() as snapshot:
        [article] = snapshot.articles()
    assert (article.id, article.path) == ("x/b.zip#c.txt", "x/b.zip")
    assert (seeds / article.path).is_file()

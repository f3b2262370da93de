"""The source of an article is found again, in archives too, and only if it gives the same text."""

import io
import json
import os
import time
import zipfile
from pathlib import Path

import pytest

from index.article import Article
from index.store.base.settings import Settings
from qa import Archive
from qa.source_view import finding
from qa.source_view.finding import SourceFinder
from qa.source_view.problems import SourceError
from tests.support.builds import Make
from tests.support.fakes import ROOT, FakeEncoder
from tests.support.pdfs import one_page

TEXT = "The ferry to Oban carried 312 people on Monday. Nobody was hurt."
MAIL = f"From keeper@example.org Tue Oct 28 10:00:00 2025\nSubject: One\n\n{TEXT}\n\n"
REAL = ROOT / "tests" / "system" / "real"


def zipped(files: dict[str, str | bytes]) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return packed.getvalue()


def opened(tmp_path: Path) -> Archive:
    archive = Archive.open(tmp_path / "index", encoder=FakeEncoder())
    archive.sources = SourceFinder(tmp_path / "seeds")
    return archive


def problem(archive: Archive, identity: str) -> str:
    with pytest.raises(SourceError) as caught:
        archive.source(identity)
    return caught.value.code


def test_a_file_is_its_own_source(make: Make, tmp_path: Path) -> None:
    make({"news/ferry.txt": TEXT})
    source = opened(tmp_path).source("news/ferry.txt")
    assert (source.kind, source.name, source.data) == (".txt", "ferry.txt", TEXT.encode())


def test_a_member_of_archives_in_archives(make: Make, tmp_path: Path) -> None:
    inner = zipped({"deep/ferry.txt": TEXT, "other.txt": "It rained all day."})
    make({"outer.zip": zipped({"inner.zip": inner, "more.txt": "It snowed all day."})})
    source = opened(tmp_path).source("outer.zip#inner.zip#deep/ferry.txt")
    assert (source.name, source.data) == ("ferry.txt", TEXT.encode())


def test_of_a_file_of_many_articles_only_its_own_part_is_given(make: Make, tmp_path: Path) -> None:
    line = {"id": "ferry", "text": TEXT, "source": "desk"}
    make({
        "all.jsonl": [{"id": "other", "text": "It rained all day long."}, line],
        "table.csv": f"title,text\nRain,It rained all day long.\nFerry,{TEXT}\n",
        "box.mbox": MAIL.replace(TEXT, "It rained all day long.") + MAIL,
    })  # fmt: skip
    archive = opened(tmp_path)
    assert json.loads(archive.source("ferry").data) == line
    row = archive.source("table.csv#3")
    assert json.loads(row.data) == {"title": "Ferry", "text": TEXT}
    assert (row.name, row.kind) == ("table-3.json", ".json")
    mail = archive.source("box.mbox#2")
    assert mail.data == f"Subject: One\n\n{TEXT}\n\n".encode()
    assert (mail.name, mail.kind) == ("box-2.eml", ".eml")


def test_a_changed_or_missing_original_is_not_shown(make: Make, tmp_path: Path) -> None:
    make({"a.txt": TEXT, "b.zip": zipped({"b.txt": TEXT + " B."}), "c.txt": TEXT + " C.",
          "d.jsonl": [{"id": "d", "text": TEXT + " D."}]})  # fmt: skip
    archive, seeds = opened(tmp_path), tmp_path / "seeds"
    (seeds / "a.txt").write_text(TEXT.replace("312", "313"))
    (seeds / "b.zip").write_bytes(zipped({"c.txt": TEXT}))
    (seeds / "c.txt").unlink()
    (seeds / "d.jsonl").write_text(json.dumps({"id": "e", "text": TEXT + " D."}))
    assert problem(archive, "a.txt") == "changed"
    assert problem(archive, "b.zip#b.txt") == "gone"
    assert problem(archive, "c.txt") == "gone"
    assert problem(archive, "d") == "changed"
    (seeds / "b.zip").write_bytes(b"PK no zip")
    assert problem(archive, "b.zip#b.txt") == "changed"
    (seeds / "c.txt").symlink_to("/etc/passwd")
    assert problem(archive, "c.txt") == "refused"


def test_without_a_seeds_folder_nothing_is_opened(make: Make, tmp_path: Path) -> None:
    make({"a.txt": TEXT})
    archive = opened(tmp_path)
    archive.sources = None
    assert problem(archive, "a.txt") == "off"
    assert archive.source("a.txt", tmp_path / "seeds").data == TEXT.encode()


def test_hidden_files_are_not_opened_whatever_an_index_says(tmp_path: Path) -> None:
    finder = SourceFinder(tmp_path)
    (tmp_path / ".env").write_text(TEXT)
    settings = Settings("fake", "1", 64, 128, 1, 1)
    for path, place in ((".env", ".env"), ("a.zip", "a.zip#.env"), ("../x", "../x")):
        article = Article(path, None, TEXT, None, "en", path, place=place)
        with pytest.raises(SourceError) as caught:
            finder.find(article, settings)
        assert caught.value.code == "refused"


def test_an_unchanged_pdf_is_read_once(
    make: Make, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    make({"a.pdf": one_page("(The ferry carried 312 people on Monday.)")})
    file = tmp_path / "seeds" / "a.pdf"
    old = time.time() - 60
    os.utime(file, (old, old))
    archive = opened(tmp_path)
    first = archive.source("a.pdf")
    with monkeypatch.context() as patch:
        patch.setattr("index.formats.registry.reader_for", None)  # reading it again would fail
        assert archive.source("a.pdf").data == first.data
    file.write_bytes(one_page("(The ferry carried 313 people on Monday.)"))
    assert problem(archive, "a.pdf") == "changed"


def test_too_much_to_unpack(make: Make, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    make({"a.zip": zipped({"a.txt": TEXT})})
    monkeypatch.setattr(finding, "MAX_UNPACKED", 10)
    assert problem(opened(tmp_path), "a.zip#a.txt") == "large"


@pytest.mark.parametrize("file", sorted(REAL.glob("larnik.*")), ids=lambda file: file.name)
def test_the_sources_of_files_that_real_programs_wrote(
    file: Path, tmp_path: Path, make: Make
) -> None:
    make({file.name: file.read_bytes()})
    archive = opened(tmp_path)
    for article in archive.articles():
        source = archive.source(article.id)
        assert source.data
        assert source.place == article.place
        assert (source.item is None) == (source.kind == ".pdf")

"""One pass over the seeds tells the writer what was added, changed and removed."""

import os
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from index.article import Article
from index.errors import ArchiveError
from index.formats.seed_file import Omitted, Refused
from index.ingest import engine
from index.ingest.engine import LocalEngine
from index.ingest.reading import read_articles
from index.ingest.report import BuildReport
from index.ingest.scan import Scan
from index.ingest.seed_files import SeedFolder, Unusable
from index.store.base.settings import Settings
from index.store.doors import begin_build, open_store
from tests.support.fakes import FakeEncoder
from tests.support.written import WrittenIndex

LONG_AGO = 10**18  # ns
Counts = tuple[int, int, int, int]


class Scanned:
    """A seeds folder that is scanned into an index, with everything published each time."""

    def __init__(self, seeds: Path, index: WrittenIndex) -> None:
        self.seeds, self.index = seeds, index
        self.read: list[str] = []  # paths of files that were read by the last scan

    def __call__(
        self,
        files: dict[str, str | None] | None = None,
        ready: Callable[[Path], bool] | None = None,
        allow_empty: bool = False,
    ) -> BuildReport:
        """Write or remove (None) files, and scan the folder."""
        for name, text in (files or {}).items():
            file = self.seeds / name
            if text is None:
                file.unlink()
                continue
            file.parent.mkdir(exist_ok=True)
            file.write_text(text)
            os.utime(file, ns=(LONG_AGO, LONG_AGO))
        self.read.clear()
        settings = self.index.settings
        with begin_build(self.index.where) as writer:
            scan = Scan(writer, settings, SeedFolder(self.seeds), LocalEngine(), ready)
            report = scan.run(allow_empty)
            self.index.embed(writer)
            writer.publish(settings)
        return report

    def use(self, settings: Settings) -> None:
        """Scan by other settings from now on."""
        self.index.settings = settings

    def partly_read(self) -> int:
        with open_store(self.index.where).snapshot() as snapshot:
            return snapshot.count_partly_read()

    def texts(self) -> dict[str, str]:
        with open_store(self.index.where).snapshot() as snapshot:
            return {article.id: article.text for article in snapshot.articles()}


@pytest.fixture
def scanned(
    seeds: Path, tmp_path: Path, encoder: FakeEncoder, monkeypatch: pytest.MonkeyPatch
) -> Scanned:
    scanned = Scanned(seeds, WrittenIndex(str(tmp_path / "index"), encoder))

    def read(file: Path, path: str, *options: Any) -> Iterator[Article | Refused | Omitted]:
        scanned.read.append(path)
        return read_articles(file, path, *options)

    monkeypatch.setattr(engine, "read_articles", read)
    return scanned


def counts(report: BuildReport) -> Counts:
    return report.added, report.changed, report.removed, report.unchanged


def test_articles_are_counted_by_what_became_of_them(scanned: Scanned) -> None:
    assert counts(scanned({"a.txt": "Fog.", "b.txt": "Rain.", "c.txt": "Snow."})) == (3, 0, 0, 0)
    assert counts(scanned({"a.txt": None, "b.txt": "Hail.", "d.txt": "Wind."})) == (1, 1, 1, 1)
    assert scanned.texts() == {"b.txt": "Hail.", "c.txt": "Snow.", "d.txt": "Wind."}


def test_unchanged_files_are_not_read(scanned: Scanned) -> None:
    scanned({"a.txt": "Fog.", "b.txt": "Rain."})
    assert sorted(scanned.read) == ["a.txt", "b.txt"]
    assert counts(scanned({"b.txt": "Hail."})) == (0, 1, 0, 1)
    assert scanned.read == ["b.txt"]


def test_a_touched_file_is_read_and_its_article_is_unchanged(scanned: Scanned) -> None:
    scanned({"a.txt": "Fog."})
    assert counts(scanned({"a.txt": "Fog."})) == (0, 0, 0, 1)
    assert scanned.read == ["a.txt"]


def test_a_renamed_file_is_a_change(scanned: Scanned) -> None:
    scanned({"a.txt": "Fog.", "b.txt": "Rain."})
    assert counts(scanned({"a.txt": None, "c.txt": "Fog."})) == (0, 1, 0, 1)
    assert scanned.texts() == {"b.txt": "Rain.", "c.txt": "Fog."}


def test_a_copy_is_an_addition(scanned: Scanned) -> None:
    scanned({"a.txt": "Fog."})
    assert counts(scanned({"b.txt": "Fog."})) == (1, 0, 0, 1)


def test_a_file_that_becomes_unreadable_keeps_its_article(scanned: Scanned) -> None:
    scanned({"a.txt": "Fog."})
    report = scanned({"a.txt": ""})
    assert report.skipped == [
        ("a.txt", "is empty (what the index has of it is kept: 1 of its articles)")
    ]
    assert (counts(report), scanned.texts()) == ((0, 0, 0, 1), {"a.txt": "Fog."})


def test_skips_are_reported_again_without_reading(scanned: Scanned) -> None:
    first = scanned({"a.txt": "", "b.txt": "Rain."})
    assert first.skipped == [("a.txt", "is empty")]
    assert scanned().skipped == first.skipped
    assert scanned.read == []


def test_an_omission_is_reported_as_partly_read(
    scanned: Scanned, monkeypatch: pytest.MonkeyPatch
) -> None:
    def omitting(file: Path, path: str, *options: Any) -> Iterator[Article | Refused | Omitted]:
        scanned.read.append(path)
        yield from read_articles(file, path, *options)
        yield Omitted(path, "page 3 is not text")

    monkeypatch.setattr(engine, "read_articles", omitting)
    changes: list[dict[str, str | None]] = [{"a.txt": "Fog."}, {}]
    for files in changes:
        report = scanned(files)
        assert (report.partly_read, report.skipped) == ([("a.txt", "page 3 is not text")], [])
    assert scanned.texts() == {"a.txt": "Fog."}


def test_what_a_kept_article_lacks_stays_on_record(scanned: Scanned) -> None:
    odd = (
        '{"id": "x", "text": "Fog.", "date": "soon"}\n{"id": "y", "text": "Rain.", "date": "soon"}'
    )
    scanned({"a.jsonl": odd})
    assert scanned.partly_read() == 2
    report = scanned({"a.jsonl": odd.replace('"y"', "y")})
    assert [place for place, _ in report.partly_read] == ["a.jsonl#1", "a.jsonl#2"]
    assert scanned.partly_read() == 2
    assert scanned().partly_read == report.partly_read  # nothing is read
    report = scanned({"a.jsonl": odd.replace(', "date": "soon"', "")})
    assert (report.partly_read, scanned.partly_read()) == ([], 0)


@pytest.mark.parametrize("permanent", [True, False])
def test_a_file_that_must_be_read_again_is_on_record(
    scanned: Scanned, monkeypatch: pytest.MonkeyPatch, permanent: bool
) -> None:
    scanned({"a.md": "---\ndate: soon\n---\nFog lay over the harbour."})
    monkeypatch.setattr(
        engine,
        "read_articles",
        lambda file, path, *options: iter([Refused(path, "is odd", permanent)]),
    )
    scanned({"a.md": "Rain."})
    assert scanned.partly_read() == 1
    with begin_build(scanned.index.where) as writer:
        assert writer.paths() == ["a.md"]


def test_a_file_too_young_for_a_stamp_is_on_record(scanned: Scanned) -> None:
    file = scanned.seeds / "a.md"
    file.write_text("---\ndate: soon\n---\nFog lay over the harbour.")
    scanned()
    scanned()
    assert (scanned.read, scanned.partly_read()) == (["a.md"], 1)
    file.write_text("Fog lay over the harbour.")
    scanned()
    assert scanned.partly_read() == 0


def test_files_of_a_folder_that_cannot_be_listed_stay_on_record(
    scanned: Scanned, monkeypatch: pytest.MonkeyPatch
) -> None:
    scanned({"sub/a.md": "---\ndate: soon\n---\nFog lay over the harbour.", "b.txt": "Rain."})

    def unlisted(folder: SeedFolder) -> Iterator[str]:
        folder.unusable.append(Unusable("sub", "cannot be listed: Permission denied", True))
        yield "b.txt"

    with monkeypatch.context() as patch:
        patch.setattr(SeedFolder, "files", unlisted)
        scanned()
    assert (len(scanned.texts()), scanned.partly_read()) == (2, 1)
    assert counts(scanned()) == (0, 0, 0, 2)
    assert scanned.read == []


def test_a_taken_id_is_skipped_until_it_is_free(scanned: Scanned) -> None:
    line = '{"id": "x", "text": "%s"}'
    report = scanned({"a.jsonl": line % "Fog.", "b.jsonl": line % "Rain."})
    why = "its id 'x' is already that of an article in a.jsonl"
    assert (report.added, report.skipped) == (1, [("b.jsonl#1", why)])
    assert scanned().skipped == report.skipped
    assert counts(scanned({"a.jsonl": None})) == (0, 1, 0, 0)
    assert scanned.texts() == {"x": "Rain."}


def test_a_file_still_being_written_waits_and_keeps_its_article(scanned: Scanned) -> None:
    scanned({"a.txt": "Fog."})
    report = scanned({"a.txt": "Fo", "b.txt": "Rain."}, ready=lambda file: file.name != "a.txt")
    assert (counts(report), scanned.read) == ((1, 0, 0, 1), ["b.txt"])
    assert scanned.texts() == {"a.txt": "Fog.", "b.txt": "Rain."}
    assert counts(scanned()) == (0, 1, 0, 1)


def test_an_empty_folder_does_not_empty_a_full_index(scanned: Scanned) -> None:
    scanned({"a.txt": "Fog."})
    with pytest.raises(ArchiveError, match=r"the index holds 1: .*--allow-empty"):
        scanned({"a.txt": None})
    assert scanned.texts() == {"a.txt": "Fog."}
    assert counts(scanned(allow_empty=True)) == (0, 0, 1, 0)
    assert scanned.texts() == {}


def test_an_empty_folder_may_stay_empty(scanned: Scanned) -> None:
    assert counts(scanned()) == (0, 0, 0, 0)
    assert counts(scanned()) == (0, 0, 0, 0)


@pytest.mark.parametrize("changed", [{"rules": 99}, {"passage_tokens": 16}])
def test_other_rules_change_every_article(scanned: Scanned, changed: dict[str, Any]) -> None:
    scanned({"a.txt": "Fog.", "b.txt": "Rain."})
    scanned.use(replace(scanned.index.settings, **changed))
    assert counts(scanned()) == (0, 2, 0, 0)
    assert counts(scanned()) == (0, 0, 0, 2)


def test_other_term_rules_remake_keywords_without_reading(scanned: Scanned) -> None:
    scanned({"a.txt": "Fog."})
    scanned.use(replace(scanned.index.settings, terms=scanned.index.settings.terms + 1))
    assert counts(scanned()) == (0, 0, 0, 1)
    assert scanned.read == []
    with open_store(scanned.index.where).snapshot() as snapshot:
        assert len(snapshot.keywords(["fog"], 9)) == 1


def test_files_that_are_gone_are_forgotten(scanned: Scanned) -> None:
    scanned({"a.txt": "Fog.", "b.txt": "Rain."})
    scanned({"a.txt": None})
    with begin_build(scanned.index.where) as writer:
        assert writer.paths() == ["b.txt"]
        writer.close()


def test_a_path_that_has_become_too_long_keeps_its_article(
    scanned: Scanned, monkeypatch: pytest.MonkeyPatch
) -> None:
    scanned({"a.txt": "Fog.", "long name.txt": "Rain."})
    monkeypatch.setattr("index.formats.metadata.MAX_NAME", 8)
    for _ in range(2):
        report = scanned({})
        assert counts(report) == (0, 0, 0, 2)
        [(path, why)] = report.skipped
        assert (path, why.endswith("(what the index has of it is kept: 1 of its articles)")) == (
            "long name.txt", True,
        )  # fmt: skip
    assert scanned.texts() == {"a.txt": "Fog.", "long name.txt": "Rain."}
    assert counts(scanned({"long name.txt": None})) == (0, 0, 1, 1)

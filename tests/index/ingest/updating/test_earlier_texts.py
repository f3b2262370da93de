"""Earlier texts stay searchable beside the archive, which is what it would be without them."""

from pathlib import Path

import psycopg
import pytest

from index.admin.check import check
from index.admin.info import info
from index.admin.repair import repair
from index.article import Article
from index.errors import ArchiveError
from index.ingest import builder
from index.ingest.updating import earlier_texts as module
from index.store.base.stored import to_article
from index.store.doors import begin_build, earlier_texts, open_store
from index.store.postgres.address import Address
from index.store.postgres.schema import remove_archive
from qa import Archive
from tests.support.archives import shown, shown_from_scratch
from tests.support.builds import Make
from tests.support.damage import execute
from tests.support.fakes import FakeEncoder, FakeReader

TEXTS = "The ferry to Oban carried {} people."


def kept(index: Path) -> dict[str, str]:
    """Earlier texts by id."""
    with open_store(earlier_texts(index)).snapshot() as snapshot:
        return {article.id: article.text for article in snapshot.articles()}


def test_earlier_texts_answer_only_when_asked(
    make: Make, tmp_path: Path, seeds: Path, encoder: FakeEncoder
) -> None:
    index = tmp_path / "index"
    for number in (312, 412, 512):
        make({"2026-11-01.txt": TEXTS.format(number), "b.txt": "Fog came."}, versions="keep")
    assert {identity.split("@")[0] for identity in kept(index)} == {"2026-11-01.txt"}
    archive = Archive.open(index, encoder=encoder, reader=FakeReader("312", "412", "512"))  # type: ignore[arg-type]
    assert archive.answer("How many people?").text == "512"
    earlier = archive.earlier()
    answer = earlier.answer("How many people?")
    assert answer.text == "312"
    assert answer.citations[0].article_id.startswith("2026-11-01.txt@2026-11-01-")
    assert {hit.passage.text[-11:-8] for hit in earlier.search("Oban ferry")} == {"312", "412"}
    evidence = archive.locate(str(answer.permalink))
    assert (evidence.status, evidence.version and evidence.version.text) == (
        "edited", TEXTS.format(312),
    )  # fmt: skip
    assert shown(index) == shown_from_scratch(seeds, tmp_path / "scratch", encoder)


def test_the_choice_is_remembered_until_another_is_made(make: Make, tmp_path: Path) -> None:
    index = tmp_path / "index"
    make({"a.txt": "Fog."}, versions="keep")
    make({"a.txt": "Rain."})
    make({})
    assert list(kept(index).values()) == ["Fog."]
    make({"a.txt": "Hail."})
    assert sorted(kept(index).values()) == ["Fog.", "Rain."]
    make({}, versions="note")
    assert kept(index) == {}
    with open_store(index).snapshot() as snapshot:
        assert snapshot.count_versions() == (2, 2)
    make({}, versions="keep")
    assert sorted(kept(index).values()) == ["Fog.", "Rain."]
    make({}, versions="none")
    assert kept(index) == {}
    with pytest.raises(ArchiveError, match="it must be one of none, note, keep"):
        make({}, versions="all")


def test_without_keep_there_is_nothing_to_ask(
    make: Make, tmp_path: Path, encoder: FakeEncoder
) -> None:
    make({"a.txt": "Fog."})
    make({"a.txt": "Rain."})
    assert not (tmp_path / "index" / "earlier").exists()
    with pytest.raises(ArchiveError, match="keeps no earlier texts to search: build it with"):
        Archive.open(tmp_path / "index", encoder=encoder).earlier()


def test_a_build_that_dies_before_they_are_up_to_date_is_made_up_for(
    make: Make, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    make({"a.txt": "Fog."}, versions="keep")

    def die(*_: object) -> None:
        raise ZeroDivisionError

    with monkeypatch.context() as patched:
        patched.setattr(builder, "update_earlier_texts", die)
        with pytest.raises(ZeroDivisionError):
            make({"a.txt": "Rain."})
    assert kept(tmp_path / "index") == {}
    make({})
    assert list(kept(tmp_path / "index").values()) == ["Fog."]


def test_an_unchanged_archive_does_not_read_the_log(
    make: Make, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    make({"a.txt": "Fog."}, versions="keep")
    make({"a.txt": "Rain."})
    monkeypatch.setattr(module, "_put", lambda *_: pytest.fail("it was read"))
    make({})


def test_in_a_database_they_are_an_archive_beside(
    address: str, seeds: Path, encoder: FakeEncoder
) -> None:
    for text in ("Fog.", "Rain."):
        (seeds / "a.txt").write_text(text)
        builder.build(seeds, address, encoder=encoder, versions="keep")
    with open_store(earlier_texts(address)).snapshot() as snapshot:
        assert [article.text for article in snapshot.articles()] == ["Fog."]
    assert Archive.open(address, encoder=encoder).earlier().search("fog")


def damage(index: str) -> None:
    """Make the settings of the earlier texts unreadable."""
    place = earlier_texts(index)
    if not isinstance(place, str):
        execute(Path(place), "UPDATE setting SET value = '{'")
        return
    address = Address.parse(place)
    with psycopg.connect(address.conninfo, autocommit=True) as connection:
        connection.execute(f"UPDATE {address.archive}.setting SET value = '{{'")


def earlier_than(index: str) -> list[str]:
    with open_store(earlier_texts(index)).snapshot() as snapshot:
        return sorted(article.text for article in snapshot.articles())


def test_damaged_earlier_texts_are_made_anew(where: str, seeds: Path, encoder: FakeEncoder) -> None:
    def build(text: str, versions: str | None = None) -> list[tuple[str, str]]:
        (seeds / "a.txt").write_text(text)
        return builder.build(seeds, where, encoder=encoder, versions=versions).partly_read

    build("Fog.", "keep")
    build("Rain.")
    damage(where)
    assert [problem.sentence[:25] for problem in check(where)] == ["among the earlier texts: "]
    assert info(where).version_searchable is None
    assert build("Hail.") == []
    assert (check(where), earlier_than(where)) == ([], ["Fog.", "Rain."])
    damage(where)
    assert repair(where, encoder=encoder).remaining == []
    assert (check(where), info(where).version_searchable) == ([], 0)
    build("Hail.")
    assert earlier_than(where) == ["Fog.", "Rain."]
    damage(where)
    assert build("Hail.", "none") == []
    assert (check(where), info(where).version_searchable) == ([], 0)


def test_a_published_build_is_reported_whatever_becomes_of_earlier_texts(
    make: Make, tmp_path: Path
) -> None:
    make({"a.txt": "Fog."}, versions="keep")
    with begin_build(earlier_texts(tmp_path / "index")):
        report = make({"a.txt": "Rain."})
    assert report.changed == 1
    [(what, why)] = report.partly_read
    assert what == "the earlier texts"
    assert "another build of " in why


def test_an_archive_with_a_long_name_keeps_no_earlier_texts(
    address: str, seeds: Path, encoder: FakeEncoder
) -> None:
    long = f"{address}_{'x' * (62 - len(Address.parse(address).archive))}"
    (seeds / "a.txt").write_text("Fog.")
    with pytest.raises(ArchiveError, match="has more than 55 characters, so that none can be"):
        builder.build(seeds, long, encoder=encoder, versions="keep")
    try:
        assert builder.build(seeds, long, encoder=encoder).added == 1
        assert (check(long), info(long).version_searchable) == ([], 0)
    finally:
        remove_archive(Address.parse(long))


def test_earlier_texts_are_asked_only_while_they_are_kept_and_up_to_date(
    make: Make, tmp_path: Path, encoder: FakeEncoder, monkeypatch: pytest.MonkeyPatch
) -> None:
    index = tmp_path / "index"
    for text in ("Fog.", "Rain."):
        make({"a.txt": text}, versions="keep")
    archive = Archive.open(index, encoder=encoder)
    assert archive.earlier().search("fog")
    with monkeypatch.context() as patched:
        patched.setattr(builder, "update_earlier_texts", lambda *_: None)
        patched.setattr(encoder, "revision", "2")
        make({}, re_embed=True)
        with pytest.raises(ArchiveError, match="are not up to date: build it again with  archive"):
            Archive.open(index, encoder=encoder).earlier()
        make({}, versions="note")
        with pytest.raises(ArchiveError, match="keeps no earlier texts to search"):
            Archive.open(index, encoder=encoder).earlier()


def test_only_builds_of_the_archive_change_earlier_texts(
    make: Make, tmp_path: Path, seeds: Path, encoder: FakeEncoder
) -> None:
    for text in ("Fog.", "Rain."):
        make({"a.txt": text}, versions="keep")
    with pytest.raises(ArchiveError, match="this index holds the earlier texts of another"):
        builder.build(seeds, tmp_path / "index" / "earlier", encoder=encoder)


def test_a_build_unpacks_no_text_that_is_searchable_already(
    make: Make, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for text in ("Fog.", "Rain.", "Hail."):
        make({"a.txt": text}, versions="keep")
    unpacked = []

    def unpack(row: list[object]) -> Article:
        article = to_article(row)
        unpacked.append(article.text)
        return article

    monkeypatch.setattr("index.store.base.versions.to_article", unpack)
    make({"a.txt": "Ice."})
    assert unpacked == ["Hail."]
    assert sorted(kept(tmp_path / "index").values()) == ["Fog.", "Hail.", "Rain."]
    make({}, passage_tokens=64)
    assert sorted(kept(tmp_path / "index").values()) == ["Fog.", "Hail.", "Rain."]

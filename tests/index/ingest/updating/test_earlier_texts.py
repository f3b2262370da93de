"""Earlier texts stay searchable beside the archive, which is what it would be without them."""

from pathlib import Path

import pytest

from index.errors import ArchiveError
from index.ingest import builder
from index.ingest.updating import earlier_texts as module
from index.store.doors import earlier_texts, open_store
from qa import Archive
from tests.support.archives import shown, shown_from_scratch
from tests.support.builds import Make
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

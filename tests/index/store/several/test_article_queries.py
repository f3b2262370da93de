"""Articles of several archives are found by id, told apart, and counted."""

import datetime

import pytest

from index.errors import ArchiveError
from index.store.base.digest import of_text
from index.store.base.search_filter import SearchFilter
from tests.support.several import Opened
from tests.support.written import article

from .conftest import Several


@pytest.fixture
def papers(several: Several) -> Opened:
    return several(
        news=[
            article("a", "The bridge of Ulm.", date=datetime.date(2025, 1, 1)),
            article("b", "A ferry.", language="de"),
        ],
        old=[article("a", "The old bridge."), article("c", "Fog."), article("news:x", "Odd.")],
    )


def test_an_article_is_found_by_its_archives_name_and_id(papers: Opened) -> None:
    with papers.store.snapshot() as snapshot:
        found = snapshot.article("old:a")
        assert found is not None
        assert (found.id, found.archive, found.text) == ("old:a", "old", "The old bridge.")
        assert snapshot.article("old:b") is snapshot.article("nowhere:b") is None


def test_an_id_that_only_one_archive_has_needs_no_name(papers: Opened) -> None:
    with papers.store.snapshot() as snapshot:
        for bare in ("c", "news:x"):
            found = snapshot.article(bare)
            assert found is not None
            assert found.id == f"old:{bare}"
        assert snapshot.article("d") is None


def test_an_ambiguous_id_is_an_error_that_names_the_archives(papers: Opened) -> None:
    with (
        papers.store.snapshot() as snapshot,
        pytest.raises(ArchiveError, match=r"2 archives have .* 'a': name one, .* news:a or old:a"),
    ):
        snapshot.article("a")


def test_all_articles_and_passages_are_read(papers: Opened) -> None:
    with papers.store.snapshot() as snapshot:
        ids = ["news:a", "news:b", "old:a", "old:c", "old:news:x"]
        assert [each.id for each in snapshot.articles()] == ids
        assert [each.article_id for each in snapshot.all_passages()] == ids
        by_text = snapshot.article_with_text(of_text("Fog."))
        assert by_text is not None
        assert by_text.id == "old:c"
        assert snapshot.article_with_text(of_text("None.")) is None


def test_articles_are_counted_over_all_archives(papers: Opened) -> None:
    with papers.store.snapshot() as snapshot:
        assert (snapshot.count_articles(), snapshot.count_undated()) == (5, 4)
        assert snapshot.count_partly_read() == 0
        assert snapshot.count_by("language") == {"en": 4, "de": 1}
        assert set(snapshot.languages()) <= {"de", "en"}


def test_titles_are_of_every_archive(papers: Opened) -> None:
    with papers.store.snapshot() as snapshot:
        assert [i for _, i in snapshot.titles(3)] == ["news:a", "news:b", "old:a"]
        assert [i for _, i in snapshot.titles(2)] == ["news:a", "old:a"]
        assert len(snapshot.titles(99)) == 5


def test_a_filter_by_article_leaves_its_archive(papers: Opened) -> None:
    with papers.store.snapshot() as snapshot:
        for identity, found in (("old:a", ["old:a"]), ("c", ["old:c"]), ("old:z", [])):
            only = SearchFilter.of(article=identity)
            ids = snapshot.among(list(snapshot.passages(range(99))), only)
            assert [p.article_id for p in snapshot.passages(ids).values()] == found

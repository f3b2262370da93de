"""Access to the articles of an index."""

from collections.abc import Callable
from pathlib import Path

import pytest

from index.errors import ArchiveError, UnknownArticleError
from index.store.base.article_page import ArticlePage, PageRequest
from index.store.doors import open_store
from qa.audit.citations_in import in_json
from qa.catalogue import Catalogue
from tests.support.fakes import FakeEncoder
from tests.support.written import WrittenIndex, article

FILES = {
    "b.txt": "Bridge opened\n\nThe mayor opened the bridge on Monday.",
    "2025-10-28.txt": "It rained.",
    "c.txt": "渡轮九点开航。",
}


@pytest.fixture
def catalogue(make: Callable[..., object], tmp_path: Path) -> Catalogue:
    make(FILES)
    return Catalogue(open_store(tmp_path / "index"))


def test_articles_are_found_by_id(catalogue: Catalogue) -> None:
    assert catalogue.article("c.txt").text == FILES["c.txt"]
    with pytest.raises(ArchiveError, match="no article with the id 'nope'"):
        catalogue.article("nope")


@pytest.mark.parametrize(("odd", "shown"), [("\0", r"\\x00"), ("c\ud800", r"c\\ud800")])
def test_nothing_matches_what_is_no_text(where: str, odd: str, shown: str) -> None:
    """Neither database is asked: they differ in how they fail."""
    WrittenIndex(where, FakeEncoder()).publish(article("c", "Fog."))
    catalogue = Catalogue(open_store(where))
    with pytest.raises(ArchiveError, match=f"no article with the id '{shown}'$"):
        catalogue.article(odd)
    assert catalogue.listing(PageRequest(words=odd)) == ArticlePage((), 0)


def test_passages_are_those_of_the_index(make: Callable[..., object], tmp_path: Path) -> None:
    make({"long.txt": " ".join(f"Ship {n} came into the harbour." for n in range(200)), **FILES})
    store = open_store(tmp_path / "index")
    with store.snapshot() as snapshot:
        stored = [p for p in snapshot.all_passages() if p.article_id == "long.txt"]
    catalogue = Catalogue(store)
    assert len(stored) > 4
    assert catalogue.passages("long.txt", 0, 999) == stored
    assert catalogue.passages("long.txt", 1, 2) == stored[1:3]
    assert catalogue.passages("long.txt", 999, 2) == []
    with pytest.raises(UnknownArticleError):
        catalogue.passages("nope", 0, 1)


def test_citations_are_judged_in_their_order(catalogue: Catalogue) -> None:
    sound = in_json({"permalink": catalogue.permalink("c.txt")}, "")
    wrong = in_json([{"article_id": "c.txt", "start": 0, "end": 3, "text": "xyz"}], "")
    verdicts = catalogue.verify([*wrong, *sound])
    assert [verdict.status for verdict in verdicts] == ["gone", "unchanged"]


def test_articles_are_ordered_by_id(catalogue: Catalogue) -> None:
    assert [article.id for article in catalogue.articles()] == sorted(FILES)
    assert catalogue.titles(2) == [("2025-10-28.txt", "2025-10-28.txt"), ("Bridge opened", "b.txt")]


def test_articles_are_counted(catalogue: Catalogue) -> None:
    assert len(catalogue) == 3
    assert catalogue.count_undated() == 2
    assert catalogue.languages() == ["en", "zh"]


def test_a_page_of_the_table_is_filtered(catalogue: Catalogue) -> None:
    page = catalogue.listing(PageRequest(words="bridge"))
    assert (page.total, [row.id for row in page.rows]) == (1, ["b.txt"])


def test_a_new_build_is_seen(catalogue: Catalogue, make: Callable[..., object]) -> None:
    make({"c.txt": None})
    assert len(catalogue) == 2
    with pytest.raises(ArchiveError, match=r"c\.txt"):
        catalogue.article("c.txt")


def test_the_folder_is_that_of_the_index(catalogue: Catalogue, tmp_path: Path) -> None:
    assert catalogue.folder == tmp_path / "index"
    assert catalogue.where == str(tmp_path / "index")


def test_permalinks_are_made_and_followed(catalogue: Catalogue) -> None:
    evidence = catalogue.locate(catalogue.permalink("c.txt"))
    assert (evidence.status, evidence.text) == ("unchanged", FILES["c.txt"])
    with pytest.raises(ArchiveError, match="no article with the id 'nope'"):
        catalogue.permalink("nope")
    with pytest.raises(ArchiveError, match="is no permalink"):
        catalogue.locate("/#/a/nope")


def test_earlier_versions_are_told_also_of_an_article_that_is_gone(
    catalogue: Catalogue, make: Callable[..., object]
) -> None:
    assert catalogue.versions("c.txt") == []
    make({"b.txt": "The mayor closed the bridge.", "c.txt": None})
    (earlier,) = catalogue.versions("b.txt")
    assert earlier.text == FILES["b.txt"]
    assert earlier.sentences == 2
    (gone,) = catalogue.versions("c.txt")
    assert (gone.text, gone.sentences) == (FILES["c.txt"], 0)
    for odd in ("nope", "\0"):
        with pytest.raises(ArchiveError, match="no article with the id"):
            catalogue.versions(odd)

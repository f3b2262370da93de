"""What several archives do not do together."""

from collections.abc import Callable

import pytest

from index.errors import ArchiveError
from index.store.doors import open_store
from index.store.several.store import SeveralStore
from tests.support.several import Opened
from tests.support.written import article

from .conftest import Several


@pytest.fixture
def papers(several: Several) -> Opened:
    return several(news=[article("a", "Fog over Ulm.")], old=[article("b", "Fog in Bonn.")])


@pytest.mark.parametrize(
    "change",
    [
        lambda store: store.place,
        lambda store: store.set_note("x", "y"),
        lambda store: store.forget_versions(["news:a"]),
        lambda store: store.repair(),
    ],
)
def test_archives_are_changed_one_at_a_time(
    papers: Opened, change: Callable[[SeveralStore], object]
) -> None:
    with pytest.raises(ArchiveError, match=r"several archives \(news, old\): name one"):
        change(papers.store)


def test_a_note_holds_for_one_archive_alone(papers: Opened) -> None:
    open_store(papers.places["old"]).set_note("x", "y")
    assert papers.store.note("x") is None
    assert papers.store.narrowed(["old"]).note("x") == "y"


def test_problems_and_sizes_are_those_of_all(papers: Opened) -> None:
    assert papers.store.problems() == []
    assert {name.partition("/")[0] for name in papers.store.sizes()} == {"news", "old"}
    assert papers.store.where == "news, old"

"""The table of articles of several archives is sorted as one table."""

import random
from dataclasses import replace

import pytest

from index.store.base.article_page import SORTS, PageRequest
from index.store.doors import open_store
from tests.support.several import made_up

from .conftest import Several


@pytest.mark.parametrize("descending", [False, True])
@pytest.mark.parametrize("sort", SORTS)
def test_pages_follow_one_another_as_in_one_table(
    several: Several, sort: str, descending: bool
) -> None:
    articles = made_up(random.Random(3), 41)
    articles = [replace(a, title=None if n % 7 == 0 else a.title) for n, a in enumerate(articles)]
    one = several(a=articles[:30], b=articles[30:33], c=articles[33:], whole=articles)
    whole = open_store(one.places["whole"])
    request = PageRequest(sort=sort, descending=descending, size=4)
    with one.store.narrowed(["a", "b", "c"]).snapshot() as together, whole.snapshot() as single:
        for page in range(12):
            asked = replace(request, page=page)
            mine, theirs = together.listing(asked), single.listing(asked)
            assert [row.id.partition(":")[2] for row in mine.rows] == [r.id for r in theirs.rows]
            assert all(row.id.startswith(f"{row.archive}:") for row in mine.rows)
            assert mine.total == theirs.total == 41
        assert together.listing(replace(request, page=10**8)).rows == ()


def test_one_archive_is_listed_alone(several: Several) -> None:
    articles = made_up(random.Random(3), 9)
    store = several(a=articles[:5], b=articles[5:]).store
    with store.snapshot() as snapshot:
        listing = snapshot.listing(PageRequest(archive="b"))
        assert (listing.total, {row.archive for row in listing.rows}) == (4, {"b"})
        assert snapshot.listing(PageRequest(words="nowhere")).total == 0

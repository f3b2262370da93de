"""Requests for a page of the table of articles are checked before a store sees them."""

from typing import Any

import pytest

from index import ArchiveError
from index.store.base.article_page import MAX_PAGE_NUMBER, MAX_PAGE_SIZE, SORTS, PageRequest


@pytest.mark.parametrize("sort", SORTS)
def test_every_column_can_be_sorted_by(sort: str) -> None:
    assert PageRequest(sort=sort).sort == sort


@pytest.mark.parametrize(
    "fields",
    [
        {"page": 0, "size": 1},
        {"page": MAX_PAGE_NUMBER, "size": MAX_PAGE_SIZE},
        {"words": "x" * 200},
    ],
)
def test_limits_are_inclusive(fields: dict[str, Any]) -> None:
    PageRequest(**fields)


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"sort": "text; DROP TABLE article"}, "cannot sort by 'text; DROP .*sort by title, date"),
        ({"page": -1}, "there is no page -1"),
        ({"page": MAX_PAGE_NUMBER + 1}, "there is no page 1000000001"),
        ({"size": 0}, "of 0 rows"),
        ({"size": MAX_PAGE_SIZE + 1}, "of 201 rows.*1 to 200 rows"),
        ({"words": "x" * 1000}, "1,000 characters are too many to look for: use at most 200"),
    ],
)
def test_an_impossible_request_is_an_error(fields: dict[str, Any], message: str) -> None:
    with pytest.raises(ArchiveError, match=message):
        PageRequest(**fields)


@pytest.mark.parametrize("words", ["\0", "fog\ud800"])
def test_no_article_holds_what_is_no_text(words: str) -> None:
    assert not PageRequest(words=words).can_match
    assert PageRequest(words="fog 😀").can_match

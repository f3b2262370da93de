"""The key of a button that opens a source; buttons of others do no harm."""

from dataclasses import replace

import pytest

from qa.chat.panel.source_key import cited, parse_key, source_key
from tests.support.chats import ARTICLE, SENTENCE, TEXT, citation


def test_a_key_names_the_cited_text() -> None:
    start = TEXT.index(SENTENCE)
    found = citation(SENTENCE)
    assert parse_key(source_key(found)) == (start, start + len(SENTENCE), "a.txt")
    odd = replace(found, article_id="a-b/c d\n<e>.pdf")
    assert parse_key(source_key(odd)) == (start, start + len(SENTENCE), "a-b/c d\n<e>.pdf")
    whole = replace(found, start=0, end=len(TEXT), text="")
    assert parse_key(source_key(whole)) == (0, 0, "a.txt")


@pytest.mark.parametrize(
    "key", ["", "-", "--", "1-2-", "a-b-c", "1", "-1-2-a", "1.5-2-a", "²-3-a", f"{'9' * 30}-1-a"]
)
def test_what_is_no_key(key: str) -> None:
    assert parse_key(key) is None


def test_offsets_outside_of_the_text_cite_nothing() -> None:
    assert cited(ARTICLE, 2, 5) == (2, 5)
    assert cited(ARTICLE, 5, 2) == (0, 0)
    assert cited(ARTICLE, 0, len(TEXT) + 1) == (0, 0)

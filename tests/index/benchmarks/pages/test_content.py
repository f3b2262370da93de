"""The texts of generated pages: twenty languages, each complete and without repetitions."""

import pytest

from index.benchmarks.pages.content import languages, make_content


def test_there_are_twenty_languages() -> None:
    assert len(languages()) == 20


@pytest.mark.parametrize("language", languages())
def test_no_segment_occurs_twice(language: str) -> None:
    content = make_content(language, 3)
    segments = [
        *content.sentences, *content.related, *content.cookies, *content.paywall,
        *content.comments, content.caption, content.title, content.newsletter, content.footer,
    ]  # fmt: skip
    assert len(segments) == len(set(segments))
    assert len(content.sentences) == 18


def test_the_same_seed_gives_the_same_content() -> None:
    assert make_content("en", 3) == make_content("en", 3) != make_content("en", 4)

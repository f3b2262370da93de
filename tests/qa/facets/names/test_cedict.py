"""What the dictionary's glosses name."""

import pytest

from qa.facets.names import cedict


@pytest.mark.parametrize(
    ("word", "kind", "key"),
    [
        ("普京", "person", "vladimir putin"),
        ("世界卫生组织", "organisation", "world health organization"),
        ("广东省", "place", "guangdong"),
        ("莫斯科", "place", "moscow"),
    ],
)
def test_names_are_told_by_their_glosses(word: str, kind: str, key: str) -> None:
    assert cedict.named()[word] == (kind, key)


@pytest.mark.parametrize("word", ["夏朝", "首相", "天气", "首席大法官"])
def test_dynasties_titles_and_common_words_are_no_names(word: str) -> None:
    assert word not in cedict.named()


def test_the_glosses_tell_common_words_and_given_names() -> None:
    assert {"bridge", "apple"} <= cedict.common_words()
    assert "zelensky" not in cedict.common_words()
    assert "Vladimir" in cedict.given_names()
    assert "world health organization" in cedict.english_organisations()

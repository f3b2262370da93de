"""The fields of "Narrow the search" as values."""

import pytest

from index.errors import ArchiveError
from index.store.base.search_filter import SearchFilter
from qa.chat.filter_choices import ANY, LONGEST, articles, days_html, languages, only


@pytest.mark.parametrize("days", [None, "", 5, [], {}, {"after": None}])
def test_no_days_are_all_days(days: object) -> None:
    assert not SearchFilter.of(**only(days, None, None))


def test_a_day_that_was_not_finished_is_refused() -> None:
    with pytest.raises(ArchiveError, match="must be a day like 2025-10-28, not 'unfinished'"):
        SearchFilter.of(**only({"after": "unfinished"}, "", ""))


def test_both_fields_are_there_with_what_may_be_wrong() -> None:
    shown = days_html()
    for name in ("after", "before"):
        assert f'type="date" name="{name}"' in shown
    assert shown.count("This is not a whole day yet.") == 2


def test_languages_are_named_in_both_of_the_pages_languages() -> None:
    assert languages(["zh", "sv"]) == [ANY, ("Chinese · 中文", "zh"), ("sv", "sv")]


def test_articles_are_named_by_their_titles_and_the_chosen_one_is_among_them() -> None:
    listed = articles([("A\u202e title", "a"), (None, "b.txt"), ("x" * 200, "c")], "d")
    assert listed[:3] == [ANY, ("A title", "a"), ("b.txt", "b.txt")]
    assert len(listed[3][0]) == LONGEST
    assert listed[4:] == [("d", "d")]
    assert articles([("A", "a")], "a") == [ANY, ("A", "a")]


def test_a_title_that_asks_gradio_for_other_words_keeps_its_own() -> None:
    (_, (label, _)) = articles([('a __i18n__{"key": "again"}', "a")])
    assert "__i18n__" not in label
    assert label.replace("\u2060", "") == 'a __i18n__{"key": "again"}'

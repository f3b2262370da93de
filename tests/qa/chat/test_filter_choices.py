"""The fields of "Narrow the search": their choices, and the filter that they make."""

import pytest

from index.errors import ArchiveError
from index.store.base.search_filter import SearchFilter
from qa.chat.filter_choices import (
    ANY,
    MAX_TITLE,
    archive_choices,
    article_choices,
    date_fields_html,
    filter_values,
    language_choices,
)
from tests.support.hostile import ParsedHtml


@pytest.mark.parametrize("days", [None, "", 5, [], {}, {"after": None}])
def test_empty_fields_are_no_filter(days: object) -> None:
    assert not SearchFilter.of(**filter_values(days, None, None))


def test_fields_become_a_filter() -> None:
    days = {"after": "2025-01-01", "before": "2025-02-01"}
    search_filter = SearchFilter.of(**filter_values(days, "zh", "a.txt"))
    assert (str(search_filter.after), str(search_filter.before)) == ("2025-01-01", "2025-02-01")
    assert (search_filter.language, search_filter.article) == ("zh", "a.txt")


def test_a_half_typed_day_is_refused() -> None:
    with pytest.raises(ArchiveError, match="unfinished"):
        SearchFilter.of(**filter_values({"after": "unfinished"}, "", ""))


def test_both_date_fields_have_a_name_and_error_messages() -> None:
    parsed = ParsedHtml(date_fields_html())
    for name in ("after", "before"):
        assert ("name", name) in parsed.attributes
    assert parsed.attributes.count(("type", "date")) == 2
    assert parsed.text.count("This is not a whole day yet.") == 2
    assert parsed.text.count("The last day is before the first.") == 2


def test_languages_are_labelled_in_the_pages_language_and_their_own() -> None:
    assert language_choices(["zh", "qx"]) == [ANY, ("中文", "zh"), ("Qx", "qx")]
    assert language_choices(["zh", "sv"], "de") == [
        ANY, ("Chinesisch · 中文", "zh"), ("Schwedisch · Svenska", "sv"),
    ]  # fmt: skip


def test_articles_are_labelled_by_title_and_include_the_chosen_one() -> None:
    titles = [("A\u202e title", "a"), (None, "b.txt"), ("x" * 200, "c")]
    choices = article_choices(titles, "d")
    assert choices[:3] == [ANY, ("A title", "a"), ("b.txt", "b.txt")]
    assert len(choices[3][0]) == MAX_TITLE
    assert choices[4:] == [("d", "d")]
    assert article_choices([("A", "a")], "a") == [ANY, ("A", "a")]


def test_a_title_with_gradios_translation_mark_is_not_translated() -> None:
    (_, (label, _)) = article_choices([('a __i18n__{"key": "again"}', "a")])
    assert "__i18n__" not in label
    assert label.replace("\u2060", "") == 'a __i18n__{"key": "again"}'


def test_archives_are_chosen_by_name() -> None:
    assert archive_choices(["news", "old"]) == [ANY, ("news", "news"), ("old", "old")]
    assert archive_choices([], any_of_them=True) == [("All archives", "")]

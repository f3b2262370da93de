"""The text and the id of a record are checked before it becomes an article."""

import pytest

from index.errors import UnreadableError
from index.formats.records.record import record_from


def test_text_id_and_metadata_are_kept() -> None:
    fields = {"text": " Nine ships.\n", "id": 7, "title": "Ships"}
    record = record_from(fields, "a#1")
    assert (record.place, record.text, record.id) == ("a#1", " Nine ships.\n", "7")
    assert record.metadata is fields
    assert record_from({"text": "x"}, "a#1").id is None


@pytest.mark.parametrize(("identity", "name"), [(1.0, "1"), (-3.0, "-3"), (float("nan"), None)])
def test_whole_numbers_that_a_table_holds_as_floats(identity: float, name: str | None) -> None:
    assert record_from({"text": "x", "id": identity}, "a#1").id == name


@pytest.mark.parametrize("text", [None, "", " \n", 3, "a\0b", "\ud800"])
def test_a_text_without_words_or_with_broken_ones_is_refused(text: object) -> None:
    with pytest.raises(UnreadableError, match="'text'"):
        record_from({"text": text}, "a#1")


@pytest.mark.parametrize("identity", ["", "a\nb", " a", True, 1.5, 1e300, float("inf")])
def test_an_id_is_one_line_of_text(identity: object) -> None:
    with pytest.raises(UnreadableError, match="'id' must be"):
        record_from({"text": "x", "id": identity}, "a#1")

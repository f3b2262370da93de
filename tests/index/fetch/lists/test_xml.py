"""XML is read as far as it can be understood, in a time that grows with its size."""

import contextlib
from collections.abc import Callable, Iterable
from typing import Any

import pytest

from index.fetch.failures import UnfitError
from index.fetch.lists.xml import MAX_HELD, entries_of, stream_entries
from tests.support.quick import quick

Read = Callable[..., Iterable[Any]]
both = pytest.mark.parametrize("read", [entries_of, stream_entries])


def texts(read: Read, data: bytes) -> list[str | None]:
    return [element.text for element in read(data, "item")]


@both
def test_entries_are_found_in_any_namespace(read: Read) -> None:
    data = b"<a><item>1</item><b/><x:ITEM xmlns:x='y'>2</x:ITEM></a>"
    assert texts(read, data) == ["1", "2"]


@both
@pytest.mark.parametrize(
    "odd", [b"&nbsp;", b"a & b", b"&x=1", b"\xff", b"\x0b", b"<!-- -->", b"]]>"]
)
def test_what_is_not_well_formed_is_read_all_the_same(read: Read, odd: bytes) -> None:
    assert texts(read, b"<a><item>1</item>" + odd + b"<item>2</item>") == ["1", "2"]


def test_a_feed_may_hold_a_bare_less_than_sign() -> None:
    assert texts(entries_of, b"<a><item>1</item> 3 < 4 <item>2</item>") == ["1", "2"]


@both
def test_what_is_no_xml_is_refused_or_empty(read: Read) -> None:
    for data in (b"", b"Nine ships.", b"<", b"\x00" * 99):
        with contextlib.suppress(UnfitError):
            assert texts(read, data) == []


def test_an_entry_without_end_is_refused() -> None:
    with pytest.raises(UnfitError, match="an entry that does not end"):
        texts(stream_entries, b"<a><item>" + b"<b/>" * (MAX_HELD + 1))


@both
@pytest.mark.parametrize(
    "piece",
    [b"<item>", b"</item>", b"<item/>", b"\n", b"[", b"<!DOCTYPE ", b"<!--", b"<![CDATA[", b"&a;",
     b"<a b='", b"<?x", b"\x00", b"<x:y>"],
)  # fmt: skip
def test_the_time_grows_with_the_size(read: Read, piece: bytes) -> None:
    with quick():
        for head in (b"", b"<item>", b"<!DOCTYPE a [<!ENTITY a 'b'>]><item>"):
            with contextlib.suppress(UnfitError):
                texts(read, head + piece * (500_000 // len(piece)))

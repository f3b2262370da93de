"""Names by case, script, short and full form."""

import pytest

from qa.agreement.names import is_name, other_name, same_name


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Clara Weyland", "CLARA WEYLAND"),
        ("Clara Weyland", "Weyland"),
        ("President Clara Weyland", "Weyland"),
        ("Baltmar Shipping", "Baltmar"),
        ("the UN", "United Nations"),
        ("U.N.", "United Nations"),
        ("省长周建国", "周建国"),
        ("周建國", "周建国"),
        ("梅溪镇", "梅溪"),
    ],
)
def test_the_same_name(one: str, other: str) -> None:
    assert same_name(one, other)
    assert same_name(other, one)
    assert not other_name(one, other)


@pytest.mark.parametrize(
    ("one", "other", "surely"),
    [
        ("Clara Weyland", "Ruben Osk", True),
        ("陈立明", "王海涛", True),
        ("Ann Lee", "Bob Lee", False),
        ("高市早苗", "Sanae Takaichi", False),
    ],
)
def test_another_name(one: str, other: str, surely: bool) -> None:
    assert not same_name(one, other)
    assert other_name(one, other) is surely


def test_what_is_a_name() -> None:
    assert is_name("the city of Lisvik")
    assert not is_name("the last train of the day")
    assert not is_name("因为昨天夜里下了一整夜的大雨")
    assert not is_name("")

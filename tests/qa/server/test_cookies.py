"""Cookies are read in time that grows with their length."""

import pytest

from qa.server.cookies import cookie, is_slow
from qa.server.identity.gate import Caller, session_id
from qa.server.page_language import page_language
from tests.support.quick import quick

SLOW = 'a="' + "\\" * 60_000 + '"'


@pytest.mark.parametrize(
    ("header", "value"),
    [("", ""), ("n", ""), ("n=", ""), ("n=1", "1"), ("a=n=1;n=2", "2"), (' n=1 ;; n="2";', "2"),
     ("N=1; xn=2", "")],
)  # fmt: skip
def test_the_last_cookie_of_a_name_counts(header: str, value: str) -> None:
    assert cookie(header, "n") == value


def test_nobody_waits_for_a_cookie() -> None:
    with quick():
        assert session_id({"cookie": SLOW, "host": "a:1"}, Caller()) == ""
        assert page_language({"cookie": SLOW}) == "en"
    assert is_slow(SLOW)
    assert not is_slow("a" * 60_000)

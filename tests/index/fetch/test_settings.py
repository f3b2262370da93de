"""Options are checked, and every request says who asks."""

from typing import Any

import pytest

from index.errors import ArchiveError
from index.fetch.settings import Settings
from tests.support.quick import quick


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"limit": 0}, "--limit must be at least 1, not 0"),
        ({"rate": -1}, "--rate must be 0 to 3600 seconds, not -1"),
        ({"rate": float("nan")}, "--rate must be 0 to 3600 seconds, not nan"),
        ({"contact": "me\r\nX-Evil: 1"}, "--contact must be an address"),
        ({"contact": "me) (you"}, "--contact must be an address"),
        ({"contact": "mü@example.org"}, "--contact must be an address"),
    ],
)
def test_options_that_make_no_sense_are_refused(options: dict[str, Any], message: str) -> None:
    with pytest.raises(ArchiveError, match=message):
        Settings(**options)


def test_the_user_agent_says_who() -> None:
    assert Settings().user_agent.startswith("archive-qa/")
    assert Settings(contact="me@example.org").user_agent.endswith("; me@example.org)")


def test_a_glob_takes_no_longer_than_the_address() -> None:
    with quick():
        assert not Settings(match="*a" * 200 + "b").matches("a" * 2000)
    assert Settings(match="*/news/*").matches("https://example.org/news/a")

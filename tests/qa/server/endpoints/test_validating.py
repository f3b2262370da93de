"""Endpoints check their values; those of one archive have no name for it."""

import asyncio
from collections.abc import Awaitable
from inspect import signature
from typing import Any

import pytest
from pydantic import TypeAdapter

from index.errors import ArchiveError
from qa.server.endpoints.validating import Endpoint, completed, validated, without


def run(call: Awaitable[Any]) -> Any:
    async def waiting() -> Any:
        return await call

    return asyncio.run(waiting())


async def endpoint(k: int = 1, archive: str = "") -> tuple[int, str]:
    """Return what it is given."""
    return k, archive


def test_a_value_of_a_wrong_type_is_an_error_for_people() -> None:
    checked = validated(endpoint)
    assert run(checked(k=3, archive="news")) == (3, "news")
    with pytest.raises(ArchiveError, match="'k': Input should be a valid integer"):
        run(checked(k="many"))


def test_a_parameter_may_be_left_out() -> None:
    alone = without(validated(endpoint), "archive")
    assert list(signature(alone).parameters) == ["k"]
    assert (alone.__name__, alone.__doc__) == (endpoint.__name__, endpoint.__doc__)
    assert run(alone(k=3)) == (3, "")
    function: Any = alone  # pydantic takes functions; its annotation names types alone
    schema = TypeAdapter(function).json_schema()
    assert list(schema["properties"]) == ["k"]


async def needing(question: str, k: int = 1) -> None:
    """Take at least a question."""


async def nothing() -> None:
    """Take nothing."""


def test_values_that_are_left_out_have_their_defaults() -> None:
    assert completed(needing, ["Who?"]) == ["Who?", 1]
    assert completed(needing, ("Who?", 3)) == ["Who?", 3]
    assert completed(nothing, []) == []


@pytest.mark.parametrize(
    ("function", "values", "message"),
    [
        (needing, [], "'needing' takes 1 to 2 values, not 0: question, k"),
        (needing, ["Who?", 1, ""], "'needing' takes 1 to 2 values, not 3: question, k"),
        (nothing, [1], "'nothing' takes 0 values, not 1"),
    ],
)
def test_a_wrong_number_of_values_is_an_error_for_people(
    function: Endpoint, values: list[Any], message: str
) -> None:
    with pytest.raises(ArchiveError) as raised:
        completed(function, values)
    assert str(raised.value) == message

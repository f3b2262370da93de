"""Endpoints check their values; those of one archive have no name for it."""

import asyncio
from collections.abc import Awaitable
from inspect import signature
from typing import Any

import pytest
from pydantic import TypeAdapter

from index.errors import ArchiveError
from qa.server.endpoints.validating import of_one_archive, validated


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


def test_an_endpoint_of_one_archive_is_as_it_always_was() -> None:
    alone = of_one_archive(validated(endpoint))
    assert list(signature(alone).parameters) == ["k"]
    assert (alone.__name__, alone.__doc__) == (endpoint.__name__, endpoint.__doc__)
    assert run(alone(k=3)) == (3, "")
    function: Any = alone  # pydantic takes functions; its annotation names types alone
    schema = TypeAdapter(function).json_schema()
    assert list(schema["properties"]) == ["k"]

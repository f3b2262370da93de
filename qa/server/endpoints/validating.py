"""The values of endpoints: what they mean, that they are checked, and those of one archive."""

from collections.abc import Awaitable, Callable
from functools import update_wrapper, wraps
from inspect import signature
from typing import Annotated, Any

from pydantic import Field, ValidationError, validate_call

from index.errors import ArchiveError

Endpoint = Callable[..., Awaitable[Any]]

After = Annotated[
    str, Field(description="Only articles of this day or later, like 2025-10-28. Empty: any.")
]
Before = Annotated[
    str, Field(description="Only articles of this day or earlier, like 2025-10-31. Empty: any.")
]
Language = Annotated[
    str, Field(description="Only passages in this language, like en or zh. Empty: any.")
]
ArchiveName = Annotated[
    str,
    Field(description="Of several archives, only the one of this name, as `archive`. Empty: all."),
]
ArticleId = Annotated[
    str,
    Field(description="Only the article with this id, as `article_id` gives it. Empty: any."),
]


def of_one_archive(endpoint: Endpoint) -> Endpoint:
    """Return an endpoint without the parameter that names one of several archives.

    Clients of Gradio give all values by position, so that one more would break them.
    """

    async def call(**values: Any) -> Any:
        return await endpoint(**values)

    given = signature(endpoint)
    shown = [p for p in given.parameters.values() if p.name != "archive"]
    update_wrapper(call, endpoint)
    del call.__dict__["__wrapped__"]  # it would be looked into instead
    call.__signature__ = given.replace(parameters=shown)  # type: ignore[attr-defined]
    hints = {n: h for n, h in endpoint.__annotations__.items() if n != "archive"}
    call.__annotations__ = hints
    return call


def validated(endpoint: Endpoint) -> Endpoint:
    """Wrap an endpoint so that values of a wrong type raise ArchiveError instead."""
    checked = validate_call(endpoint)

    @wraps(endpoint)
    async def call(**values: Any) -> Any:
        try:
            return await checked(**values)
        except ValidationError as error:
            first = error.errors(include_url=False)[0]
            raise ArchiveError(f"'{first['loc'][0]}': {first['msg']}") from None

    return call

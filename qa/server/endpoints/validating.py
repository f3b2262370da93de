"""The values of endpoints: what they mean, how many there are, and that they are checked."""

from collections.abc import Awaitable, Callable, Sequence
from functools import update_wrapper, wraps
from inspect import Parameter, signature
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
Names = Annotated[
    tuple[str, ...],
    Field(description="Only articles that name all of these people, places or organisations."),
]
ArticleId = Annotated[
    str,
    Field(description="Only the article with this id, as `article_id` gives it. Empty: any."),
]


def without(endpoint: Endpoint, name: str) -> Endpoint:
    """Return an endpoint that does not show one of its parameters, and leaves it at its default.

    Clients give values by position, so that one that means nothing here would be in their way.
    """

    async def call(**values: Any) -> Any:
        return await endpoint(**values)

    given = signature(endpoint)
    shown = [p for p in given.parameters.values() if p.name != name]
    update_wrapper(call, endpoint)
    del call.__dict__["__wrapped__"]  # it would be looked into instead
    call.__signature__ = given.replace(parameters=shown)  # type: ignore[attr-defined]
    call.__annotations__ = {n: h for n, h in endpoint.__annotations__.items() if n != name}
    return call


def completed(endpoint: Endpoint, values: Sequence[Any]) -> list[Any]:
    """Return the values of a call by position, with the defaults of those that are left out.

    Raises:
        ArchiveError: There are too many, or too few.
    """
    parameters = list(signature(endpoint).parameters.values())
    needed = [p for p in parameters if p.default is Parameter.empty]
    if not len(needed) <= len(values) <= len(parameters):
        name, most = endpoint.__name__, len(parameters)
        takes = f"{len(needed)} to {most}" if len(needed) < most else str(most)
        listed = f": {', '.join(p.name for p in parameters)}" if parameters else ""
        raise ArchiveError(f"'{name}' takes {takes} values, not {len(values)}{listed}")
    return [*values, *(p.default for p in parameters[len(values) :])]


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

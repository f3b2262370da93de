"""The endpoints of `qa/server/endpoints/` as named events of the page's Gradio application."""

import logging
from collections.abc import Mapping, Sequence
from functools import wraps
from inspect import Parameter, signature
from typing import Any

import gradio as gr
from gradio.events import api

from index.errors import ArchiveError, NoIndexError, StorageError
from qa.accounts.roles import Role
from qa.server.endpoints.api import Endpoint
from qa.server.endpoints.validating import completed

from .visiting import visitor

UNREADABLE = "the index cannot be read now"


class ApiBlocks(gr.Blocks):
    """Blocks with endpoints, whose values may end early and are never too many.

    Gradio by itself passes over what is too much, and says nothing of what is too little.
    """

    endpoints: Mapping[str, Endpoint] = {}

    async def preprocess_data(
        self, block_fn: Any, inputs: Sequence[Any], *rest: Any, **options: Any
    ) -> Any:
        """Return the values that an event's function takes."""
        if endpoint := self.endpoints.get(str(block_fn.api_name)):
            try:
                inputs = completed(endpoint, inputs)
            except ArchiveError as error:
                raise gr.Error(str(error), print_exception=False) from None
        return await super().preprocess_data(block_fn, [*inputs], *rest, **options)


def add_api(blocks: ApiBlocks, endpoints: Mapping[str, Endpoint]) -> None:
    """Add the endpoints to blocks that are open."""
    blocks.endpoints = endpoints
    for name, endpoint in endpoints.items():
        if name == "rebuild":
            api(_event(endpoint), api_name=name, concurrency_limit=1)
        else:  # limited by their own queue, which clients cannot bypass as they can Gradio's
            api(_event(endpoint), api_name=name, queue=False)


def _event(endpoint: Endpoint) -> Endpoint:
    """Adapt an endpoint to Gradio: values by position, and errors shown without a traceback."""
    shape = signature(endpoint)
    names = list(shape.parameters)

    @wraps(endpoint)
    async def call(browser: gr.Request, *values: Any) -> Any:
        sender = visitor(browser)
        try:
            sender.call(endpoint.__name__)
            return await endpoint(**dict(zip(names, values, strict=True)))
        except ArchiveError as error:
            why = str(error)
            # such a message names folders and addresses, which concern those who build
            if isinstance(error, StorageError | NoIndexError) and not sender.may(Role.ADD):
                logging.error("the endpoint '%s' failed: %s", endpoint.__name__, error)
                why = UNREADABLE
            raise gr.Error(why, print_exception=False) from None

    # Gradio finds by its type what it is to give: the request, before the endpoint's own values
    sender = Parameter("browser", Parameter.POSITIONAL_OR_KEYWORD, annotation=gr.Request)
    shaped: Any = call
    shaped.__signature__ = shape.replace(parameters=[sender, *shape.parameters.values()])
    shaped.__annotations__ = {"browser": gr.Request, **endpoint.__annotations__}
    return call

"""The endpoints of `qa/server/endpoints/` as named events of the page's Gradio application."""

from collections.abc import Mapping
from functools import wraps
from inspect import Parameter, signature
from typing import Any

import gradio as gr
from gradio.events import api

from index.errors import ArchiveError
from qa.server.endpoints.api import Endpoint

from .visiting import visitor


def add_api(endpoints: Mapping[str, Endpoint]) -> None:
    """Add the endpoints inside an open `gr.Blocks`."""
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
        try:
            visitor(browser).call(endpoint.__name__)
            return await endpoint(**dict(zip(names, values, strict=True)))
        except ArchiveError as error:
            raise gr.Error(str(error), print_exception=False) from None

    # Gradio finds by its type what it is to give: the request, before the endpoint's own values
    sender = Parameter("browser", Parameter.POSITIONAL_OR_KEYWORD, annotation=gr.Request)
    shaped: Any = call
    shaped.__signature__ = shape.replace(parameters=[sender, *shape.parameters.values()])
    shaped.__annotations__ = {"browser": gr.Request, **endpoint.__annotations__}
    return call

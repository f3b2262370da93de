"""The endpoints of `qa/server/api.py` as named events of the page's Gradio application."""

from collections.abc import Mapping
from functools import wraps
from inspect import signature
from typing import Any

import gradio as gr
from gradio.events import api

from index.errors import ArchiveError
from qa.server.api import Endpoint


def add_api(endpoints: Mapping[str, Endpoint]) -> None:
    """Add the endpoints inside an open `gr.Blocks`."""
    for name, endpoint in endpoints.items():
        if name == "rebuild":
            api(_event(endpoint), api_name=name, concurrency_limit=1)
        else:  # limited by their own queue, which clients cannot bypass as they can Gradio's
            api(_event(endpoint), api_name=name, queue=False)


def _event(endpoint: Endpoint) -> Endpoint:
    """Adapt an endpoint to Gradio: values by position, and errors shown without a traceback."""
    names = list(signature(endpoint).parameters)

    @wraps(endpoint)
    async def call(*values: Any) -> Any:
        try:
            return await endpoint(**dict(zip(names, values, strict=True)))
        except ArchiveError as error:
            raise gr.Error(str(error), print_exception=False) from None

    return call

"""Endpoints as named events of a Gradio application."""

import asyncio
from typing import Any

import gradio as gr
import pytest

from index.errors import ArchiveError
from qa.page.api_events import add_api
from qa.server.endpoints.api import Endpoint
from tests.support.gradio_pages import browser


async def search(question: str, k: int = 10) -> list[str]:
    """Find the question's words."""
    if not question:
        raise ArchiveError("the question is empty: ask something")
    return [question] * k


async def rebuild() -> dict[str, Any]:
    """Bring the index up to date."""
    return {}


def blocks_with(**endpoints: Endpoint) -> Any:
    """Make an application of these endpoints, in an event loop: Gradio would leave one open."""

    async def make() -> Any:
        with gr.Blocks(analytics_enabled=False) as blocks:
            add_api(endpoints)
        return blocks

    return asyncio.run(make())


def test_each_endpoint_is_an_event_of_its_name_parameters_and_description() -> None:
    info = blocks_with(search=search, rebuild=rebuild).get_api_info()["named_endpoints"]
    assert list(info) == ["/search", "/rebuild"]
    question, k = info["/search"]["parameters"]
    assert (question["parameter_name"], question["type"]) == ("question", {"type": "string"})
    assert (k["parameter_name"], k["parameter_default"]) == ("k", 10)
    assert info["/search"]["description"] == "Find the question's words."


def test_only_a_rebuild_waits_in_the_queue_of_gradio() -> None:
    events = blocks_with(search=search, rebuild=rebuild).fns.values()
    assert {event.api_name: event.queue for event in events} == {"search": False, "rebuild": True}
    assert [event.concurrency_limit for event in events if event.api_name == "rebuild"] == [1]


def test_values_come_by_position_and_errors_become_gradio_s() -> None:
    (event,) = blocks_with(search=search).fns.values()
    assert asyncio.run(event.fn(browser(), "golf", 2)) == ["golf", "golf"]
    with pytest.raises(gr.Error, match="the question is empty: ask something") as raised:
        asyncio.run(event.fn(browser(), "", 2))
    assert raised.value.print_exception is False

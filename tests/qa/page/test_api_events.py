"""Endpoints as named events of a Gradio application."""

import asyncio
from typing import Any

import gradio as gr
import pytest

from index.errors import ArchiveError, StorageError
from qa.accounts.roles import Role
from qa.page.api_events import ApiBlocks, add_api
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
        with ApiBlocks(analytics_enabled=False) as blocks:
            add_api(blocks, endpoints)
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


def test_values_may_end_early_and_are_never_too_many() -> None:
    blocks = blocks_with(search=search)
    (event,) = blocks.fns.values()
    assert asyncio.run(blocks.preprocess_data(event, ["golf"], None)) == ["golf", 10]
    with pytest.raises(gr.Error, match="'search' takes 1 to 2 values, not 3: question, k"):
        asyncio.run(blocks.preprocess_data(event, ["golf", 10, "more"], None))


async def articles() -> None:
    """Fail."""
    raise StorageError("the disk of '/srv/archive' is full")


def test_where_the_index_is_concerns_those_who_build_it(caplog: pytest.LogCaptureFixture) -> None:
    (event,) = blocks_with(articles=articles).fns.values()
    with pytest.raises(gr.Error, match="'/srv/archive' is full"):
        asyncio.run(event.fn(browser(role=Role.ADD)))
    with pytest.raises(gr.Error, match=r"^'the index cannot be read now'$"):
        asyncio.run(event.fn(browser(role=Role.ASK)))
    assert "/srv/archive" in caplog.text

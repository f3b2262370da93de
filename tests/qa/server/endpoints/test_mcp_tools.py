"""The tools for language models, over HTTP as their clients speak it."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from qa.accounts.roles import Role
from qa.server.identity.access import access_for
from tests.support.gates import Door
from tests.support.serving import served

pytest.importorskip("mcp", reason="the extra mcp is not installed")

ADDRESS = "/gradio_api/mcp/"
ACCEPT = {"accept": "application/json, text/event-stream"}


@pytest.fixture(scope="module")
def chat(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    with served(tmp_path_factory.mktemp("mcp"), mcp=True) as running:
        yield running


def rpc(chat: TestClient, method: str, **params: Any) -> Any:
    """Return the result of one JSON-RPC request."""
    request = {"jsonrpc": "2.0", "id": 1, "method": method, "params": params}
    response = chat.post(ADDRESS, json=request, headers=ACCEPT)
    assert response.status_code == 200, response.text
    (data,) = [line for line in response.text.splitlines() if line.startswith("data: ")]
    return json.loads(data.removeprefix("data: "))["result"]


def call(chat: TestClient, name: str, **arguments: Any) -> tuple[bool, str]:
    """Call a tool; return whether it failed, and its one text."""
    result = rpc(chat, "tools/call", name=name, arguments=arguments)
    (content,) = result["content"]
    return result.get("isError", False), content["text"]


def test_answer_and_search_are_the_only_tools(chat: TestClient) -> None:
    tools = rpc(chat, "tools/list")["tools"]
    assert [tool["name"] for tool in tools] == ["answer", "search"]
    for tool in tools:
        assert "\n" not in tool["description"]
        assert tool["inputSchema"]["required"] == ["question"]
        assert all(value["description"] for value in tool["inputSchema"]["properties"].values())
    for kind in ("resources", "prompts"):
        assert rpc(chat, f"{kind}/list")[kind] == []
    assert rpc(chat, "resources/templates/list")["resourceTemplates"] == []


def test_results_are_json(chat: TestClient) -> None:
    failed, text = call(chat, "answer", question="How many people did the ferry carry?")
    assert not failed
    assert json.loads(text)["text"] == "312 people"
    failed, text = call(chat, "search", question="ferry to Oban", k=2)
    assert not failed
    assert [hit["article_id"] for hit in json.loads(text)] == ["ferry", "bridge"]


@pytest.mark.parametrize(
    ("name", "arguments", "message"),
    [
        ("rebuild", {}, "Unknown tool: rebuild"),
        ("articles", {}, "Unknown tool: articles"),
        ("answer", {}, "'question' is a required property"),
        ("answer", {"question": 7}, "7 is not of type 'string'"),
        ("answer", {"question": "Who?", "folder": "/"}, "'folder' was unexpected"),
        ("answer", {"question": ""}, "the question is empty"),
        ("search", {"question": "golf", "k": 1000}, "k is 1,000: ask for at most 50"),
    ],
)
def test_wrong_calls_are_explained(
    name: str, arguments: dict[str, Any], message: str, chat: TestClient
) -> None:
    failed, text = call(chat, name, **arguments)
    assert failed
    assert message in text


def test_nothing_else_is_served_below_the_address(chat: TestClient) -> None:
    for path in ("sse", "schema", "messages/", "http/"):
        assert chat.get(f"{ADDRESS}{path}", headers=ACCEPT).status_code == 404


def test_the_guard_covers_the_tools(chat: TestClient, tmp_path: Path) -> None:
    access = access_for(["anna"], "127.0.0.1", environment={"ARCHIVE_QA_PASSWORD": "sesame"})
    with served(tmp_path, access, mcp=True) as guarded:
        assert guarded.post(ADDRESS, json={}, headers=ACCEPT).status_code == 401
        assert guarded.post(ADDRESS, json={}, auth=("anna", "sesame")).status_code != 401
    origin = {**ACCEPT, "origin": "http://evil.example"}
    assert chat.post(ADDRESS, json={}, headers=origin).status_code == 403


def test_without_the_option_there_are_no_tools(tmp_path: Path) -> None:
    with served(tmp_path) as chat:
        assert chat.post(ADDRESS, json={}, headers=ACCEPT).status_code in (404, 405)


def test_a_token_s_calls_are_noted(tmp_path: Path) -> None:
    door = Door(tmp_path / "door")
    with served(tmp_path, admission=door.admission, mcp=True) as chat:
        assert chat.post(ADDRESS, json={}, headers=ACCEPT).status_code == 401
        chat.headers.update(door.bearer(Role.ASK))
        failed, text = call(chat, "answer", question="How many people did the ferry carry?")
    assert not failed
    assert json.loads(text)["text"] == "312 people"
    assert door.noted() == [("ask", "asked")]

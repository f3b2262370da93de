"""The real chat, used as programs use it: Gradio's client, an MCP client, many people at once."""

import asyncio
import json
import random
import shutil
from collections.abc import Awaitable, Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import httpx
import pytest
from gradio_client import Client  # type: ignore[import-untyped]
from gradio_client.exceptions import (  # type: ignore[import-untyped]
    AppError,
    AuthenticationError,
)

from qa.benchmarks.page.people import Results, summary, visit
from qa.benchmarks.page.serving import RunningChat, run_chat
from qa.benchmarks.page.start import CHROMIUM
from qa.benchmarks.page.visitor import Visitor

pytest.importorskip("mcp", reason="the extra mcp is not installed")

ROOT = Path(__file__).parent.parent.parent
QUESTION = "Which golfer signed the golf bag?"
KNOWN = ("anna", "sesame")


@pytest.fixture(scope="module")
def chat(tmp_path_factory: pytest.TempPathFactory, real_index: Path) -> Iterator[RunningChat]:
    """A chat that asks for a password, and has tools for language models."""
    folder = tmp_path_factory.mktemp("programs")
    seeds, index, password = folder / "seeds", folder / "index", folder / "password"
    shutil.copytree(ROOT / "seeds", seeds)
    shutil.copytree(real_index, index)
    password.write_text(KNOWN[1])
    password.chmod(0o600)
    options = ["--seeds", seeds, "--index", index, "--auth", f"{KNOWN[0]}:{password}", "--mcp"]
    with run_chat(folder, [str(option) for option in options]) as running:
        yield running
        assert running.tracebacks() == 0


@pytest.fixture(scope="module")
def client(chat: RunningChat, tmp_path_factory: pytest.TempPathFactory) -> Client:
    return Client(
        chat.address,
        httpx_kwargs={"auth": KNOWN},
        verbose=False,
        download_files=tmp_path_factory.mktemp("client"),
        analytics_enabled=False,
    )


def test_gradio_s_client_uses_the_named_endpoints(client: Client) -> None:
    found = client.predict(QUESTION, language="en", api_name="/answer")
    assert found["text"] == "Hideki Matsuyama"
    assert found["citations"][0]["text"] == found["sentence"]
    assert len(client.predict("golf", k=3, api_name="/search")) == 3
    assert client.predict("takaichi", size=1, api_name="/articles")["total"] == 2
    report = client.predict(api_name="/rebuild")
    assert (report["unchanged"], report["added"], report["skipped"]) == (2, 0, [])
    with pytest.raises(AppError, match="the question is empty"):
        client.predict(" ", api_name="/answer")


def test_without_the_password_no_client_gets_in(chat: RunningChat) -> None:
    with pytest.raises(AuthenticationError):
        Client(chat.address, verbose=False, analytics_enabled=False)
    for path in ("", "config", "gradio_api/mcp/", "gradio_api/mcp/schema", "gradio_api/mcp/sse"):
        assert httpx.get(f"{chat.address}/{path}").status_code == 401
        assert httpx.post(f"{chat.address}/{path}", json={}).status_code == 401


def as_model(chat: RunningChat, use: Callable[[Any], Awaitable[Any]]) -> Any:
    """Do something in a session of the Model Context Protocol."""
    from mcp import ClientSession
    from mcp.client.streamable_http import streamable_http_client

    async def run() -> Any:
        async with (
            httpx.AsyncClient(auth=KNOWN, timeout=120) as http,
            streamable_http_client(f"{chat.address}/gradio_api/mcp/", http_client=http) as streams,
            ClientSession(*streams[:2]) as session,
        ):
            await session.initialize()
            return await use(session)

    return asyncio.run(run())


def test_language_models_get_two_tools_that_read(chat: RunningChat) -> None:
    async def use(session: Any) -> Any:
        listed = await session.list_tools()
        return listed.tools, await session.list_resources(), await session.list_prompts()

    tools, resources, prompts = as_model(chat, use)
    assert [tool.name for tool in tools] == ["answer", "search"]
    assert (resources.resources, prompts.prompts) == ([], [])
    for tool in tools:
        assert len(tool.description) > 100
        assert tool.inputSchema["required"] == ["question"]
        for about in tool.inputSchema["properties"].values():
            assert about["description"]


def test_the_tools_answer_in_json(chat: RunningChat) -> None:
    async def use(session: Any) -> Any:
        answer = await session.call_tool("answer", {"question": QUESTION, "language": "en"})
        search = await session.call_tool("search", {"question": "小泉进次郎", "k": 1})
        return answer, search

    answer, search = as_model(chat, use)
    assert not answer.isError
    assert json.loads(answer.content[0].text)["text"] == "Hideki Matsuyama"
    assert "小泉进次郎" in search.content[0].text


@pytest.mark.parametrize(
    ("name", "given", "said"),
    [
        ("rebuild", {}, "Unknown tool"),
        ("articles", {}, "Unknown tool"),
        ("add", {"files": []}, "Unknown tool"),
        ("again", {}, "Unknown tool"),
        ("answer", {"question": ""}, "the question is empty"),
        ("search", {"question": "golf", "k": 1000}, "at most 50"),
    ],
)
def test_what_is_no_tool_cannot_be_called(
    name: str, given: dict[str, Any], said: str, chat: RunningChat
) -> None:
    result = as_model(chat, lambda session: session.call_tool(name, given))
    assert result.isError
    assert said in result.content[0].text


def test_people_ask_at_once(chat: RunningChat, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("qa.benchmarks.page.people.PAUSE", (0.0, 0.1))
    address = chat.address.replace("://", f"://{KNOWN[0]}:{KNOWN[1]}@")
    visitor, results = Visitor(address), Results()
    assert "Hideki Matsuyama" in visitor.ask(QUESTION)
    assert visitor.search_articles("takaichi") == 2
    visitor.close()
    visit(replace(chat, address=address), random.Random(1), results, actions=4)
    assert results.failures == []
    assert len(results.seconds) + results.searches == 4
    assert "0 errors" in summary(results)
    assert chat.memory() > 100


@pytest.mark.browser
@pytest.mark.skipif(not Path(CHROMIUM).exists(), reason=f"{CHROMIUM} is not installed")
def test_a_browser_that_knows_the_password_asks(chat: RunningChat) -> None:
    playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    arguments = ["--headless", "--no-sandbox", "--disable-gpu"]
    with playwright.sync_playwright() as started:
        browser = started.chromium.launch(executable_path=CHROMIUM, args=arguments)
        stranger = browser.new_page()
        with pytest.raises(playwright.Error, match="ERR_INVALID_AUTH_CREDENTIALS"):
            stranger.goto(chat.address)
        known = {"username": KNOWN[0], "password": KNOWN[1]}
        page = browser.new_context(http_credentials=known).new_page()
        page.set_default_timeout(120_000)
        page.goto(chat.address)
        page.locator("#question textarea").fill(QUESTION)
        page.keyboard.press("Enter")
        page.locator(".qa-answer strong").wait_for()
        assert "Hideki Matsuyama" in page.locator(".qa-reply").inner_text()
        browser.close()


def test_errors_are_counted() -> None:
    results = Results([1.0, 3.0], ["late", "late"], 1)
    assert summary(results).startswith("error: late\n2 answers, 1 searches of the table, 2 errors")
    assert "median 2.00" in summary(results)

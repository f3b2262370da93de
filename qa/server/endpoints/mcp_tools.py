"""`--mcp`: the endpoints `answer` and `search` as tools of the Model Context Protocol.

They are served at `ADDRESS` by streamable HTTP, without sessions, in the application that serves
the page. An endpoint that changes the archive is never a tool. Importing this needs the extra
`mcp`.
"""

import contextlib
import json
from collections.abc import AsyncIterator, Mapping
from typing import Any

from mcp.server.lowlevel import Server
from mcp.server.streamable_http_manager import StreamableHTTPSessionManager
from mcp.types import CallToolResult, TextContent, Tool
from pydantic import TypeAdapter
from starlette.routing import Mount, Route
from starlette.types import Receive, Scope, Send

from qa.server.identity.visitor import visitor_of

from .api import Endpoint

ADDRESS = "/gradio_api/mcp"
TOOLS = ("answer", "search")


def mcp_options(endpoints: Mapping[str, Endpoint]) -> dict[str, Any]:
    """Return the arguments by which a Starlette application also serves the tools."""
    manager = StreamableHTTPSessionManager(mcp_server(endpoints), stateless=True)

    @contextlib.asynccontextmanager
    async def lifespan(app: object) -> AsyncIterator[None]:
        async with manager.run():
            yield

    return {
        "routes": [Mount(ADDRESS, routes=[Route("/", endpoint=_Transport(manager))])],
        "lifespan": lifespan,
    }


def mcp_server(endpoints: Mapping[str, Endpoint]) -> Server[Any, Any]:
    """Return a server whose tools are the endpoints that `TOOLS` names."""
    # not FastMCP: it sets up the root logger, and returns a list as one text for each item
    server: Server[Any, Any] = Server("Archive QA")
    tools = {name: endpoints[name] for name in TOOLS}

    @server.list_tools()  # type: ignore[no-untyped-call, untyped-decorator]
    async def list_tools() -> list[Tool]:
        return [_tool(name, endpoint) for name, endpoint in tools.items()]

    @server.call_tool()  # type: ignore[untyped-decorator]
    async def call_tool(name: str, arguments: dict[str, Any]) -> CallToolResult:
        if name not in tools:
            raise ValueError(f"Unknown tool: {name}")
        request = server.request_context.request  # Starlette's; it has passed the guard
        visitor_of(request.scope if request else {}).call(name)
        result = json.dumps(await tools[name](**arguments), ensure_ascii=False)
        return CallToolResult(content=[TextContent(type="text", text=result)])

    async def nothing() -> list[Any]:  # clients ask for these whether or not a server has any
        return []

    server.list_resources()(nothing)  # type: ignore[no-untyped-call]
    server.list_resource_templates()(nothing)  # type: ignore[no-untyped-call]
    server.list_prompts()(nothing)  # type: ignore[no-untyped-call]
    return server


def _tool(name: str, endpoint: Endpoint) -> Tool:
    description = " ".join((endpoint.__doc__ or "").split())
    function: Any = endpoint  # pydantic takes functions; its annotation names types alone
    schema = TypeAdapter(function).json_schema()
    return Tool(name=name, description=description, inputSchema=schema)


class _Transport:
    """The ASGI application of a session manager; a bare method would be taken for a view."""

    def __init__(self, manager: StreamableHTTPSessionManager) -> None:
        self._manager = manager

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        await self._manager.handle_request(scope, receive, send)

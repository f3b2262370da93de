"""`--mcp`: `answer` and `search` as tools of the Model Context Protocol, by Gradio's own server.

It would serve every public endpoint; this lets it know of two. Importing this needs the extra
`mcp`.
"""

import json
from typing import Any

import gradio.mcp
from gradio.mcp import GradioMCPServer
from mcp.types import ImageContent, TextContent

TOOLS = ("answer", "search")  # they read; nothing that changes the archive is ever a tool


class ArchiveTools(GradioMCPServer):
    """Gradio's server, of the endpoints in `TOOLS` alone, whose results are JSON."""

    def get_tool_to_endpoint(self) -> dict[str, str]:
        found = super().get_tool_to_endpoint()
        return {name: endpoint for name, endpoint in found.items() if endpoint[1:] in TOOLS}

    def postprocess_output_data(self, data: Any, root_url: str) -> list[TextContent | ImageContent]:
        return [TextContent(type="text", text=json.dumps(one, ensure_ascii=False)) for one in data]


def offer() -> None:
    """Have the next page that is served with `mcp_server` use `ArchiveTools`."""
    gradio.mcp.GradioMCPServer = ArchiveTools  # type: ignore[misc]

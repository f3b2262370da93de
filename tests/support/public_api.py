"""A description of the public API as text, to be compared with the recorded files.

Run `python -m tests.support.public_api` to record the present API after a deliberate addition.
"""

import argparse
import asyncio
import contextlib
import dataclasses
import inspect
import io
import re
from collections.abc import Callable, Iterator
from importlib import import_module
from pathlib import Path
from typing import Any
from unittest import mock

RECORDED = Path(__file__).parent.parent / "public_api"
COMMANDS = (
    "chat", "build", "fetch", "ask", "evaluate", "facets", "gaps", "source", "token", "audit",
    "verify", "check-draft", "watch-question", "info", "check", "repair", "export",
)  # fmt: skip
# What programs may use of the classes; their other methods serve the page and the command line.
METHODS = {
    "Archive": (
        "open",
        "search",
        "explain",
        "check_draft",
        "answer",
        "answer_many",
        "timeline",
        "article",
        "articles",
        "source",
        "permalink",
        "locate",
        "__len__",
    ),
    "Store": ("__init__", "snapshot"),
}
UNTYPED = {"Store"}  # deprecated: its calls must work, the types behind them may change


def descriptions() -> dict[str, Callable[[], str]]:
    """Map the name of each recorded file to the function that describes it."""
    packages = {f"{name}.txt": lambda name=name: describe_package(name) for name in ("index", "qa")}
    helps = {
        f"help_{name.replace('-', '_')}.txt": lambda name=name: help_text(name) for name in COMMANDS
    }
    return {**packages, **helps, "mcp.txt": mcp_tools}


def describe_package(name: str) -> str:
    """List a package's `__all__` with signatures, fields and documented methods."""
    package = import_module(name)
    return "\n".join(
        line for public in package.__all__ for line in _describe(public, getattr(package, public))
    )


def help_text(command: str) -> str:
    """Return what `archive-qa COMMAND --help` prints, 80 columns wide and without colours."""
    import app

    output = io.StringIO()
    with (
        mock.patch.dict("os.environ", {"COLUMNS": "80", "NO_COLOR": "1"}),
        mock.patch.object(argparse._sys, "argv", ["archive-qa"]),  # type: ignore[attr-defined]
        contextlib.redirect_stdout(output),
        contextlib.suppress(SystemExit),
    ):
        app.main([command, "--help"])
    return output.getvalue().strip()


def mcp_tools() -> str:
    """List the address of the MCP server and its tools with their parameters."""
    from mcp.types import ListToolsRequest

    from qa.server.endpoints.api import endpoints
    from qa.server.endpoints.mcp_tools import ADDRESS, mcp_server

    server = mcp_server(endpoints(mock.Mock(archives=()), Path("seeds")))

    async def tools() -> Any:
        result: Any = await server.request_handlers[ListToolsRequest](ListToolsRequest())
        return result.root.tools

    return "\n".join([f"{ADDRESS}/", *map(_tool, asyncio.run(tools()))])


def _tool(tool: Any) -> str:
    required = tool.inputSchema["required"]
    parameters = (
        f"{name}{'' if name in required else '?'}: {schema['type']}"
        for name, schema in tool.inputSchema["properties"].items()
    )
    return f"{tool.name}({', '.join(parameters)})"


def _describe(name: str, value: Any) -> Iterator[str]:
    if not inspect.isclass(value):
        yield name + _signature(value)
    elif issubclass(value, Exception):
        yield f"{name}({value.__mro__[1].__name__})"
    else:
        yield name
        if dataclasses.is_dataclass(value):
            yield from (f"    {field}" for field in _fields(value))
        for method in METHODS.get(name, ()):
            yield f"    {method}{_signature(getattr(value, method), typed=name not in UNTYPED)}"


def _fields(value: Any) -> Iterator[str]:
    for field in dataclasses.fields(value):
        default = "" if field.default is dataclasses.MISSING else f" = {field.default!r}"
        if field.default_factory is not dataclasses.MISSING:
            default = f" = {field.default_factory()!r}"
        yield f"{field.name}: {_type(field.type)}{default}"


def _signature(function: Any, *, typed: bool = True) -> str:
    def shown(annotation: Any) -> Any:
        return _Text(annotation) if typed else inspect.Parameter.empty

    signature = inspect.signature(function)
    parameters = [p.replace(annotation=shown(p.annotation)) for p in signature.parameters.values()]
    returned = shown(signature.return_annotation)
    return str(signature.replace(parameters=parameters, return_annotation=returned))


class _Text:
    """An annotation that shows as its normalised text; absent ones stay absent."""

    def __new__(cls, annotation: Any) -> Any:
        return annotation if annotation is inspect.Parameter.empty else super().__new__(cls)

    def __init__(self, annotation: Any) -> None:
        self.annotation = annotation

    def __repr__(self) -> str:
        return _type(self.annotation)


def _type(annotation: Any) -> str:
    """Return a type as text without quotes and without the modules of its names."""
    text = inspect.formatannotation(annotation)
    return re.sub(r"\b(?:\w+\.)+(?=\w)", "", text.replace("'", "").replace('"', ""))


if __name__ == "__main__":
    RECORDED.mkdir(exist_ok=True)
    for file, describe in descriptions().items():
        (RECORDED / file).write_text(f"{describe()}\n", encoding="utf-8")

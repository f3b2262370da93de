"""The page over a small archive, built but not served; its handlers are called directly."""

import asyncio
import json
from collections.abc import Callable, Sequence
from inspect import signature
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import gradio as gr

from index import build
from qa import Archive
from qa.accounts.roles import Role
from qa.page.page import page
from qa.server.identity.visitor import Visitor, put_visitor
from tests.support.fakes import FakeEncoder, FakeReader

LINES = [
    {"id": "ferry", "title": "The ferry", "date": "2025-10-28", "language": "en",
     "text": "The ferry to Oban carried 312 people on Monday."},
    {"id": "bridge", "title": "The bridge", "language": "en",
     "text": "The bridge cost 3.5 million euros. It opened in spring."},
]  # fmt: skip


class Page:
    """A page with short cuts to its components and event handlers."""

    def __init__(self, blocks: gr.Blocks, archive: Archive, seeds: Path) -> None:
        self.blocks, self.archive, self.seeds = blocks, archive, seeds

    def has(self, elem_id: str) -> bool:
        """Return whether there is a component with this id."""
        return any(block.elem_id == elem_id for block in self.blocks.blocks.values())

    def component(self, elem_id: str) -> Any:
        """Return the component with this id."""
        [found] = [block for block in self.blocks.blocks.values() if block.elem_id == elem_id]
        return found

    def handlers(self) -> set[str]:
        """Return the names of the functions that handle the page's events."""
        return {str(fn.name) for fn in self.blocks.fns.values()}

    def handler(self, name: str) -> Callable[..., Any]:
        """Return the function of this name that handles an event of the page.

        One that asks for the browser's request gets one in English unless it is given.
        """
        [found] = [fn.fn for fn in self.blocks.fns.values() if fn.name == name and fn.fn]
        names = list(signature(found).parameters)
        if "browser" not in names:
            return found

        def call(*values: Any) -> Any:
            given = list(values)
            if not any(hasattr(value, "headers") for value in values):
                given.insert(names.index("browser"), browser("en"))
            return found(*given)

        return call

    def endpoints(self) -> set[str]:
        """Return the names of the public endpoints."""
        fns = self.blocks.fns.values()
        return {str(fn.api_name) for fn in fns if fn.api_visibility == "public"}


def build_page(
    folder: Path,
    *,
    read_only: bool = False,
    lines: Sequence[dict[str, str]] = LINES,
    reader: FakeReader | None = None,
) -> Page:
    """Build the page over articles in a new folder; `read_only` leaves out uploads."""
    seeds, index = folder / "seeds", folder / "index"
    seeds.mkdir()
    (seeds / "all.jsonl").write_text("\n".join(map(json.dumps, lines)))
    build(seeds, index, encoder=FakeEncoder())
    found: Any = reader or FakeReader("312 people", "3.5 million")
    archive = Archive.open(index, encoder=FakeEncoder(), reader=found)

    async def blocks() -> gr.Blocks:  # without a running loop Gradio leaves loops of its own open
        return page(archive, None if read_only else seeds)

    return Page(asyncio.run(blocks()), archive, seeds)


def event(**data: object) -> Any:
    """Return a stand-in for `gr.EventData` with the data that the page's JavaScript sends."""
    return SimpleNamespace(**data)


def browser(language: str = "en", role: Role = Role.ADMIN, **known: Any) -> Any:
    """Return a stand-in for the `gr.Request` of a browser with this preferred language.

    `known` are more values of its `Visitor`.
    """
    scope: dict[str, Any] = {}
    put_visitor(scope, Visitor(role=role, **known))
    return SimpleNamespace(
        headers={"accept-language": language}, request=SimpleNamespace(scope=scope)
    )

"""The chat's server without a network, over two articles and a reader that finds words."""

import asyncio
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from gradio.routes import App
from starlette.middleware import Middleware
from starlette.testclient import TestClient

from index.store import Store
from qa import Archive
from qa.access import Access
from qa.chat_page import page
from qa.guard import Guard, Rules
from qa.reader import Span

LINES = [
    {"id": "ferry", "title": "The ferry", "date": "2025-10-28", "language": "en",
     "text": "The ferry to Oban carried 312 people on Monday."},
    {"id": "bridge", "title": "The bridge", "date": "2025-11-02", "language": "en",
     "text": "The bridge cost 3.5 million euros. It opened in spring."},
]  # fmt: skip


class FindingReader:
    """Finds the words that it is given."""

    threshold = 0.5

    def __init__(self, *words: str) -> None:
        self.words = words

    def read(self, question: str, passages: Sequence[str]) -> list[Span]:
        return [
            Span(i, at, at + len(word), 0.0, 0.9)
            for word in self.words
            for i, text in enumerate(passages)
            if (at := text.find(word)) >= 0
        ]


@contextmanager
def served(
    folder: Path, encoder: Any, access: Access | None = None, *, addable: bool = True
) -> Iterator[TestClient]:
    """The server of the archive in `folder`/index, to send requests to."""
    archive = Archive(Store(folder / "index"), encoder, FindingReader("312 people", "3.5 million"))
    uploads = folder / "uploads"
    uploads.mkdir()
    rules = Rules(access or Access(), uploads if addable else None)

    async def application() -> App:  # in a loop: without one Gradio makes some and leaves them
        blocks = page(archive, folder / "seeds" if addable else None)
        blocks.queue(api_open=False)
        return App.create_app(blocks, app_kwargs={"middleware": [Middleware(Guard, rules=rules)]})

    with TestClient(asyncio.run(application()), "http://127.0.0.1") as client:
        yield client

"""The chat's server in this process, over two articles and a reader that finds given words."""

import asyncio
import json
from collections.abc import Iterator, Set
from contextlib import contextmanager
from pathlib import Path

from gradio.routes import App
from starlette.testclient import TestClient

from index import build
from index.store.doors import open_store
from qa.page.page import page
from qa.server.access import Access
from qa.server.api import endpoints
from qa.server.guard import Rules
from qa.server.monitoring import MeteredArchive, app_options
from qa.standing.shared import SharedList
from tests.support.fakes import FakeEncoder, FakeReader

LINES = [
    {"id": "ferry", "title": "The ferry", "date": "2025-10-28", "language": "en",
     "text": "The ferry to Oban carried 312 people on Monday."},
    {"id": "bridge", "title": "The bridge", "date": "2025-11-02", "language": "en",
     "text": "The bridge cost 3.5 million euros. It opened in spring."},
]  # fmt: skip


@contextmanager
def served(
    folder: Path,
    access: Access | None = None,
    *,
    addable: bool = True,
    mcp: bool = False,
    without_password: Set[str] = frozenset(),
    standing: SharedList | None = None,
    versions: str | None = None,
) -> Iterator[TestClient]:
    """Build an archive in `folder` and yield a client of its server."""
    seeds, index, uploads = folder / "seeds", folder / "index", folder / "uploads"
    seeds.mkdir()
    uploads.mkdir()
    (seeds / "all.jsonl").write_text("\n".join(map(json.dumps, LINES)))
    build(seeds, index, encoder=FakeEncoder(), versions=versions)
    reader = FakeReader("312 people", "3.5 million")
    archive = MeteredArchive(open_store(index), FakeEncoder(), reader)
    rules = Rules(access or Access(), uploads if addable else None, without_password)

    async def application() -> App:  # in an event loop: Gradio would leave its own ones open
        api = endpoints(archive, seeds if addable else None, standing)
        blocks = page(archive, seeds if addable else None, api)
        blocks.queue(api_open=False)
        blocks.max_file_size = None  # `launch` would set it
        options = app_options(rules, archive)
        if mcp:
            from qa.server.mcp_tools import mcp_options

            added = mcp_options(api)
            options |= {**added, "routes": options["routes"] + added["routes"]}
        return App.create_app(blocks, app_kwargs=options)

    with TestClient(asyncio.run(application()), "http://127.0.0.1") as client:
        client.get("/gradio_api/startup-events")  # starts the queue
        yield client

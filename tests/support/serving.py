"""The chat's server in this process, over two articles and a reader that finds given words."""

import asyncio
import json
import socket
import threading
import time
from collections.abc import Iterator, Set
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import uvicorn
from gradio.routes import App
from starlette.testclient import TestClient

from index import build
from index.store.doors import open_store
from qa.page.page import page
from qa.rest.application import rest_routes
from qa.rest.service import Adding, Service
from qa.server.admission import Admission
from qa.server.endpoints.api import endpoints, request_queue
from qa.server.identity.access import Access
from qa.server.monitoring import MeteredArchive, app_options
from qa.server.request_queue import RequestQueue
from qa.standing.shared import SharedList
from tests.support.fakes import FakeEncoder, FakeReader

LINES = [
    {"id": "ferry", "title": "The ferry", "date": "2025-10-28", "language": "en",
     "text": "The ferry to Oban carried 312 people on Monday."},
    {"id": "bridge", "title": "The bridge", "date": "2025-11-02", "language": "en",
     "text": "The bridge cost 3.5 million euros. It opened in spring."},
]  # fmt: skip


@dataclass
class Chat:
    """A built archive and the application that serves it."""

    archive: MeteredArchive
    queue: RequestQueue
    app: App
    seeds: Path


def application(
    folder: Path,
    access: Access | None = None,
    *,
    admission: Admission | None = None,
    addable: bool = True,
    mcp: bool = False,
    without_password: Set[str] = frozenset(),
    reader: Any = None,
    standing: SharedList | None = None,
    versions: str | None = None,
) -> Chat:
    """Build an archive in `folder` and return the application that serves it."""
    seeds, index, uploads = folder / "seeds", folder / "index", folder / "uploads"
    seeds.mkdir()
    uploads.mkdir()
    (seeds / "all.jsonl").write_text("\n".join(map(json.dumps, LINES)))
    build(seeds, index, encoder=FakeEncoder(), versions=versions)
    reader = reader or FakeReader("312 people", "3.5 million")
    archive = MeteredArchive(open_store(index), FakeEncoder(), reader)
    allowed, queue = admission or Admission(access or Access()), request_queue()
    adding = Adding(seeds, uploads) if addable else None
    rest = rest_routes(Service(archive, queue, standing, adding), **allowed.ways)
    rules = allowed.rules(archive, uploads if addable else None, without_password, rest)

    async def create() -> App:  # in an event loop: Gradio would leave its own ones open
        api = endpoints(archive, seeds if addable else None, queue, standing)
        blocks = page(archive, seeds if addable else None, api)
        blocks.queue(api_open=False)
        blocks.max_file_size = None  # `launch` would set it
        options = app_options(rules, archive)
        if mcp:
            from qa.server.endpoints.mcp_tools import mcp_options

            added = mcp_options(api)
            options |= {**added, "routes": options["routes"] + added["routes"]}
        return App.create_app(blocks, app_kwargs=options)

    return Chat(archive, queue, asyncio.run(create()), seeds)


@contextmanager
def served(folder: Path, access: Access | None = None, **options: Any) -> Iterator[TestClient]:
    """Yield a client of the application over an archive that is built in `folder`."""
    with TestClient(application(folder, access, **options).app, "http://127.0.0.1") as client:
        client.get("/gradio_api/startup-events")  # starts the queue
        yield client


@contextmanager
def listening(app: App) -> Iterator[str]:
    """Yield the address of a real server of an application."""
    with socket.create_server(("127.0.0.1", 0)) as door:
        # the seconds are for connections that a test leaves open on purpose
        config = uvicorn.Config(app, log_level="error", timeout_graceful_shutdown=2)
        server = uvicorn.Server(config)
        thread = threading.Thread(target=server.run, args=([door],))
        thread.start()
        while not server.started:
            time.sleep(0.01)
        try:
            yield f"http://127.0.0.1:{door.getsockname()[1]}"
        finally:
            server.should_exit = True
            thread.join()

"""Originals over HTTP: by article id only, as files to be saved, under the rules of all else."""

import asyncio
import json
import os
import zipfile
from pathlib import Path
from typing import Any

import pytest
from starlette.applications import Starlette
from starlette.responses import Response
from starlette.testclient import TestClient

from index import build
from index.store.doors import open_store
from qa.server.guard import Rules
from qa.server.identity.access import Access
from qa.server.identity.passwords import digest
from qa.server.monitoring import MeteredArchive, app_options
from qa.server.sources import LEAST_SPEED, PIECE, Downloads, source_routes
from qa.source_view.finding import SourceFinder
from tests.support.fakes import FakeEncoder, FakeReader
from tests.support.pdfs import one_page

PDF = one_page("(The ferry to Oban carried 312 people on Monday.)")
HTML = "<html><body><script>evil()</script><article><p>{}</p></article></body></html>".format(
    "The bridge cost 3.5 million euros, as the council said on Monday. " * 6
)


@pytest.fixture
def archive(tmp_path: Path) -> MeteredArchive:
    seeds = tmp_path / "seeds"
    seeds.mkdir()
    (seeds / "ferry.pdf").write_bytes(PDF)
    (seeds / "bridge.html").write_text(HTML)
    (seeds / "图 “x”\n.txt").write_text("It rained all day long on the quay.")
    lines = [{"id": "../../etc/passwd", "text": "It snowed all day long on the quay."}]
    (seeds / "all.jsonl").write_text("\n".join(map(json.dumps, lines)))
    with zipfile.ZipFile(seeds / "a.zip", "w") as packed:
        packed.writestr("fog.txt", "Fog came in over the quay at noon.")
    build(seeds, tmp_path / "index", encoder=FakeEncoder())
    archive = MeteredArchive(open_store(tmp_path / "index"), FakeEncoder(), FakeReader())
    archive.sources = SourceFinder(seeds)
    return archive


def client_of(archive: MeteredArchive, access: Access | None = None) -> TestClient:
    rules = Rules(access or Access(), routes=source_routes(archive))
    return TestClient(Starlette(**app_options(rules, archive)), "http://127.0.0.1:7860")


@pytest.fixture
def client(archive: MeteredArchive) -> TestClient:
    return client_of(archive)


def test_a_file_is_to_be_saved_and_cannot_run(client: TestClient) -> None:
    found = client.get("/source/file", params={"id": "ferry.pdf"})
    assert (found.status_code, found.content) == (200, PDF)
    assert found.headers["content-type"] == "application/pdf"
    assert found.headers["content-disposition"] == "attachment; filename*=UTF-8''ferry.pdf"
    assert found.headers["x-content-type-options"] == "nosniff"
    assert found.headers["cross-origin-resource-policy"] == "same-origin"
    policies = found.headers.get_list("content-security-policy")
    assert len(policies) == 1
    assert policies[0].startswith("sandbox; default-src 'none'")
    page = client.get("/source/file", params={"id": "bridge.html"})
    assert page.headers["content-type"] == "text/html"
    assert page.headers["content-disposition"].startswith("attachment")
    assert page.headers.get_list("content-security-policy") == policies


def test_names_in_any_script_are_headers_all_the_same(client: TestClient) -> None:
    found = client.get("/source/file", params={"id": "图 “x”\n.txt"})
    assert found.status_code == 200
    assert "%E5%9B%BE%20%E2%80%9Cx%E2%80%9D%0A.txt" in found.headers["content-disposition"]


def test_an_id_is_never_a_path(client: TestClient) -> None:
    found = client.get("/source/file", params={"id": "../../etc/passwd"})
    assert json.loads(found.content)["text"] == "It snowed all day long on the quay."
    assert "filename*=UTF-8''all-1.json" in found.headers["content-disposition"]


@pytest.mark.parametrize(
    "identity",
    ["all.jsonl", "a.zip", "seeds/ferry.pdf", "./ferry.pdf", "../seeds/ferry.pdf", "/etc/passwd",
     "ferry.pdf\0", "FERRY.PDF ", "", "x" * 10_000, "..%2fferry.pdf", "\ud800"],
)  # fmt: skip
def test_other_ids_are_not_found(client: TestClient, identity: str) -> None:
    query = identity.encode("utf-8", "surrogatepass").hex()
    escaped = "".join(f"%{query[i : i + 2]}" for i in range(0, len(query), 2))
    assert client.get(f"/source/file?id={escaped}").status_code == 404
    assert client.get("/source/file").status_code == 404


def test_a_request_for_a_part_gets_the_whole_file(client: TestClient) -> None:
    for part in ("bytes=0-3", "bytes=-1", "bytes=5-2", "bytes=0-0,2-2", "bytes=9999999999-"):
        found = client.get("/source/file", params={"id": "ferry.pdf"}, headers={"Range": part})
        assert (found.status_code, found.content) == (200, PDF)
        assert found.headers["accept-ranges"] == "none"
    assert client.head("/source/file", params={"id": "ferry.pdf"}).status_code == 200
    assert client.post("/source/file?id=ferry.pdf", content=b"x").status_code == 405


def test_what_became_of_a_file_is_said(client: TestClient, tmp_path: Path) -> None:
    file = tmp_path / "seeds" / "ferry.pdf"
    file.write_bytes(one_page("(The ferry to Oban carried 412 people on Monday.)"))
    found = client.get("/source/file", params={"id": "ferry.pdf"})
    assert (found.status_code, "has changed since the build" in found.text) == (404, True)
    file.unlink()
    os.mkfifo(file)  # a reader would wait forever
    assert "regular file" in client.get("/source/file", params={"id": "ferry.pdf"}).text
    file.unlink()
    file.symlink_to("/etc/passwd")
    assert "link out of the seeds" in client.get("/source/file", params={"id": "ferry.pdf"}).text


def test_without_a_seeds_folder_nothing_is_served(archive: MeteredArchive) -> None:
    archive.sources = None
    found = client_of(archive).get("/source/file", params={"id": "ferry.pdf"})
    assert (found.status_code, "no seeds folder" in found.text) == (404, True)


@pytest.mark.parametrize(
    "path", ["/source/file?id=ferry.pdf", "/source/viewer", "/source/data/wasmUrl/openjpeg.wasm"]
)
def test_the_guard_covers_all_of_it(archive: MeteredArchive, path: str) -> None:
    access = Access({"anna": digest("sesame")}, frozenset({"127.0.0.1"}))
    client = client_of(archive, access)
    assert client.get(path).status_code == 401
    assert client.get(path, auth=("anna", "sesame")).status_code == 200
    elsewhere = {"Host": "evil.example"}
    assert client.get(path, auth=("anna", "sesame"), headers=elsewhere).status_code == 403
    for origin in ("https://evil.example", "null"):  # null: a frame without an origin
        refused = client.get(path, auth=("anna", "sesame"), headers={"Origin": origin})
        assert refused.status_code == 403


def test_the_viewer_is_sent_once(client: TestClient) -> None:
    first = client.get("/source/viewer")
    assert first.headers["content-type"] == "text/html; charset=utf-8"
    assert len(first.headers.get_list("content-security-policy")) == 1
    again = client.get("/source/viewer", headers={"If-None-Match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert "sandbox allow-scripts" in again.headers["content-security-policy"]


@pytest.mark.parametrize(
    "path", ["cMapUrl/..%2fLICENSE", "cMapUrl/LICENSE", "x/y", "cMapUrl/%2e%2e/x", "wasmUrl/%00"]
)
def test_other_files_of_the_library_are_not_found(client: TestClient, path: str) -> None:
    assert client.get(f"/source/data/{path}").status_code == 404
    assert client.get("/source/data/cMapUrl/UniGB-UCS2-H.bcmap").status_code == 200


# readers of any pace

SCOPE: dict[str, Any] = {"type": "http", "method": "GET", "asgi": {"spec_version": "2.4"}}


async def receive() -> Any:
    await asyncio.Event().wait()


class Reader:
    """A client that takes one piece of a response, and waits until it may go on."""

    def __init__(self) -> None:
        self.sent: list[Any] = []
        self.waiting, self.free = asyncio.Event(), asyncio.Event()

    async def send(self, message: Any) -> None:
        self.sent.append(message)
        if message["type"] == "http.response.body":
            self.waiting.set()
            await self.free.wait()

    async def read(self, response: Response) -> None:
        await response(SCOPE, receive, self.send)

    @property
    def data(self) -> bytes:
        return b"".join(message.get("body", b"") for message in self.sent)


def test_a_slow_reader_holds_what_is_counted_until_it_is_done() -> None:
    data = b"x" * (PIECE + 1)

    async def main() -> None:
        downloads, slow = Downloads(2 * PIECE), Reader()
        task = asyncio.create_task(slow.read(downloads.response(data, {})))
        await slow.waiting.wait()
        assert slow.data == data[:PIECE]
        refused = downloads.response(data, {"content-type": "application/pdf"})
        assert (refused.status_code, refused.headers["retry-after"]) == (503, "30")
        assert refused.headers["content-type"].startswith("text/plain")
        assert downloads.response(b"small", {}).status_code == 200
        slow.free.set()
        await task
        assert slow.data == data
        assert slow.sent[0]["status"] == 200
        assert (b"content-length", str(len(data)).encode()) in slow.sent[0]["headers"]
        assert downloads.held == len(b"small")  # which was never sent

    asyncio.run(main())


def test_one_file_is_always_sent_however_large() -> None:
    assert Downloads(1).response(b"larger", {}).status_code == 200


def test_a_reader_has_more_time_the_more_it_takes() -> None:
    seconds = PIECE / LEAST_SPEED  # that a piece is worth

    async def main() -> None:
        loop, clock = asyncio.get_running_loop(), [0.0]
        loop.time = lambda: clock[0]  # type: ignore[method-assign]
        taken = asyncio.Semaphore(0)

        async def send(message: Any) -> None:
            if message["type"] == "http.response.body":
                await taken.acquire()

        async def ended_after(more: float) -> bool:
            clock[0] += more
            for _ in range(20):  # more turns of the loop than anything here takes
                await asyncio.sleep(0)
            return task.done()

        downloads = Downloads(9 * PIECE, patience=10.0)
        response = downloads.response(b"x" * 9 * PIECE, {})
        task = asyncio.create_task(response(SCOPE, receive, send))
        assert not await ended_after(0.0)
        assert not await ended_after(9.0)
        taken.release()
        assert not await ended_after(0.0)  # it has taken a piece
        assert not await ended_after(seconds)
        assert await ended_after(1.5)
        assert downloads.held == 0

    asyncio.run(main())


@pytest.mark.parametrize("given_up", ["by the server", "by the reader"])
def test_who_is_given_up_or_leaves_holds_nothing(given_up: str) -> None:
    async def main() -> None:
        slow = Reader()
        downloads = Downloads(10, seconds=0.0 if given_up == "by the server" else 60.0)
        task = asyncio.create_task(slow.read(downloads.response(b"x" * 10, {})))
        if given_up == "by the reader":
            await slow.waiting.wait()
            task.cancel()
        await asyncio.wait([task])
        assert downloads.held == 0

    asyncio.run(main())

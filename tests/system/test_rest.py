"""The REST interface on a real server: requests made up from its document, crowds, and leavers."""

import asyncio
import json
import os
import re
import shutil
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import AsyncExitStack
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import httpx
import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings
from schemathesis import GenerationMode

from index import build
from qa.server.endpoints.api import MAX_RUNNING, MAX_WAITING
from qa.standing.book import Book
from qa.standing.shared import SharedList
from tests.support.fakes import ROOT, FakeEncoder, FakeReader
from tests.support.serving import Chat, application, listening

CLIENTS, ROUNDS, PLACES = 20, 2, MAX_RUNNING + MAX_WAITING
QUESTION = "How many people did the ferry carry?"
TAKES_VALUES = re.compile("/(?!archive|health|rebuild)[a-z-]+$")  # that may be wrong
# what a document cannot say of valid values
PATHS = (
    "answer", "answer/stream", "answers", "archive", "article", "article/passages",
    "article/versions", "articles", "check-draft", "facets", "files", "health", "rebuild", "search",
    "standing-news", "standing-questions", "timeline", "verify",
)  # fmt: skip
REFUSED = (
    "no day is both after", "the question is empty", "a character", "names '", "one archive",
    "was not added",
)  # fmt: skip

pytestmark = pytest.mark.filterwarnings("ignore::ResourceWarning")  # of closed connections


class HeldReader(FakeReader):
    """A reader that can be held, so that questions wait."""

    def __init__(self, *words: str) -> None:
        super().__init__(*words)
        self.free = threading.Event()
        self.free.set()

    def reading(self, *arguments: Any, **options: Any) -> Any:
        assert self.free.wait(120)
        return super().reading(*arguments, **options)


@pytest.fixture(scope="module")
def reader() -> HeldReader:
    return HeldReader("312 people", "3.5 million")


@pytest.fixture(scope="module")
def chat(tmp_path_factory: pytest.TempPathFactory, reader: HeldReader) -> Chat:
    folder = tmp_path_factory.mktemp("rest")
    standing = SharedList(Book(folder / "data" / "standing.sqlite"))
    return application(folder, reader=reader, standing=standing, versions="keep")


@pytest.fixture(scope="module")
def address(chat: Chat) -> Iterator[str]:
    with listening(chat.app) as found:
        yield found


# requests made up from the document


@pytest.fixture(scope="module")
def described(address: str) -> Any:
    return schemathesis.openapi.from_url(f"{address}/openapi.json")


def try_all(described: Any, path: str, examples: int) -> None:
    """Send so many right and so many wrong requests, the same ones in every run."""
    for operation in described[path].values():
        try_operation(operation, path, examples)


def try_operation(operation: Any, path: str, examples: int) -> None:
    checks = [HealthCheck.too_slow, HealthCheck.filter_too_much, HealthCheck.data_too_large]
    modes = list(GenerationMode) if TAKES_VALUES.search(path) else [GenerationMode.POSITIVE]
    for mode in modes:

        @settings(
            max_examples=examples, derandomize=True, database=None, deadline=None,
            suppress_health_check=checks,
        )  # fmt: skip
        @given(case=operation.as_strategy(generation_mode=mode))
        def check(case: Any) -> None:
            response = case.call()
            refused = response.status_code == 422 and any(why in response.text for why in REFUSED)
            if not refused and response.status_code != 413:  # as large as only a test makes them
                case.validate_response(response)

        check()


@pytest.mark.parametrize("path", PATHS)
def test_it_does_what_its_document_says(path: str, described: Any) -> None:
    try_all(described, f"/api/v1/{path}", 4)


@pytest.mark.slow
@pytest.mark.parametrize("path", PATHS)
def test_it_does_what_its_document_says_however_it_is_asked(path: str, described: Any) -> None:
    try_all(described, f"/api/v1/{path}", 100)


def test_every_path_is_tried(described: Any) -> None:
    assert sorted(f"/api/v1/{path}" for path in PATHS) == sorted(described)


# crowds, and clients that leave


def test_a_crowd_is_answered_while_builds_go_on(chat: Chat, address: str) -> None:
    asked = {"question": QUESTION, "article": "ferry"}

    def visit(number: int) -> list[int]:
        statuses = []
        with httpx.Client(base_url=f"{address}/api/v1/", timeout=120) as api:
            for _ in range(ROUNDS):
                answered = api.post("answer", json=asked)
                answer = answered.json()
                read = api.get("article", params={"id": answer["citations"][0]["article_id"]})
                assert read.json()["text"][answer["start"] : answer["end"]] == "312 people"
                stream = api.post("answer/stream", json=asked)
                assert "event: done" in stream.text
                searched = api.post("search", json={"question": f"ship {number}"})
                statuses += [r.status_code for r in (answered, read, stream, searched)]
        return statuses

    done = threading.Event()

    def keep_building() -> int:
        builds = 0
        while not done.is_set() or not builds:
            builds += 1
            (chat.seeds / "more.txt").write_text(f"Ship {builds} came in from the sea on Friday.")
            build(chat.seeds, chat.archive.place, encoder=FakeEncoder())
        return builds

    with ThreadPoolExecutor(CLIENTS + 1) as pool:
        built = pool.submit(keep_building)
        try:
            visits = list(pool.map(visit, range(CLIENTS)))
        finally:
            done.set()
        assert built.result() >= 1
    assert {status for statuses in visits for status in statuses} == {200}


def test_a_full_queue_turns_away_and_those_who_leave_make_room(
    address: str, reader: HeldReader
) -> None:
    asked = {"question": QUESTION, "article": "ferry"}

    async def crowd(api: httpx.AsyncClient) -> None:
        async with AsyncExitStack() as stack:
            for _ in range(PLACES):
                opened = api.stream("POST", "answer/stream", json=asked)
                assert (await stack.enter_async_context(opened)).status_code == 200
            for name in ("answer", "answer/stream", "search"):
                full = await api.post(name, json={"question": QUESTION})
                assert (full.status_code, full.headers["retry-after"]) == (429, "5")
                assert full.json()["type"] == "/api/v1/docs#problem-busy"
            assert (await api.get("health")).status_code == 200
        status = 429  # the two that are read for are still held; all others have left
        while status == 429:
            async with api.stream("POST", "answer/stream", json=asked) as opened_late:
                status = opened_late.status_code
        assert status == 200
        reader.free.set()
        assert (await api.post("answer", json=asked)).json()["text"] == "312 people"

    async def main() -> None:
        limits = httpx.Limits(max_connections=None)
        base = f"{address}/api/v1/"
        async with httpx.AsyncClient(base_url=base, timeout=120, limits=limits) as api:
            await crowd(api)

    reader.free.clear()
    try:
        asyncio.run(main())
    finally:
        reader.free.set()


# what no client library would send


def raw(address: str, text: bytes) -> bytes:
    """Send bytes; all that comes back until the server closes, or says nothing for a while."""
    place = urlsplit(address)
    with socket.create_connection(
        (place.hostname or "", place.port or 0), timeout=20
    ) as connection:
        received = b""
        try:
            connection.sendall(text)
            while piece := connection.recv(65536):
                received += piece
        except (TimeoutError, ConnectionError):
            pass
        return received


BODY = b'{"question": "ferry"}'
SMUGGLED = b"GET /api/v1/archive HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n"


@pytest.mark.parametrize(
    "headers",
    [
        b"Content-Length: 5\r\nTransfer-Encoding: chunked",
        b"Transfer-Encoding: chunked\r\nContent-Length: 5",
        b"Transfer-Encoding: xchunked",
        b"Transfer-Encoding : chunked",
        b"Content-Length: 21\r\nContent-Length: 5",
        b"Content-Length: +21",
        b"Content-Length: -1",
        b"Content-Length: 21\r\n Content-Length: 0",
        b"Content-Length: 21\r\nHost: elsewhere.example",
        b"Content-Length: 21\r\nX: a\0b",
        b"Content-Length: 21\r\nX: " + b"y" * 200_000,
        b"Content-Length: 10000000",
    ],
)
def test_requests_that_could_be_read_in_two_ways_are_refused(headers: bytes, address: str) -> None:
    start = b"POST /api/v1/search HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\n"
    end = b"\r\nConnection: close\r\n\r\n"
    answered = raw(address, start + headers + end + b"0\r\n\r\n" + SMUGGLED)
    statuses = re.findall(rb"HTTP/1.1 (\d+)", answered)
    assert len(statuses) == 1
    assert statuses[0] in (b"400", b"411", b"413", b"431")
    assert b'"generation"' not in answered
    assert httpx.get(f"{address}/api/v1/health").status_code == 200


def test_a_request_that_ends_too_early_holds_nothing(address: str) -> None:
    head = b"POST /api/v1/search HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
    place = urlsplit(address)
    for _ in range(60):  # more than may wait
        with socket.create_connection((place.hostname or "", place.port or 0)) as connection:
            connection.sendall(head + b"Content-Length: 500\r\n\r\n" + BODY)
    json = {"question": "ferry"}
    assert httpx.post(f"{address}/api/v1/search", json=json).status_code == 200


# the examples of the README


@pytest.mark.skipif(not shutil.which("curl"), reason="curl is not installed")
def test_the_examples_for_curl_work(address: str, tmp_path: Path) -> None:
    text = (ROOT / "qa/rest/README.md").read_text()
    (script,) = re.findall(r"```bash\n(.*?)```", text, re.S)
    script = script.replace("http://127.0.0.1:7860", address)
    environment = {**os.environ, "NO_PROXY": "*"}
    (tmp_path / "notes.txt").write_text("Fog came in over the quay at noon.")
    done = subprocess.run(
        ["bash", "-e"], input=script, capture_output=True, text=True, env=environment, cwd=tmp_path
    )
    assert done.returncode == 0, done.stderr
    assert '"answered":true' in done.stdout
    assert "event: done" in done.stdout
    assert '{"saved_as":"notes.txt"}{"added":' in done.stdout
    assert "the archive has no article with the id 'news.jsonl#17'" in done.stdout


def test_the_example_in_python_works(address: str) -> None:
    text = (ROOT / "qa/rest/README.md").read_text()
    (script,) = re.findall(r"```python\n(.*?)```", text, re.S)
    script = script.replace("http://127.0.0.1:7860", address)
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    lines = done.stdout.splitlines()
    assert lines[0].startswith("312 people")
    assert lines[-3:-1] == ["['unchanged']", "304"]
    assert lines[-1].endswith("less than or equal to 50 #/k")


def test_a_tool_that_reads_the_document_finds_its_way(address: str) -> None:
    """From the document alone: each operation's address, method and least request."""
    document = httpx.get(f"{address}/openapi.json").json()
    operation = document["paths"]["/api/v1/answer"]["post"]
    reference = operation["requestBody"]["content"]["application/json"]["schema"]["$ref"]
    model = document["components"]["schemas"][reference.rpartition("/")[2]]
    least = {name: model["properties"][name]["examples"][0] for name in model["required"]}
    answer = httpx.post(f"{address}/api/v1/answer", json=json.loads(json.dumps(least)))
    assert answer.status_code == 200

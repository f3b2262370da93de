"""The chat for programs: what the endpoints answer and refuse, over HTTP."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from index.errors import ArchiveError
from index.ingest.report import BuildReport
from tests.support.serving import LINES, served

NOTHING = ["", "", "", ""]
FERRY = "How many people did the ferry carry?"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("api")


@pytest.fixture(scope="module")
def chat(folder: Path) -> Iterator[TestClient]:
    with served(folder) as running:
        yield running


def run(chat: TestClient, name: str, *given: Any) -> Any:
    """What an endpoint answers to these values, in order."""
    answered = chat.post(f"/gradio_api/run/{name}", json={"data": given})
    assert answered.status_code == 200, answered.text
    (found,) = answered.json()["data"]
    return found


def test_the_api_names_four_endpoints_and_nothing_else(chat: TestClient) -> None:
    shown = chat.get("/gradio_api/info").json()
    assert list(shown["named_endpoints"]) == ["/answer", "/search", "/articles", "/rebuild"]
    assert shown["unnamed_endpoints"] == {}


def test_without_a_folder_to_add_to_nothing_can_be_rebuilt(tmp_path: Path) -> None:
    with served(tmp_path, addable=False) as chat:
        shown = chat.get("/gradio_api/info").json()
        assert list(shown["named_endpoints"]) == ["/answer", "/search", "/articles"]
        names = {event["api_name"] for event in chat.get("/config").json()["dependencies"]}
        assert "answer" in names
        assert not names & {"rebuild", "again", "add"}


def test_an_answer_is_cited(chat: TestClient) -> None:
    found = run(chat, "answer", FERRY, *NOTHING)
    assert found["answered"] is True
    assert found["text"] == "312 people"
    (cited,) = found["citations"]
    assert (cited["article_id"], cited["date"]) == ("ferry", "2025-10-28")
    assert cited["file"] == "all.jsonl"
    assert "path" not in cited  # Gradio's client would fetch it
    assert LINES[0]["text"][cited["start"] : cited["end"]] == cited["text"] == found["sentence"]


@pytest.mark.parametrize(
    ("only", "text"),
    [
        (["2025-10-28", "2025-10-28", "", ""], "312 people"),
        (["", "", "en", "ferry"], "312 people"),
        (["2025-10-29", "", "", ""], "3.5 million"),
        (["", "2025-10-27", "", ""], None),
        (["", "", "zh", ""], None),
        (["", "", "", "bridge"], "3.5 million"),
    ],
)
def test_a_part_of_the_archive_can_be_asked(
    only: list[str], text: str | None, chat: TestClient
) -> None:
    assert run(chat, "answer", FERRY, *only)["text"] == text


def test_passages_are_found_best_first(chat: TestClient) -> None:
    first, *others = run(chat, "search", "ferry to Oban", 5, *NOTHING)
    assert (first["article_id"], first["title"], first["file"]) == (
        "ferry",
        "The ferry",
        "all.jsonl",
    )
    assert first["text"] in LINES[0]["text"]
    assert {other["article_id"] for other in others} == {"bridge"}
    assert len(run(chat, "search", "ferry to Oban", 1, *NOTHING)) == 1
    assert run(chat, "search", "ferry", 5, "2026-01-01", "", "", "") == []


def test_articles_come_in_pages(chat: TestClient) -> None:
    first = run(chat, "articles", "", "date", True, 0, 1)
    assert [row["id"] for row in first["articles"]] == ["bridge"]
    assert (first["total"], first["page"], first["size"]) == (2, 0, 1)
    second = run(chat, "articles", "", "date", True, 1, 1)
    assert [row["id"] for row in second["articles"]] == ["ferry"]
    assert run(chat, "articles", "no such title", "title", False, 0, 20)["total"] == 0


@pytest.mark.parametrize(
    ("name", "given", "said"),
    [
        ("answer", ["", *NOTHING], "the question is empty"),
        ("answer", ["x" * 2001, *NOTHING], "2,001 characters"),
        ("answer", [7, *NOTHING], "'question': Input should be a valid string"),
        ("answer", ["Who?", "soon", "", "", ""], "'after' must be a day like"),
        ("answer", ["Who?", "", "", "", "none"], "no article with the id 'none'"),
        ("search", ["Who?", 0, *NOTHING], "k is 0"),
        ("search", ["Who?", 51, *NOTHING], "k is 51: ask for at most 50"),
        ("search", ["Who?", "many", *NOTHING], "'k': Input should be a valid integer"),
        ("articles", ["", "title", False, -1, 20], "there is no page -1"),
        ("articles", ["", "title", False, 10**30, 20], "there is no page"),
        ("articles", ["", "title", False, 0, 201], "there is no page 0 of 201 rows"),
        ("articles", ["", "drop table", False, 0, 20], "cannot sort by 'drop table'"),
    ],
)
def test_what_cannot_be_is_refused_in_a_sentence(
    name: str,
    given: list[Any],
    said: str,
    chat: TestClient,
    capsys: pytest.CaptureFixture[str],
) -> None:
    answered = chat.post(f"/gradio_api/run/{name}", json={"data": given})
    assert answered.status_code == 500
    assert said in answered.json()["error"]
    assert "Traceback" not in capsys.readouterr().err


def test_the_page_s_own_events_are_not_run_past_the_queue(chat: TestClient) -> None:
    given = ["Who?", None, *NOTHING]
    assert chat.post("/gradio_api/run/ask", json={"data": given}).status_code == 404


def rebuild(chat: TestClient) -> str:
    """What a client that waits in the queue is told."""
    event = chat.post("/gradio_api/call/rebuild", json={"data": []}).json()["event_id"]
    return chat.get(f"/gradio_api/call/rebuild/{event}").text


def test_rebuilding_says_what_changed(
    chat: TestClient, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = []

    def build(seeds: Path, index: Path) -> BuildReport:
        asked.append((seeds, index))
        return BuildReport(added=1, skipped=[("bad.txt", "is empty")], passages=3, seconds=0.5)

    monkeypatch.setattr("qa.server.api.build", build)
    said = rebuild(chat)
    assert "event: complete" in said
    assert '"skipped": [{"file": "bad.txt", "why": "is empty"}], "passages": 3' in said
    assert asked == [(folder / "seeds", folder / "index")]


def test_a_rebuild_that_cannot_be_says_why(
    chat: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    def build(seeds: Path, index: Path) -> BuildReport:
        raise ArchiveError("another build is under way")

    monkeypatch.setattr("qa.server.api.build", build)
    assert "another build is under way" in rebuild(chat)

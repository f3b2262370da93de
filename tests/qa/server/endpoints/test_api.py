"""The API for programs over HTTP: what its endpoints return and refuse."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from index.errors import ArchiveError
from index.ingest.report import BuildReport
from tests.support.serving import LINES, served

NO_FILTER = ["", "", "", ""]
FERRY = "How many people did the ferry carry?"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("api")


@pytest.fixture(scope="module")
def chat(folder: Path) -> Iterator[TestClient]:
    with served(folder) as running:
        yield running


def run(chat: TestClient, name: str, *values: Any) -> Any:
    """Return the result of an endpoint for these values, in the order of its parameters."""
    response = chat.post(f"/gradio_api/run/{name}", json={"data": values})
    assert response.status_code == 200, response.text
    (result,) = response.json()["data"]
    return result


def test_the_api_has_these_named_endpoints_and_no_others(chat: TestClient) -> None:
    info = chat.get("/gradio_api/info").json()
    assert list(info["named_endpoints"]) == [
        "/answer",
        "/search",
        "/check_draft",
        "/articles",
        "/facets",
        "/answer_earlier",
        "/search_earlier",
        "/rebuild",
    ]
    assert info["unnamed_endpoints"] == {}


def test_a_read_only_chat_has_no_endpoint_that_changes_the_archive(tmp_path: Path) -> None:
    with served(tmp_path, addable=False) as chat:
        info = chat.get("/gradio_api/info").json()
        assert "/rebuild" not in info["named_endpoints"]
        names = {event["api_name"] for event in chat.get("/config").json()["dependencies"]}
        assert "answer" in names
        assert not names & {"rebuild", "again", "add"}


def test_facets_are_counted_and_narrowed(chat: TestClient) -> None:
    every = run(chat, "facets", "", "", "", "", "", [])
    assert (every["articles"], every["read"], every["total"]) == (2, 2, 2)
    assert [value["key"] for value in every["days"]] == ["2025-10-28", "2025-11-02"]
    some = run(chat, "facets", "", "", "", "", "", ["2025-10-28"])
    assert (some["articles"], some["undated"]) == (1, 0)
    found = run(chat, "facets", FERRY, "", "", "", "", [])
    assert "2025-10-28" in [value["key"] for value in found["days"]]


def test_an_answer_has_its_citation(chat: TestClient) -> None:
    answer = run(chat, "answer", FERRY, *NO_FILTER)
    assert answer["answered"] is True
    assert answer["text"] == "312 people"
    (cited,) = answer["citations"]
    assert (cited["article_id"], cited["date"]) == ("ferry", "2025-10-28")
    assert cited["file"] == "all.jsonl"
    assert "path" not in cited  # Gradio's client would fetch it
    assert LINES[0]["text"][cited["start"] : cited["end"]] == cited["text"] == answer["sentence"]


@pytest.mark.parametrize(
    ("filters", "text"),
    [
        (["2025-10-28", "2025-10-28", "", ""], "312 people"),
        (["", "", "en", "ferry"], "312 people"),
        (["2025-10-29", "", "", ""], "3.5 million"),
        (["", "2025-10-27", "", ""], None),
        (["", "", "zh", ""], None),
        (["", "", "", "bridge"], "3.5 million"),
    ],
)
def test_filters_narrow_the_archive(filters: list[str], text: str | None, chat: TestClient) -> None:
    assert run(chat, "answer", FERRY, *filters)["text"] == text


def test_search_returns_passages_best_first(chat: TestClient) -> None:
    first, *others = run(chat, "search", "ferry to Oban", 5, *NO_FILTER)
    assert (first["article_id"], first["title"], first["file"]) == (
        "ferry",
        "The ferry",
        "all.jsonl",
    )
    assert first["text"] in LINES[0]["text"]
    assert {other["article_id"] for other in others} == {"bridge"}
    assert len(run(chat, "search", "ferry to Oban", 1, *NO_FILTER)) == 1
    assert run(chat, "search", "ferry", 5, "2026-01-01", "", "", "") == []


def test_a_draft_is_checked(chat: TestClient) -> None:
    report = run(chat, "check_draft", "It carried 312 people.", "", "", "", "", "")
    assert [claim["status"] for claim in report["claims"]] == ["verbatim"]
    assert report["claims"][0]["citations"][0]["article_id"] == "ferry"


def test_articles_are_listed_page_by_page(chat: TestClient) -> None:
    first = run(chat, "articles", "", "date", True, 0, 1)
    assert [row["id"] for row in first["articles"]] == ["bridge"]
    assert (first["total"], first["page"], first["size"]) == (2, 0, 1)
    second = run(chat, "articles", "", "date", True, 1, 1)
    assert [row["id"] for row in second["articles"]] == ["ferry"]
    assert run(chat, "articles", "no such title", "title", False, 0, 20)["total"] == 0


@pytest.mark.parametrize(
    ("name", "values", "message"),
    [
        ("answer", ["", *NO_FILTER], "the question is empty"),
        ("answer", ["x" * 2001, *NO_FILTER], "2,001 characters"),
        ("answer", [7, *NO_FILTER], "'question': Input should be a valid string"),
        ("answer", ["Who?", "soon", "", "", ""], "'after' must be a day like"),
        ("answer", ["Who?", "", "", "", "none"], "no article with the id 'none'"),
        ("search", ["Who?", 0, *NO_FILTER], "k is 0"),
        ("search", ["Who?", 51, *NO_FILTER], "k is 51: ask for at most 50"),
        ("search", ["Who?", "many", *NO_FILTER], "'k': Input should be a valid integer"),
        ("articles", ["", "title", False, -1, 20], "there is no page -1"),
        ("facets", ["", "", "", "", "", ["Nobody"]], "no article names 'Nobody'"),
        ("facets", ["", "soon", "", "", "", []], "'after' must be a day"),
        ("articles", ["", "title", False, 10**30, 20], "there is no page"),
        ("articles", ["", "title", False, 0, 201], "there is no page 0 of 201 rows"),
        ("articles", ["", "drop table", False, 0, 20], "cannot sort by 'drop table'"),
    ],
)
def test_invalid_values_are_refused_in_a_sentence(
    name: str,
    values: list[Any],
    message: str,
    chat: TestClient,
    capsys: pytest.CaptureFixture[str],
) -> None:
    response = chat.post(f"/gradio_api/run/{name}", json={"data": values})
    assert response.status_code == 500
    assert message in response.json()["error"]
    assert "Traceback" not in capsys.readouterr().err


def test_the_page_s_own_events_cannot_bypass_the_queue(chat: TestClient) -> None:
    values = ["Who?", None, *NO_FILTER]
    assert chat.post("/gradio_api/run/ask", json={"data": values}).status_code == 404


def rebuild(chat: TestClient) -> str:
    """Return the events that a client waiting in the queue receives."""
    event = chat.post("/gradio_api/call/rebuild", json={"data": []}).json()["event_id"]
    return chat.get(f"/gradio_api/call/rebuild/{event}").text


def test_a_rebuild_reports_what_changed(
    chat: TestClient, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    builds = []

    def build(seeds: Path, index: str) -> BuildReport:
        builds.append((seeds, index))
        return BuildReport(added=1, skipped=[("bad.txt", "is empty")], passages=3, seconds=0.5)

    monkeypatch.setattr("qa.server.endpoints.api.build", build)
    events = rebuild(chat)
    assert "event: complete" in events
    assert '"skipped": [{"file": "bad.txt", "why": "is empty"}], "passages": 3' in events
    assert builds == [(folder / "seeds", str(folder / "index"))]


def test_a_failed_rebuild_gives_the_reason(
    chat: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    def build(seeds: Path, index: str) -> BuildReport:
        raise ArchiveError("another build is under way")

    monkeypatch.setattr("qa.server.endpoints.api.build", build)
    assert "another build is under way" in rebuild(chat)


def test_no_request_chooses_an_index_to_open(
    chat: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whatever is asked for, nothing is opened but the index of the command line."""
    opened: list[object] = []
    monkeypatch.setattr("index.store.doors._address", opened.append)
    monkeypatch.setattr("psycopg.connect", opened.append)
    address = "postgresql://192.0.2.1/db?archive=other"
    endpoints = chat.get("/gradio_api/info").json()["named_endpoints"]
    for name, endpoint in endpoints.items():
        types = [parameter["type"]["type"] for parameter in endpoint["parameters"]]
        for values in (
            [address if kind == "string" else 3 for kind in types],
            [address, *(("" if kind == "string" else 3) for kind in types[1:])][: len(types)],
            ["ferry", *(("" if kind == "string" else 3) for kind in types[1:-1]), address],
        ):
            if name != "/rebuild":
                chat.post(f"/gradio_api/run{name}", json={"data": values})
    assert opened == []

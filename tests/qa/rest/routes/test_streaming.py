"""An answer as a stream of events."""

import json
from typing import Any

import pytest
from starlette.testclient import TestClient

from index.errors import StorageError
from tests.qa.rest.conftest import Post

QUESTION = "How many people did the ferry carry?"


def events(text: str) -> list[tuple[str, Any]]:
    found = []
    for block in text.strip().split("\n\n"):
        name, data = block.split("\n")
        found.append((name.removeprefix("event: "), json.loads(data.removeprefix("data: "))))
    return found


def test_the_passages_come_before_the_answer(post: Post) -> None:
    response = post("answer/stream", question=QUESTION, k=1)
    assert response.headers["content-type"].startswith("text/event-stream")
    assert response.headers["cache-control"] == "no-store"
    sent = events(response.text)
    assert [name for name, _ in sent] == ["progress", "passages", "progress", "answer", "done"]
    answer = post("answer", question=QUESTION, k=1).json()
    assert {**sent[3][1], "seconds": 0} == {**answer, "seconds": 0}
    assert sent[1][1]["passages"] == answer["passages"]


def test_an_error_is_the_last_event(post: Post) -> None:
    response = post("answer/stream", question=QUESTION, article="nowhere")
    assert response.status_code == 200
    *_, (name, problem) = events(response.text)
    assert (name, problem["status"]) == ("error", 404)
    assert problem["request_id"] == response.headers["x-request-id"]
    assert problem["instance"] == "/api/v1/answer/stream"


def test_a_failure_of_ours_is_an_event_that_tells_nothing(
    chat: TestClient, post: Post, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: Any) -> None:
        raise StorageError("/secret")

    monkeypatch.setattr("qa.server.monitoring.MeteredArchive.stages", fail)
    response = post("answer/stream", question=QUESTION)
    assert events(response.text)[-1][1]["status"] == 503
    assert "secret" not in response.text

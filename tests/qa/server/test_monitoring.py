"""`/healthz` and `/metrics`: what they say, to whom, and that they name no question."""

import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from index.errors import ArchiveError, StorageError
from qa.answers.stages import Stage
from qa.server.identity.access import access_for
from qa.server.monitoring import PATHS, Meters
from tests.support.serving import served


@pytest.fixture
def chat(tmp_path: Path) -> Iterator[TestClient]:
    with served(tmp_path) as running:
        yield running


def ask(chat: TestClient, question: str, endpoint: str = "answer") -> Any:
    data = [question, 3] if endpoint == "search" else [question]
    data += [""] * 4
    return chat.post(f"/gradio_api/run/{endpoint}", json={"data": data}).json()


def figures(chat: TestClient) -> dict[str, float]:
    response = chat.get("/metrics")
    assert response.status_code == 200
    assert response.headers["content-type"].startswith("text/plain; version=")
    lines = [line.rsplit(" ", 1) for line in response.text.splitlines() if line[0] != "#"]
    return {name: float(value) for name, value in lines}


def test_questions_are_counted_by_outcome_and_measured_by_stage(chat: TestClient) -> None:
    before = figures(chat)
    assert before['archive_qa_questions_total{outcome="answered"}'] == 0
    assert before["archive_qa_index_generation"] == 1
    ask(chat, "How many people did the ferry carry?")
    ask(chat, " ")
    ask(chat, "ferry", "search")
    after = figures(chat)
    outcomes = {
        name: after[f'archive_qa_questions_total{{outcome="{name}"}}']
        for name in ("answered", "refused", "invalid", "failed")
    }
    assert outcomes == {"answered": 1, "refused": 0, "invalid": 1, "failed": 0}
    assert after['archive_qa_stage_seconds_count{stage="search"}'] == 2
    assert after['archive_qa_stage_seconds_count{stage="read"}'] == 1
    assert "ferry" not in chat.get("/metrics").text


def test_a_refusal_and_failures_are_outcomes() -> None:
    def failing(error: Exception) -> Iterator[Any]:
        raise error
        yield

    meters = Meters()
    for error in (ArchiveError("too long"), StorageError("disk"), RuntimeError("bug")):
        with pytest.raises(type(error)):
            list(meters.watch(failing(error)))
    value = meters.registry.get_sample_value
    name = "archive_qa_questions_total"
    assert value(name, {"outcome": "invalid"}) == 1
    assert value(name, {"outcome": "failed"}) == 2


def test_it_is_busy_while_a_question_is_answered() -> None:
    meters = Meters()
    stages = meters.watch(iter([Stage([]), Stage([])]))
    assert not meters.busy
    next(stages)
    assert meters.busy
    assert list(stages) == [Stage([])]
    assert not meters.busy
    abandoned = meters.watch(iter([Stage([])]))
    next(abandoned)
    del abandoned
    assert not meters.busy


def test_requests_that_the_guard_refuses_are_counted(chat: TestClient) -> None:
    assert chat.get("/config", headers={"Origin": "http://elsewhere.example"}).status_code == 403
    assert figures(chat)['archive_qa_http_refused_total{status="403"}'] == 1


def test_the_server_is_healthy_while_its_index_can_be_read(
    chat: TestClient, tmp_path: Path
) -> None:
    assert (chat.get("/healthz").status_code, chat.get("/healthz").text) == (200, "ok\n")
    assert chat.head("/healthz").status_code == 200
    assert chat.post("/healthz").status_code == 405
    shutil.rmtree(tmp_path / "index")
    sick = chat.get("/healthz")
    assert sick.status_code == 503
    assert sick.text == "the index cannot be read: see  archive-qa check\n"
    assert re.search(r"^archive_qa_index_generation NaN$", chat.get("/metrics").text, re.M)


@pytest.mark.parametrize("open_to_all", [False, True])
def test_the_password_covers_both_unless_they_are_opened(tmp_path: Path, open_to_all: bool) -> None:
    access = access_for(["anna"], "127.0.0.1", environment={"ARCHIVE_QA_PASSWORD": "sesame"})
    opened = PATHS if open_to_all else frozenset[str]()
    with served(tmp_path, access, without_password=opened) as chat:
        for path in PATHS:
            assert chat.get(path).status_code == (200 if open_to_all else 401)
            assert chat.post(path).status_code == 401
        for path in ("/", "/config", "/healthz/", "/metrics/x"):
            assert chat.get(path).status_code == 401
        foreign = {"Origin": "http://elsewhere.example"}
        assert chat.get("/metrics", headers=foreign).status_code == 403

"""Answers, passages and timelines over HTTP are those of the archive."""

import json
import shutil
from pathlib import Path
from typing import Any

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from index import build
from index.store.doors import open_stores
from qa.question_log.log import QuestionLog, read_entries
from qa.rest.application import rest_routes
from qa.rest.models.questions import MAX_BATCH
from qa.rest.service import Service
from qa.server.endpoints.api import request_queue
from qa.server.monitoring import MeteredArchive
from tests.qa.rest.conftest import Post
from tests.support.fakes import FakeEncoder, FakeReader
from tests.support.serving import LINES, application, served

FERRY, BRIDGE = "How many people did the ferry carry?", "What did the bridge cost?"


def test_an_answer_is_cited_and_has_as_many_passages_as_asked_for(post: Post) -> None:
    answer = post("answer", question=FERRY, k=1).json()
    assert (answer["answered"], answer["text"]) == (True, "312 people")
    assert answer["citations"][0]["text"] == answer["sentence"]
    assert [hit["article_id"] for hit in answer["passages"]] == ["ferry"]
    assert post("answer", question=FERRY).json()["passages"] == []


def test_an_answer_is_that_of_gradio_s_client(post: Post, chat: TestClient) -> None:
    data = {"data": [BRIDGE, "", "", "en", "bridge"]}
    (other,) = chat.post("/gradio_api/run/answer", json=data).json()["data"]
    answer = post("answer", question=BRIDGE, language="en", article="bridge").json()
    assert answer.pop("passages") == []
    assert {**answer, "seconds": 0} == {**other, "seconds": 0}


def test_a_follow_up_is_understood_by_the_answers_before_it(post: Post) -> None:
    first = post("answer", question=BRIDGE, article="bridge").json()
    then = post("answer", question="And the ferry?", history=[first]).json()
    assert "ferry" in then["understood"]
    assert post("answer", question="And the ferry?").json()["understood"] is None


@pytest.mark.parametrize(
    ("values", "pointer"),
    [
        ({}, "#/question"),
        ({"question": " "}, "#/question"),
        ({"question": "x" * 2001}, "#/question"),
        ({"question": 5}, "#/question"),
        ({"question": "Who?", "k": "5"}, "#/k"),
        ({"question": "Who?", "k": 51}, "#/k"),
        ({"question": "Who?", "earlier": "yes"}, "#/earlier"),
        ({"question": "Who?", "after": "yesterday"}, "#/after"),
        ({"question": "Who?", "after": "2025-02-01", "before": "2025-01-01"}, "#/before"),
        ({"question": "Who?", "language": "English!"}, "#/language"),
        ({"question": "Who?", "article": ""}, "#/article"),
        ({"question": "Who?", "quesiton": "x"}, "#/quesiton"),
        ({"question": "Who?", "history": [{"question": ""}]}, "#/history/0/question"),
        ({"question": "Who?", "history": [{"question": "x"}] * 21}, "#/history"),
    ],
)
def test_a_wrong_value_is_named(values: dict[str, Any], pointer: str, post: Post) -> None:
    for name in ("answer", "answer/stream"):
        response = post(name, **values)
        assert response.status_code == 422
        assert response.headers["content-type"] == "application/problem+json"
        assert pointer in [error["pointer"] for error in response.json()["errors"]]
        assert pointer in response.json()["detail"]


@pytest.mark.parametrize("id", ["nowhere", "../../etc/passwd", "a#b?c=d", "新闻/1"])
def test_an_article_that_is_not_there_is_named(id: str, post: Post) -> None:
    for name in ("answer", "search", "timeline"):
        response = post(name, question="Who?", article=id)
        assert response.status_code == 404
        assert response.json()["errors"][0]["pointer"] == "#/article"
        assert id in response.json()["detail"]


def test_hostile_texts_are_no_failures_of_ours(chat: TestClient, post: Post) -> None:
    declared = {"Content-Type": "application/json"}
    for body in (
        b'{"question": "\\ud800"}',
        b'{"question": "x", "\\ud800": 1}',
        b"[]",
        b'"x"',
        b"1",
    ):
        response = chat.post("/api/v1/answer", content=body, headers=declared)
        assert response.status_code == 422
        assert response.json()["errors"]
    for question in ("\0", "a\0b", "\u202eevil", "<script>", "' OR 1=1 --", '"*"', "NEAR(" * 99):
        assert post("answer", question=question).status_code in (200, 422)


def test_passages_are_found(post: Post) -> None:
    hits = post("search", question="bridge euros", k=1).json()["passages"]
    assert [hit["article_id"] for hit in hits] == ["bridge"]
    assert post("search", question="bridge", after="2025-11-01").json()["passages"][1:] == []


def test_what_was_reported_over_time_is_listed(post: Post) -> None:
    entries = post("timeline", question=BRIDGE, article="bridge").json()["entries"]
    assert [(e["value"], e["first"], e["last"]) for e in entries] == [
        ("3.5 million", "2025-11-02", "2025-11-02")
    ]


def test_many_questions_have_an_outcome_each(post: Post) -> None:
    asked = [
        {"question": BRIDGE, "article": "bridge"},
        {"question": "Who?", "article": "nowhere"},
        {"question": FERRY, "article": "ferry"},
    ]
    outcomes = post("answers", questions=asked).json()["outcomes"]
    assert [o["status"] for o in outcomes] == ["answered", "invalid", "answered"]
    assert [o["answer"] and o["answer"]["text"] for o in outcomes] == [
        "3.5 million", None, "312 people",
    ]  # fmt: skip
    assert "nowhere" in outcomes[1]["detail"]
    many = post("answers", questions=asked * MAX_BATCH)
    assert (many.status_code, many.json()["errors"][0]["pointer"]) == (422, "#/questions")


def change(folder: Path) -> None:
    lines = [{**LINES[0], "text": "The ferry to Oban carried 450 people on Monday."}, LINES[1]]
    (folder / "seeds" / "all.jsonl").write_text("\n".join(map(json.dumps, lines)))
    build(folder / "seeds", folder / "index", encoder=FakeEncoder())


def test_earlier_texts_are_asked_also_by_names(tmp_path: Path) -> None:
    with served(tmp_path, versions="keep") as chat:
        change(tmp_path)
        asked = {"question": FERRY, "earlier": True, "names": [LINES[0]["date"]]}
        answer = chat.post("/api/v1/answer", json=asked).json()
        assert (answer["text"], answer["sentence"]) == ("312 people", LINES[0]["text"])
        identity = answer["citations"][0]["article_id"]
        assert identity.startswith("ferry@2025-10-28-")
        (hit,) = chat.post("/api/v1/search", json={**asked, "article": identity}).json()["passages"]
        assert hit["text"] == LINES[0]["text"]
        (entry,) = chat.post("/api/v1/timeline", json=asked).json()["entries"]
        assert entry["value"] == "312 people"
        for names in (["Nobody"], [LINES[1]["date"]]):  # a day that no earlier text names
            refused = chat.post("/api/v1/answer", json={**asked, "names": names})
            assert (refused.status_code, names[0] in refused.json()["detail"]) == (422, True)


def test_where_none_are_kept_the_caller_is_told_so_and_not_where(
    post: Post, chat: TestClient
) -> None:
    for name in ("answer", "search", "timeline"):
        refused = post(name, question=FERRY, earlier=True)
        assert (refused.status_code, "keeps no earlier texts" in refused.text) == (422, True)
        assert "/index" not in refused.json()["detail"]
    (outcome,) = post("answers", questions=[{"question": FERRY, "earlier": True}]).json()[
        "outcomes"
    ]
    assert (outcome["status"], "earlier" in outcome["detail"]) == ("invalid", True)
    assert "event: error" in post("answer/stream", question=FERRY, earlier=True).text


def test_one_archive_has_no_name(post: Post) -> None:
    refused = post("search", question="ferry", archive="news")
    assert (refused.status_code, "there is one archive" in refused.json()["detail"]) == (422, True)


def test_of_several_archives_each_passage_has_the_name_of_its_own(tmp_path: Path) -> None:
    for name in ("news", "old"):
        (tmp_path / name).mkdir()
        application(tmp_path / name)
    places = {name: str(tmp_path / name / "index") for name in ("news", "old")}
    archive = MeteredArchive(open_stores(places), FakeEncoder(), FakeReader("312 people"))
    routes = rest_routes(Service(archive, request_queue()))
    shutil.rmtree(tmp_path / "old" / "index")
    with TestClient(Starlette(routes=routes), "http://127.0.0.1") as chat:
        found = chat.post("/api/v1/search", json={"question": "ferry"}).json()
        assert {hit["archive"] for hit in found["passages"]} == {"news"}
        assert found["not_asked"] == [{"archive": "old", "why": "it cannot be read now"}]
        listed = chat.get("/api/v1/articles", params={"archive": "news"}).json()
        assert {row["archive"] for row in listed["articles"]} == {"news"}
        assert listed["not_asked"] == []  # nothing is missing of what was asked for
        assert chat.get("/api/v1/articles").json()["not_asked"] == found["not_asked"]
        for only, missing in (("news", []), (None, found["not_asked"])):
            asked = {"question": FERRY, "archive": only}
            told = chat.post("/api/v1/timeline", json=asked).json()
            assert told["not_asked"] == missing
        gone = chat.get("/api/v1/articles", params={"archive": "old"})
        assert gone.status_code == 503
        answer = chat.post("/api/v1/answer", json={"question": FERRY, "archive": "news"}).json()
        assert answer["citations"][0]["archive"] == "news"
        wrong = chat.post("/api/v1/answer", json={"question": FERRY, "archive": "older"})
        assert (wrong.status_code, "there is no archive 'older'" in wrong.text) == (422, True)
        paths = chat.get("/openapi.json").json()["paths"]
        assert not {"/api/v1/facets", "/api/v1/files", "/api/v1/standing-questions"} & set(paths)
        assert chat.get("/api/v1/archive").json()["archives"] == ["news", "old"]


def test_questions_are_logged_and_counted_as_those_of_the_page(tmp_path: Path) -> None:
    made = application(tmp_path)
    made.archive.log = QuestionLog(tmp_path / "log.jsonl")
    sent = {"X-Request-ID": "mine-1"}
    with TestClient(made.app, "http://127.0.0.1") as client:
        client.post("/api/v1/answer", json={"question": FERRY}, headers=sent)
        client.post("/api/v1/answer/stream", json={"question": FERRY}, headers=sent)
        client.post("/api/v1/answers", json={"questions": [{"question": BRIDGE}]}, headers=sent)
        figures = client.get("/metrics").text
    entries = list(read_entries(tmp_path / "log.jsonl"))
    assert [entry["question"] for entry in entries] == [FERRY, FERRY, BRIDGE]
    assert {entry["request"] for entry in entries} == {"mine-1"}
    assert 'archive_qa_questions_total{outcome="answered"} 3.0' in figures

"""Problem documents."""

import json

from qa.server.problem import BY_STATUS, INVALID, KINDS, Problem, instance, of_status

SCOPE = {"type": "http", "path": "/api/v1/x", "headers": [(b"x-request-id", b"mine")]}


def test_a_document_has_all_members() -> None:
    problem = Problem(INVALID, "k is 51", [{"detail": "too large", "pointer": "#/k"}])
    response = problem.response(dict(SCOPE))
    assert response.media_type == "application/problem+json"
    assert response.headers["cache-control"] == "no-store"
    assert json.loads(bytes(response.body)) == {
        "type": "/api/v1/docs#problem-invalid",
        "title": "A value cannot be used",
        "status": 422,
        "detail": "k is 51",
        "instance": "/api/v1/x",
        "request_id": "mine",
        "errors": [{"detail": "too large", "pointer": "#/k"}],
    }


def test_every_status_has_one_kind() -> None:
    assert len(BY_STATUS) == len(KINDS)


def test_a_status_without_a_kind_has_its_name() -> None:
    document = of_status(507, "full").document(dict(SCOPE))
    assert (document["status"], document["title"]) == (507, "Insufficient Storage")


def test_an_address_is_shown_as_it_was_sent_without_its_query() -> None:
    sent = {**SCOPE, "path": "/api/v1/é", "raw_path": b"/api/v1/%C3%A9?question=secret"}
    assert instance(sent) == "/api/v1/%C3%A9"
    assert len(instance({**SCOPE, "path": "/api/" + "x" * 5000})) == 200

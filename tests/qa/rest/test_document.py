"""The OpenAPI document is strictly 3.1 and says what the operations do."""

from typing import Any

import pytest
from openapi_spec_validator import OpenAPIV31SpecValidator
from starlette.testclient import TestClient

from qa.server.problem import KINDS


@pytest.fixture(scope="module")
def document(chat: TestClient) -> dict[str, Any]:
    return dict(chat.get("/openapi.json").json())


def operations(document: dict[str, Any]) -> list[dict[str, Any]]:
    return [operation for item in document["paths"].values() for operation in item.values()]


def test_it_is_valid(document: dict[str, Any]) -> None:
    assert document["openapi"].startswith("3.1.")
    assert list(OpenAPIV31SpecValidator(document).iter_errors()) == []


def test_it_holds_our_operations_alone(document: dict[str, Any]) -> None:
    assert sorted(path.removeprefix("/api/v1/") for path in document["paths"]) == [
        "answer", "answer/stream", "answers", "archive", "article", "article/passages",
        "article/versions", "articles", "check-draft", "facets", "files", "health", "rebuild",
        "search", "standing-news", "standing-questions", "timeline", "verify",
    ]  # fmt: skip
    assert "HTTPValidationError" not in document["components"]["schemas"]
    assert "security" not in document


def test_every_operation_is_described_with_its_problems(document: dict[str, Any]) -> None:
    named = [operation["operationId"] for operation in operations(document)]
    assert len(named) == len(set(named))
    assert {"answer", "answer_stream", "article_passages"} <= set(named)
    for operation in operations(document):
        assert operation["summary"]
        assert operation["description"].strip()
        assert operation["tags"]
        for status, response in operation["responses"].items():
            assert "X-Request-ID" in response["headers"]
            if status[0] in "45d":
                (media,) = response["content"]
                assert media == "application/problem+json"
        assert {"200", "401", "403", "429", "503", "default"} <= operation["responses"].keys()
        if "requestBody" in operation:
            assert {"400", "411", "413", "415", "422"} <= operation["responses"].keys()


def test_only_what_adds_may_find_a_list_full_or_a_build_under_way(document: dict[str, Any]) -> None:
    said = {
        (method, path)
        for path, item in document["paths"].items()
        for method, operation in item.items()
        if "409" in operation["responses"]
    }
    names = ("files", "rebuild", "standing-questions")
    assert said == {("post", f"/api/v1/{name}") for name in names}


def test_every_kind_of_problem_may_happen_somewhere(document: dict[str, Any]) -> None:
    said = {status for o in operations(document) for status in o["responses"]}
    assert {kind.status for kind in KINDS} - {405} <= {int(s) for s in said - {"default"}}


def test_every_text_that_is_sent_is_bounded(document: dict[str, Any]) -> None:
    """No string or list of a request is as long as its sender likes."""

    def unbounded(schema: dict[str, Any], name: str) -> list[str]:
        if "$ref" in schema:
            reference = schema["$ref"].rpartition("/")[2]
            return unbounded(document["components"]["schemas"][reference], reference)
        found = [
            f"{name}.{key}" for key, value in schema.get("properties", {}).items()
            for _ in unbounded(value, key)
        ]  # fmt: skip
        found += [name for one in schema.get("anyOf", []) for _ in unbounded(one, name)]
        if schema.get("type") == "array":
            found += [name] * ("maxItems" not in schema) + unbounded(schema["items"], name)
        free = {"maxLength", "format", "enum", "pattern"}.isdisjoint(schema)
        return found + [name] * (schema.get("type") == "string" and free)

    bodies = [
        content["application/json"]["schema"]
        for o in operations(document)
        if "application/json" in (content := o.get("requestBody", {}).get("content", {}))
    ]
    assert len(bodies) == 9
    for body in bodies:
        assert unbounded(body, "") == []

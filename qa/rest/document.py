"""The OpenAPI document: strictly of version 3.1, and of our operations alone."""

from typing import Any

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi

from qa.server.problem import KINDS, MEDIA_TYPE, Kind

from .caching import program_version
from .models.outcomes import Problem

PREFIX = "/api/v1"
ADDRESS = "/openapi.json"
DESCRIPTION = """Questions to an archive of articles, answered by verbatim pieces with citations.

- Requests have bodies in JSON (UTF-8). A misspelled name is an error. Offsets are code points.
- Texts are verbatim and unescaped: treat them as text, not as HTML.
- Every response bears an `X-Request-ID`: yours, if you send one of 1 to 128 letters, digits and
  `. _ : / + = @ -` that begins with a letter or digit.
- Errors are problem documents (RFC 9457); `errors` names the values at fault.
- When too many requests wait, the status is 429 with a `Retry-After`.
- What is read by GET has an `ETag` that changes with each build: send it as `If-None-Match`.
"""
EXAMPLE = {
    "type": "/api/v1/docs#problem-invalid",
    "title": "A value cannot be used",
    "status": 422,
    "detail": "'#/k': Input should be less than or equal to 50",
    "instance": "/api/v1/search",
    "request_id": "7d1c0f6a5be24d0f9a3a4c7be1f2a900",
    "errors": [{"detail": "Input should be less than or equal to 50", "pointer": "#/k"}],
}
SENT = {"description": "The request's id.", "schema": {"type": "string"}}
ALWAYS = (401, 403, 429, 500, 503)  # statuses that any operation may have
WITH_BODY = (400, 411, 413, 415)
WITH_VALUES = (404, 422)  # no article has the id; a value is wrong
CHANGING = (409,)  # another build runs, or a list is full


def document(
    application: FastAPI, *, password: bool = False, tokens: bool = False
) -> dict[str, Any]:
    """Return the document of an application's operations; `password`, `tokens`: what admits."""
    made = get_openapi(
        title="Archive QA",
        version=program_version(),
        summary="Short, verbatim, cited answers from a news archive",
        description=DESCRIPTION,
        license_info={"name": "MIT", "identifier": "MIT"},
        routes=application.routes,
    )
    made["paths"] = {f"{PREFIX}{path}": item for path, item in made["paths"].items()}
    schemas = made["components"]["schemas"]
    for unused in ("HTTPValidationError", "ValidationError"):  # FastAPI's own form of problems
        schemas.pop(unused, None)
    schemas["Problem"], nested = _problem_schema()
    schemas.update(nested)
    for item in made["paths"].values():
        for method, operation in item.items():
            _complete(operation, method)
    ways = {"password": "basic"} if password else {}
    ways |= {"token": "bearer"} if tokens else {}
    if ways:
        schemes = {name: {"type": "http", "scheme": scheme} for name, scheme in ways.items()}
        made["components"]["securitySchemes"] = schemes
        made["security"] = [{name: []} for name in ways]
    return made


def _complete(operation: dict[str, Any], method: str) -> None:
    """Add the problems that an operation may answer with, and the header of all responses."""
    responses = operation["responses"]
    expected = [*ALWAYS]
    if "requestBody" in operation:
        expected += WITH_BODY
    if "requestBody" in operation or "parameters" in operation:
        expected += WITH_VALUES
    if method == "post" and {"adding", "standing questions"} & {*operation["tags"]}:
        expected += CHANGING
    responses |= {str(kind.status): _problem(kind) for kind in KINDS if kind.status in expected}
    responses["default"] = {**_problem(None), "description": "Any other problem"}
    for response in responses.values():
        response.setdefault("headers", {})["X-Request-ID"] = SENT
    operation["responses"] = dict(sorted(responses.items()))


def _problem(kind: Kind | None) -> dict[str, Any]:
    content: dict[str, Any] = {"schema": {"$ref": "#/components/schemas/Problem"}}
    if kind and kind.status == EXAMPLE["status"]:
        content["example"] = EXAMPLE
    return {"description": kind.title if kind else "", "content": {MEDIA_TYPE: content}}


def _problem_schema() -> tuple[dict[str, Any], dict[str, Any]]:
    schema = Problem.model_json_schema(ref_template="#/components/schemas/{model}")
    return schema, schema.pop("$defs")

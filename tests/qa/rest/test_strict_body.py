"""Bodies are JSON in UTF-8 and nothing else."""

import pytest
from starlette.testclient import TestClient

from qa.rest.strict_body import parse
from qa.server.problem import Problem

JSON = {"Content-Type": "application/json"}


@pytest.mark.parametrize(
    ("body", "why"),
    [
        (b"", "Expecting value at character 0"),
        (b"{", "at character 1"),
        (b"{} {}", "Extra data at character 3"),
        (b'{"k": NaN}', "NaN is no JSON value"),
        (b'{"k": -Infinity}', "-Infinity is no JSON value"),
        (b'{"k": 1e999}', "a number is too large"),
        (b"9" * 5000, "a number is too large"),
        (b'{"k": 1, "k": 2}', "two members of one name"),
        (b'{"a": [{"k": 1, "\\u006b": 2}]}', "two members of one name"),
        (b"[" * 200_000, "nested too deeply"),
        (b'{"a":' * 200_000, "nested too deeply"),
        ('{"k": "é"}'.encode("latin-1"), "not UTF-8 at byte 7"),
        ('{"k": 1}'.encode("utf-16"), "not UTF-8 at byte 0"),
        (b"\xef\xbb\xbf{}", "BOM"),
    ],
)
def test_what_is_no_json_is_said_to_be(body: bytes, why: str, chat: TestClient) -> None:
    with pytest.raises(Problem) as raised:
        parse(body)
    assert why in raised.value.detail
    response = chat.post("/api/v1/search", content=body or b" ", headers=JSON)
    assert (response.status_code, response.json()["type"]) == (
        400,
        "/api/v1/docs#problem-malformed",
    )


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"Content-Type": "text/plain"},  # what a form of another site could send
        {"Content-Type": "application/x-www-form-urlencoded"},
        {"Content-Type": "multipart/form-data; boundary=x"},
        {"Content-Type": "application/json; charset=utf-16"},
        {"Content-Type": "application/jsonp"},
        {"Content-Type": "\u00ff" * 500},
        {**JSON, "Content-Encoding": "gzip"},
    ],
)
def test_other_media_types_are_refused(headers: dict[str, str], chat: TestClient) -> None:
    sent = [(name.encode(), value.encode("latin-1")) for name, value in headers.items()]
    response = chat.post("/api/v1/search", content=b'{"question": "ferry"}', headers=sent)
    assert response.status_code == 415
    assert len(response.json()["detail"]) < 200


@pytest.mark.parametrize("accept", ["image/png", "x" * 5000, "*/*;q=0", ", ;", "\u00ff"])
@pytest.mark.parametrize("media", ["application/json", "Application/JSON ; charset=UTF-8"])
def test_a_body_of_json_is_taken_whatever_is_accepted(
    media: str, accept: str, chat: TestClient
) -> None:
    headers = [(b"Content-Type", media.encode()), (b"Accept", accept.encode("latin-1"))]
    response = chat.post("/api/v1/search", content=b'{"question": "ferry"}', headers=headers)
    assert response.status_code == 200
    assert response.headers["content-type"] == "application/json"

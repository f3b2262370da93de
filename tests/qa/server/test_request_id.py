"""Ids of requests."""

import re

import pytest

from qa.server.request_id import request_id


def of(*sent: bytes) -> str:
    return request_id({"headers": [(b"x-request-id", value) for value in sent]})


def test_a_client_s_id_is_kept() -> None:
    assert of(b"3fa85f64-5717-4562-b3fc-2c963f66afa6") == "3fa85f64-5717-4562-b3fc-2c963f66afa6"


@pytest.mark.parametrize("sent", [(), (b"",), (b"a\nb",), (b"a\x00",), (b"a",) * 2, (b"a" * 129,)])
def test_without_a_valid_one_it_is_made(sent: tuple[bytes, ...]) -> None:
    assert re.fullmatch("[0-9a-f]{32}", of(*sent))
    assert of(*sent) != of(*sent)


def test_every_caller_gets_the_same() -> None:
    scope = {"headers": [(b"X-Request-ID", b"mine")]}
    assert request_id(scope) == request_id(scope) == "mine"
    made: dict[str, object] = {"headers": []}
    assert request_id(made) == request_id(made)

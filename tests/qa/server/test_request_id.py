"""Request ids: a client's own, if it can stand in a header and a log."""

import pytest
from starlette.types import Scope

from qa.server.request_id import request_id


def test_a_request_keeps_its_id() -> None:
    scope = {"headers": [(b"x-request-id", b"job-7:3")]}
    assert request_id(scope) == request_id(scope) == "job-7:3"
    new: Scope = {"headers": []}
    assert request_id(new) == request_id(new) != request_id({"headers": []})


@pytest.mark.parametrize("given", [b"", b"a b", b"a\r\nb", b"-a", b"a" * 129, b"\xe9", b'"'])
def test_an_id_of_another_form_is_replaced(given: bytes) -> None:
    assert len(request_id({"headers": [(b"X-Request-ID", given)]})) == 32


def test_two_ids_are_none() -> None:
    assert len(request_id({"headers": [(b"x-request-id", b"a"), (b"x-request-id", b"b")]})) == 32

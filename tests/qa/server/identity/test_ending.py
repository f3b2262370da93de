"""Streams end when their visitor is no longer valid."""

import asyncio
from typing import Any

from qa.server.identity.ending import Ending

START = {"type": "http.response.start", "status": 200, "headers": [(b"x", b"y")]}
LENGTH = {**START, "headers": [(b"Content-Length", b"4")]}


def body(text: bytes, more: bool = True) -> dict[str, Any]:
    return {"type": "http.response.body", "body": text, "more_body": more}


def run(messages: list[dict[str, Any]], valid: list[bool]) -> tuple[list[Any], Any]:
    """Send messages; return what was sent on, and what is received afterwards."""
    sent: list[Any] = []
    states = iter(valid)

    async def receive() -> Any:
        return {"type": "http.request"}

    async def send(message: Any) -> None:
        sent.append(message)

    async def steps() -> Any:
        ending = Ending(lambda: next(states), receive, send)
        for message in messages:
            await ending.send(message)
        return await ending.receive()

    return sent, asyncio.run(steps())


def test_nothing_is_sent_after_a_token_was_revoked() -> None:
    messages = [START, body(b"one"), body(b"two"), body(b"three"), body(b"", more=False)]
    sent, received = run(messages, [True, False])
    assert sent == [START, body(b"one"), body(b"", more=False)]
    assert received == {"type": "http.disconnect"}


def test_a_valid_stream_is_sent_whole() -> None:
    messages = [START, body(b"one"), body(b"two", more=False)]
    sent, received = run(messages, [True] * 2)
    assert sent == messages
    assert received == {"type": "http.request"}


def test_a_response_of_a_stated_length_is_not_cut() -> None:
    messages = [LENGTH, body(b"four", more=False)]
    assert run(messages, [])[0] == messages

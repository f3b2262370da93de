"""Ends a response that is being streamed when its visitor's token is revoked or expires."""

from collections.abc import Callable

from starlette.types import Message, Receive, Send


class Ending:
    """The two halves of an ASGI connection; nothing is sent any more once `valid` is false.

    A response of a stated length was begun for somebody who might have it, and is short: only
    streams end. The application learns of it as of a browser that was closed.
    """

    def __init__(self, valid: Callable[[], bool], receive: Receive, send: Send) -> None:
        self._valid, self._receive, self._send = valid, receive, send
        self._streams = self._ended = False

    async def receive(self) -> Message:
        """Receive the next message of the browser."""
        return {"type": "http.disconnect"} if self._ended else await self._receive()

    async def send(self, message: Message) -> None:
        """Send a message, unless the response has ended or ends now."""
        if message["type"] == "http.response.start":
            names = {name.lower() for name, _ in message.get("headers", ())}
            self._streams = b"content-length" not in names
        elif self._streams and not self._ended and not self._valid():
            self._ended = True
            await self._send({"type": "http.response.body", "body": b"", "more_body": False})
        if not self._ended:
            await self._send(message)

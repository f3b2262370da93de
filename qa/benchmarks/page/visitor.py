"""One person at the chat page, as the server sees them: what a browser sends, without a browser."""

import json
import uuid
from typing import Any

import httpx

PATIENCE = 120  # seconds


class Visitor:
    """A page that is open: its own conversation, in its own session."""

    def __init__(self, address: str) -> None:
        # a connection that rests is closed by the server after five seconds, maybe just when it
        # is used again; browsers then try again by themselves
        limits = httpx.Limits(keepalive_expiry=1)
        self._http = httpx.Client(base_url=address, timeout=PATIENCE, limits=limits)
        self._session = uuid.uuid4().hex
        config = self._http.get("/config").raise_for_status().json()
        self._events = {event["api_name"]: event["id"] for event in config["dependencies"]}

    def ask(self, question: str) -> str:
        """Ask in the conversation; the reply's HTML. Raises ValueError when it fails."""
        output = self._event("ask", [question, None, "", "", "", ""])
        turns = output["data"][0]
        return json.dumps(turns, ensure_ascii=False)

    def look(self, words: str) -> int:
        """Search the table of articles; how many there are."""
        body = {"data": [words, "title", False, 0, 20]}
        found = self._http.post("/gradio_api/run/articles", json=body).raise_for_status().json()
        return int(found["data"][0]["total"])

    def answer(self, question: str) -> str | None:
        """Ask as a program does; the answer's text."""
        body = {"data": [question, "", "", "", ""]}
        found = self._http.post("/gradio_api/run/answer", json=body).raise_for_status().json()
        text: str | None = found["data"][0]["text"]
        return text

    def close(self) -> None:
        self._http.close()

    def _event(self, name: str, data: list[Any]) -> dict[str, Any]:
        """Put an event in the queue and wait until it is done; its output."""
        body = {"data": data, "fn_index": self._events[name], "session_hash": self._session}
        self._http.post("/gradio_api/queue/join", json=body).raise_for_status()
        shown = self._http.stream(
            "GET", "/gradio_api/queue/data", params={"session_hash": self._session}
        )
        with shown as stream:
            stream.raise_for_status()
            for line in stream.iter_lines():
                message = json.loads(line[5:]) if line.startswith("data:") else {}
                if message.get("msg") == "process_completed":
                    if not message["success"]:
                        raise ValueError(f"the page says: {message['output']}")
                    return message["output"]  # type: ignore[no-any-return]
        raise ValueError("the page said nothing more")

"""A visitor of the chat page without a browser: sends the requests that a browser would."""

import json
import uuid
from typing import Any

import httpx

TIMEOUT = 120  # seconds


class Visitor:
    """An open page with its own session and conversation."""

    def __init__(self, address: str) -> None:
        # The server closes an idle connection after five seconds, perhaps just as it is used again.
        # Browsers then retry by themselves; httpx does not.
        limits = httpx.Limits(keepalive_expiry=1)
        self._http = httpx.Client(base_url=address, timeout=TIMEOUT, limits=limits)
        self._session = uuid.uuid4().hex
        config = self._http.get("/config").raise_for_status().json()
        self._events = {event["api_name"]: event["id"] for event in config["dependencies"]}

    def ask(self, question: str) -> str:
        """Ask in the conversation; return its messages as JSON. Raises ValueError if it fails."""
        output = self._event("ask", [question, None, {}, "", "", "", [], False])
        turns = output["data"][0]
        return json.dumps(turns, ensure_ascii=False)

    def search_articles(self, words: str) -> int:
        """Search the table of articles; return the number of matches."""
        body = {"data": [words, "title", False, 0, 20]}
        response = self._http.post("/gradio_api/run/articles", json=body).raise_for_status().json()
        return int(response["data"][0]["total"])

    def answer(self, question: str) -> str | None:
        """Ask through the API; return the answer's text."""
        body = {"data": [question, "", "", "", ""]}
        response = self._http.post("/gradio_api/run/answer", json=body).raise_for_status().json()
        text: str | None = response["data"][0]["text"]
        return text

    def close(self) -> None:
        """Close the connections."""
        self._http.close()

    def _event(self, name: str, data: list[Any]) -> dict[str, Any]:
        """Put an event in the queue, wait until it is done and return its output."""
        body = {"data": data, "fn_index": self._events[name], "session_hash": self._session}
        self._http.post("/gradio_api/queue/join", json=body).raise_for_status()
        events = self._http.stream(
            "GET", "/gradio_api/queue/data", params={"session_hash": self._session}
        )
        with events as stream:
            stream.raise_for_status()
            for line in stream.iter_lines():
                message = json.loads(line[5:]) if line.startswith("data:") else {}
                if message.get("msg") == "process_completed":
                    if not message["success"]:
                        raise ValueError(f"the page reports: {message['output']}")
                    return message["output"]  # type: ignore[no-any-return]
        raise ValueError("the event stream ended before the reply")

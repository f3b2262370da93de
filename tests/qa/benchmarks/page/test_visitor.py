"""A visitor's requests against a server that answers like the page."""

import json
from collections.abc import Iterator

import httpx
import pytest

from qa.benchmarks.page.visitor import Visitor


class Page:
    """Answers the requests of a visitor; `completed` is the last message of an event."""

    def __init__(self) -> None:
        self.joined: list[dict[str, object]] = []
        self.completed: dict[str, object] | None = {
            "msg": "process_completed", "success": True, "output": {"data": [["谁?", "她"]]},
        }  # fmt: skip

    def __call__(self, request: httpx.Request) -> httpx.Response:
        path = request.url.path
        if path == "/config":
            return httpx.Response(200, json={"dependencies": [{"api_name": "ask", "id": 7}]})
        if path == "/gradio_api/queue/join":
            self.joined.append(json.loads(request.content))
            return httpx.Response(200, json={})
        if path == "/gradio_api/queue/data":
            messages = [{"msg": "estimation"}, *([self.completed] if self.completed else [])]
            return httpx.Response(200, text="".join(f"data: {json.dumps(m)}\n\n" for m in messages))
        if path == "/gradio_api/run/articles":
            return httpx.Response(200, json={"data": [{"total": 2}]})
        return httpx.Response(200, json={"data": [{"text": "nine"}]})


@pytest.fixture
def page() -> Page:
    return Page()


@pytest.fixture
def visitor(page: Page, monkeypatch: pytest.MonkeyPatch) -> Iterator[Visitor]:
    client = httpx.Client
    monkeypatch.setattr(
        httpx, "Client", lambda **kwargs: client(**kwargs, transport=httpx.MockTransport(page))
    )
    visitor = Visitor("http://127.0.0.1")
    yield visitor
    visitor.close()


def test_a_question_goes_through_the_queue_in_one_session(visitor: Visitor, page: Page) -> None:
    assert visitor.ask("谁?") == '["谁?", "她"]'
    visitor.ask("Who?")
    assert [event["fn_index"] for event in page.joined] == [7, 7]
    assert len({event["session_hash"] for event in page.joined}) == 1


def test_the_table_and_the_api_are_asked_directly(visitor: Visitor, page: Page) -> None:
    assert visitor.search_articles("takaichi") == 2
    assert visitor.answer("When?") == "nine"
    assert page.joined == []


def test_a_failed_event_is_an_error(visitor: Visitor, page: Page) -> None:
    page.completed = {"msg": "process_completed", "success": False, "output": "too long"}
    with pytest.raises(ValueError, match="the page reports: too long"):
        visitor.ask("Who?")


def test_a_stream_that_ends_early_is_an_error(visitor: Visitor, page: Page) -> None:
    page.completed = None
    with pytest.raises(ValueError, match="ended before the reply"):
        visitor.ask("Who?")

"""Standing questions over HTTP: the list of the page, with its limits."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from qa.standing import shared
from qa.standing.book import Book
from qa.standing.shared import SharedList
from tests.support.serving import served

LIST, NEWS = "/api/v1/standing-questions", "/api/v1/standing-news"
QUESTION = {"question": "How many people did the ferry carry?", "language": "en"}


@pytest.fixture
def book(tmp_path: Path) -> Book:
    return Book(tmp_path / "data" / "standing.sqlite")


@pytest.fixture
def chat(tmp_path: Path, book: Book) -> Iterator[TestClient]:
    with served(tmp_path, standing=SharedList(book)) as client:
        yield client


def test_questions_are_added_listed_and_removed(chat: TestClient, book: Book) -> None:
    added = chat.post(LIST, json=QUESTION).json()
    assert chat.post(LIST, json=QUESTION).json() == added
    (shown,) = chat.get(LIST).json()["questions"]
    assert (shown["id"], shown["only"], shown["answer"]) == (added["id"], {"language": "en"}, None)
    assert chat.get(LIST, params={"after": added["id"]}).json() == {"questions": [], "total": 1}
    assert chat.get(NEWS).json() == {"entries": [], "last": 0, "more": False}
    assert chat.delete(LIST, params=added).json() == {"removed": True}
    assert chat.delete(LIST, params=added).json() == {"removed": False}
    assert len(book) == 0


def test_no_program_can_be_named(chat: TestClient, book: Book) -> None:
    refused = chat.post(LIST, json={**QUESTION, "program": ["/bin/sh"]})
    assert (refused.status_code, refused.json()["errors"][0]["pointer"]) == (422, "#/program")
    assert len(book) == 0


def test_a_full_list_is_a_conflict(chat: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shared, "MAX_FROM_PAGE", 1)
    chat.post(LIST, json=QUESTION)
    full = chat.post(LIST, json={"question": "Who?"})
    assert (full.status_code, full.json()["type"]) == (409, "/api/v1/docs#problem-conflict")
    assert "at most 1 may be" in full.json()["detail"]


def test_a_list_that_stays_as_it_is_can_be_read(tmp_path: Path, book: Book) -> None:
    locked = SharedList(book, changeable=False)
    with served(tmp_path, standing=locked, addable=False) as chat:
        assert chat.get(LIST).json()["total"] == 0
        assert chat.post(LIST, json=QUESTION).status_code == 405
        assert chat.delete(LIST, params={"id": 1}).status_code == 405
        assert set(chat.get("/openapi.json").json()["paths"][LIST]) == {"get"}

"""Standing questions for programs: the same list as the page's, and the same limits."""

from pathlib import Path

import pytest
from starlette.testclient import TestClient

from index.errors import ArchiveError
from index.store.base.search_filter import NO_FILTER
from qa.server.endpoints.standing_api import (
    MAX_ID,
    add_question,
    news_json,
    questions_json,
    remove_question,
)
from qa.standing import shared
from qa.standing.book import Book
from qa.standing.shared import SharedList
from tests.support.builds import Make
from tests.support.hostile import HOSTILE
from tests.support.serving import served
from tests.support.standing import FERRY, FILLERS, LATER, StandingArchive

QUESTION = "How many people did the ferry to Oban carry?"


@pytest.fixture
def visitors(tmp_path: Path) -> SharedList:
    return SharedList(Book(tmp_path / "data" / "standing.sqlite"))


def run(chat: TestClient, name: str, *values: object) -> dict[str, object]:
    response = chat.post(f"/gradio_api/run/{name}", json={"data": values})
    assert response.status_code == 200, response.text
    (result,) = response.json()["data"]
    assert isinstance(result, dict)
    return result


def test_questions_are_added_listed_and_removed(visitors: SharedList) -> None:
    filters = {"after": "", "before": "2025-11-01", "language": "en", "article": ""}
    added = add_question(visitors, QUESTION, filters)
    assert add_question(visitors, f" {QUESTION} ", filters) == added
    other = add_question(visitors, QUESTION, {})
    found = questions_json(visitors)
    assert found["total"] == 2
    (first, _) = found["questions"]
    assert {**first, "created": ""} == {
        "id": added["id"], "question": QUESTION, "only": {"before": "2025-11-01", "language": "en"},
        "feed": "news", "created": "", "runs_program": False, "answer": None,
    }  # fmt: skip
    assert [q["id"] for q in questions_json(visitors, added["id"])["questions"]] == [other["id"]]
    assert remove_question(visitors, added["id"]) == {"removed": True}
    assert remove_question(visitors, added["id"]) == {"removed": False}


def test_programs_are_neither_shown_nor_removed(visitors: SharedList) -> None:
    identity = visitors.book.add(QUESTION, NO_FILTER, program=("/bin/notify", "secret"))
    (shown,) = questions_json(visitors)["questions"]
    assert shown["runs_program"] is True
    assert "secret" not in str(shown)
    assert remove_question(visitors, identity) == {"removed": False}
    assert len(visitors.book) == 1


def test_news_are_told_once_and_in_order(make: Make, tmp_path: Path) -> None:
    archive = StandingArchive(make, tmp_path)
    visitors = SharedList(archive.book)
    add_question(visitors, QUESTION, {})
    archive.build({**FILLERS, "ferry.txt": FERRY})
    archive.check()
    assert news_json(visitors) == {"entries": [], "last": 0, "more": False}
    archive.build({"ferry.txt": LATER})
    archive.check()
    found = news_json(visitors)
    (entry,) = found["entries"]
    assert (entry["kind"], entry["before"]["text"], entry["answer"]["text"]) == (
        "changed", "312 people", "450 people",
    )  # fmt: skip
    assert entry["answer"]["citations"][0]["text"] == LATER
    assert news_json(visitors, found["last"]) == {"entries": [], "last": found["last"],
                                                  "more": False}  # fmt: skip


def test_many_news_come_in_parts(visitors: SharedList, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("qa.server.endpoints.standing_api.MAX_NEWS", 2)
    monkeypatch.setattr("qa.server.endpoints.standing_api._news", lambda one: one.number)

    class One:
        def __init__(self, number: int) -> None:
            self.number = number

    def after(book: Book, number: int, most: int) -> list[One]:
        return [One(n) for n in range(number + 1, 6)][:most]

    monkeypatch.setattr(shared, "news_after", after)
    seen, since = [], 0
    while (found := news_json(visitors, since))["more"]:
        seen += found["entries"]
        since = found["last"]
    assert [*seen, *found["entries"]] == [1, 2, 3, 4, 5]


@pytest.mark.parametrize("number", [-1, MAX_ID + 1, 2**70])
def test_numbers_that_cannot_be(visitors: SharedList, number: int) -> None:
    with pytest.raises(ArchiveError, match="is no id of a standing question"):
        remove_question(visitors, number)
    with pytest.raises(ArchiveError, match="is no number of an entry"):
        news_json(visitors, number)


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_questions_come_back_as_they_are(visitors: SharedList, text: str) -> None:
    try:
        add_question(visitors, text, {})
    except ArchiveError:
        assert questions_json(visitors)["total"] == 0
    else:
        (shown,) = questions_json(visitors)["questions"]
        assert shown["question"] == text.strip()


def test_programs_have_the_pages_limits(
    visitors: SharedList, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shared, "MAX_FROM_PAGE", 1)
    with pytest.raises(ArchiveError, match="empty"):
        add_question(visitors, " ", {})
    add_question(visitors, QUESTION, {})
    with pytest.raises(ArchiveError, match="at most 1 may be"):
        add_question(visitors, "Else?", {})


def test_a_read_only_list_is_read_and_not_changed(visitors: SharedList) -> None:
    locked = SharedList(visitors.book, changeable=False)
    with pytest.raises(ArchiveError, match="read-only"):
        add_question(locked, QUESTION, {})
    with pytest.raises(ArchiveError, match="read-only"):
        remove_question(locked, 1)
    assert questions_json(locked)["total"] == 0


def test_over_http(tmp_path: Path, visitors: SharedList) -> None:
    with served(tmp_path, standing=visitors) as chat:
        added = run(chat, "add_standing_question", QUESTION, "", "", "en", "")
        assert run(chat, "standing_questions", 0)["total"] == 1
        assert run(chat, "standing_news", 0)["entries"] == []
        assert run(chat, "remove_standing_question", added["id"]) == {"removed": True}
        refused = chat.post(
            "/gradio_api/run/add_standing_question", json={"data": ["", "", "", "", ""]}
        )
        assert (refused.status_code, "empty" in refused.json()["error"]) == (500, True)


def test_a_read_only_chat_has_no_endpoint_that_changes_the_list(
    tmp_path: Path, visitors: SharedList
) -> None:
    locked = SharedList(visitors.book, changeable=False)
    with served(tmp_path, addable=False, standing=locked) as chat:
        names = set(chat.get("/gradio_api/info").json()["named_endpoints"])
    assert {"/standing_questions", "/standing_news"} <= names
    assert not names & {"/add_standing_question", "/remove_standing_question"}

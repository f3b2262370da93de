"""What articles said before they changed, for programs."""

import json
from pathlib import Path

from starlette.testclient import TestClient

from index import build
from tests.support.fakes import FakeEncoder
from tests.support.serving import LINES, served

FERRY = "How many people did the ferry carry?"


def post(chat: TestClient, name: str, *values: object) -> tuple[int, object]:
    response = chat.post(f"/gradio_api/run/{name}", json={"data": values})
    found = response.json()
    return response.status_code, found["data"][0] if "data" in found else found["error"]


def change(folder: Path) -> None:
    lines = [{**LINES[0], "text": "The ferry to Oban carried 450 people on Monday."}, LINES[1]]
    (folder / "seeds" / "all.jsonl").write_text("\n".join(map(json.dumps, lines)))
    build(folder / "seeds", folder / "index", encoder=FakeEncoder())


def test_earlier_texts_are_asked_and_cited(tmp_path: Path) -> None:
    with served(tmp_path, versions="keep") as chat:
        change(tmp_path)
        status, answer = post(chat, "answer_earlier", FERRY, "", "", "")
        assert status == 200
        assert isinstance(answer, dict)
        assert (answer["text"], answer["sentence"]) == ("312 people", LINES[0]["text"])
        assert answer["citations"][0]["article_id"].startswith("ferry@2025-10-28-")
        _, hits = post(chat, "search_earlier", "ferry", 99, "", "", "en")
        assert isinstance(hits, list)
        assert [hit["text"] for hit in hits] == [LINES[0]["text"]]
        assert post(chat, "search_earlier", "ferry", 5, "2025-11-01", "", "")[1] == []


def test_names_are_those_of_the_earlier_texts(tmp_path: Path) -> None:
    with served(tmp_path, versions="keep") as chat:
        change(tmp_path)
        _, hits = post(chat, "search_earlier", "ferry", 5, "", "", "", ["2025-10-28"])
        assert isinstance(hits, list)
        assert [hit["text"] for hit in hits] == [LINES[0]["text"]]
        status, error = post(chat, "answer_earlier", FERRY, "", "", "", ["Nobody"])
        assert (status, "names 'Nobody'" in str(error)) == (500, True)
        status, error = post(chat, "answer_earlier", FERRY, "", "", "", [], "ferry")
        assert (status, "takes 1 to 5 values, not 6" in str(error)) == (500, True)


def test_without_them_the_caller_is_told_so(tmp_path: Path) -> None:
    with served(tmp_path) as chat:
        status, error = post(chat, "answer_earlier", FERRY, "", "", "")
        assert status == 500
        assert "keeps no earlier texts to search" in str(error)

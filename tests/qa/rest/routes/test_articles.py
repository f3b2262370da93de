"""Articles are read by ids of any kind, a page at a time, and fetched once a build."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from index import build
from tests.support.fakes import FakeEncoder
from tests.support.serving import application

ODD = [
    "a/b.txt",
    "../up",
    "news.jsonl#17",
    "a?id=x&y",
    "50%2F",
    "a b",
    "新闻/一",
    "a//b",
    ".",
    "a+b",
]
LONG = " ".join(f"Ship {n} came to the harbour in fog." for n in range(100))


@pytest.fixture(scope="module")
def chat(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    """Articles with odd ids beside the usual two; one is rebuilt with another text."""
    folder: Path = tmp_path_factory.mktemp("articles")
    made = application(folder)
    texts = {**{name: f"The text of {name}." for name in ODD}, "long": LONG, "old": "It rained."}
    for old in ("It rained.", "It snowed."):
        lines = [json.dumps({"id": n, "text": t}) for n, t in {**texts, "old": old}.items()]
        (made.seeds / "odd.jsonl").write_text("\n".join(lines))
        build(made.seeds, folder / "index", encoder=FakeEncoder())
    with TestClient(made.app, "http://127.0.0.1") as client:
        yield client


@pytest.mark.parametrize("name", ODD)
def test_any_id_is_found_again(name: str, chat: TestClient) -> None:
    assert chat.get("/api/v1/article", params={"id": name}).json()["text"] == f"The text of {name}."
    (passage,) = chat.get("/api/v1/article/passages", params={"id": name}).json()["passages"]
    assert passage["article_id"] == name
    assert chat.get("/api/v1/article/versions", params={"id": name}).json() == {"versions": []}
    answer = chat.post("/api/v1/search", json={"question": "text", "article": name}).json()
    assert {hit["article_id"] for hit in answer["passages"]} == {name}


def test_articles_are_listed_page_by_page(chat: TestClient) -> None:
    first = chat.get("/api/v1/articles", params={"size": 5, "sort": "passages"}).json()
    assert (len(first["articles"]), first["total"]) == (5, len(ODD) + 4)
    ids: list[str] = []
    for page in range(3):
        listed = chat.get("/api/v1/articles", params={"size": 5, "page": page}).json()
        ids += [row["id"] for row in listed["articles"]]
    assert sorted(ids) == sorted([*ODD, "long", "old", "ferry", "bridge"])
    words = chat.get("/api/v1/articles", params={"words": "2025-11"}).json()
    assert [row["id"] for row in words["articles"]] == ["bridge"]
    assert chat.get("/api/v1/articles", params={"words": "a\0b"}).json()["total"] == 0
    assert chat.get("/api/v1/articles", params={"word": "x"}).status_code == 422


def test_passages_are_those_of_the_index_in_order(chat: TestClient) -> None:
    passages, first = [], 0
    while first is not None:
        page = chat.get(
            "/api/v1/article/passages", params={"id": "long", "first": first, "size": 2}
        )
        passages += page.json()["passages"]
        first = page.json()["next"]
    assert " ".join(passage["text"] for passage in passages) == LONG
    assert all(LONG[p["start"] : p["end"]] == p["text"] for p in passages)
    asked = {"question": "ship harbour fog", "article": "long", "k": 50}
    found = chat.post("/api/v1/search", json=asked).json()["passages"]
    assert sorted(hit["start"] for hit in found) == [passage["start"] for passage in passages]


def test_earlier_texts_are_kept(chat: TestClient) -> None:
    address = "/api/v1/article/versions?id=old"
    (version,) = chat.get(address).json()["versions"]
    assert (version["kept"], version["text"], version["sentences"]) == (True, None, 1)
    (version,) = chat.get(f"{address}&text=true").json()["versions"]
    assert version["text"] == "It rained."


@pytest.mark.parametrize("path", ["article", "article/passages", "article/versions"])
@pytest.mark.parametrize(
    ("query", "status"),
    [
        ("", 422), ("id=", 422), ("id=nowhere", 404), ("id=a%00b", 422), ("id=%ff%fe", 404),
        ("id=ferry&x=1", 422), ("id=%2e%2e%2f%2e%2e%2fetc%2fpasswd", 404),
        (f"id={'x' * 3000}", 422),
    ],
)  # fmt: skip
def test_what_is_no_article_is_a_problem(
    path: str, query: str, status: int, chat: TestClient
) -> None:
    response = chat.get(f"/api/v1/{path}?{query}")
    assert response.status_code == status
    assert "parameter" in response.json()["errors"][0]


def test_what_a_client_has_is_not_sent_again_until_the_next_build(tmp_path: Path) -> None:
    made = application(tmp_path)
    with TestClient(made.app, "http://127.0.0.1") as client:
        paths = ("articles", "article?id=ferry", "article/passages?id=ferry", "archive")
        tags = {client.get(f"/api/v1/{path}").headers["etag"] for path in paths}
        (tag,) = tags
        for path in paths:
            again = client.get(f"/api/v1/{path}", headers={"If-None-Match": tag})
            assert (again.status_code, again.content) == (304, b"")
        unknown = client.get("/api/v1/article?id=no", headers={"If-None-Match": tag})
        assert unknown.status_code == 404
        (made.seeds / "more.txt").write_text("Fog came in from the sea on Friday.")
        build(made.seeds, tmp_path / "index", encoder=FakeEncoder())
        fresh = client.get("/api/v1/articles", headers={"If-None-Match": tag})
        assert (fresh.status_code, fresh.json()["total"]) == (200, 3)
        assert fresh.headers["etag"] != tag

"""What the archive is, and whether it can be asked."""

import shutil
from importlib import metadata
from pathlib import Path

from starlette.testclient import TestClient

from tests.support.serving import served


def test_the_archive_is_described_without_saying_where_it_is(chat: TestClient) -> None:
    about = chat.get("/api/v1/archive").json()
    assert about.pop("published").startswith("20")
    assert about == {
        "program": metadata.version("archive-qa"),
        "articles": 2,
        "undated": 0,
        "languages": ["en"],
        "generation": 1,
        "encoder": "fake",
        "passage_tokens": 128,
        "archives": [],
        "versions": "note",
    }


def test_it_is_healthy_while_the_index_can_be_read(tmp_path: Path) -> None:
    with served(tmp_path) as client:
        assert client.get("/api/v1/health").json() == {"status": "ok"}
        shutil.rmtree(tmp_path / "index")
        for path in ("health", "archive", "articles"):
            sick = client.get(f"/api/v1/{path}")
            assert sick.status_code == 503
            assert sick.json()["type"] == "/api/v1/docs#problem-unavailable"
            assert str(tmp_path) not in sick.text
        asked = client.post("/api/v1/search", json={"question": "ferry"})
        assert (asked.status_code, asked.json()["detail"]) == (503, "the index cannot be read now")

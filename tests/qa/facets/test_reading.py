"""Which articles are read, when, and what is shown meanwhile."""

import threading
from pathlib import Path
from typing import Any

import pytest

from index.article import Article
from index.encoder.bundled import CACHE_VARIABLE
from index.store.base.search_filter import NO_FILTER
from index.store.doors import open_store
from qa.facets import reading
from qa.facets.names.linking import Name
from qa.facets.reading import NameIndex, digest_of, read_article
from qa.facets.table import ReadArticle
from tests.support.builds import Make

WITHIN = 120  # seconds; a busy machine is slow


@pytest.fixture(autouse=True)
def kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv(CACHE_VARIABLE, str(tmp_path / "cache"))
    return tmp_path / "cache" / "names"


@pytest.fixture
def read_ids(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The ids of the articles whose names are read, in order."""
    ids: list[str] = []

    def note(article: Article, digest: str) -> ReadArticle:
        ids.append(article.id)
        names = [Name("person", article.text.casefold(), article.text)]
        return ReadArticle(article.id, digest, None, None, names, [])

    monkeypatch.setattr(reading, "read_article", note)
    return ids


def lines(*texts: str) -> list[dict[str, Any]]:
    return [{"id": str(n), "text": text} for n, text in enumerate(texts)]


def people(index: NameIndex) -> list[str]:
    return [value.name for value in index.table().facets(NO_FILTER).people]


def test_only_what_a_build_changed_is_read_again(
    make: Make, tmp_path: Path, read_ids: list[str]
) -> None:
    make({"a.jsonl": lines("Ann", "Bob")})
    index = NameIndex(open_store(tmp_path / "index"))
    assert people(index) == people(index) == ["Ann", "Bob"]
    make({"a.jsonl": lines("Ann", "Eve", "Ida")})
    assert people(index) == ["Ann", "Eve", "Ida"]
    assert read_ids == ["0", "1", "1", "2"]
    make({"a.jsonl": lines("Ann")})
    assert [v.name for v in index.table_so_far().facets(NO_FILTER).people] == ["Ann"]


def test_names_are_kept_for_the_next_start(
    make: Make, tmp_path: Path, read_ids: list[str], monkeypatch: pytest.MonkeyPatch, kept: Path
) -> None:
    monkeypatch.setattr(reading, "FEW", 1)
    make({"a.jsonl": lines("Ann", "Bob")})
    assert people(NameIndex(open_store(tmp_path / "index"))) == ["Ann", "Bob"]
    assert len(list(kept.iterdir())) == 1
    assert people(NameIndex(open_store(tmp_path / "index"))) == ["Ann", "Bob"]
    assert len(read_ids) == 2
    make({"a.jsonl": lines("Ann", "Eve")})
    assert people(NameIndex(open_store(tmp_path / "index"))) == ["Ann", "Eve"]
    assert read_ids == ["0", "1", "1"]


def test_many_articles_are_read_meanwhile(
    make: Make, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reading, "FEW", 0)
    monkeypatch.setattr(reading, "SHOWN_EVERY", 1)
    monkeypatch.setattr(reading, "BATCH", 1)
    reached, may_read = ({name: threading.Event() for name in "01"} for _ in range(2))

    def wait(article: Article, digest: str) -> ReadArticle:
        reached[article.id].set()
        assert may_read[article.id].wait(WITHIN)
        return read_article(article, digest)

    monkeypatch.setattr(reading, "read_article", wait)
    make({"a.jsonl": lines("President Ann Lee left.", "Mr Bob Ray stayed.")})
    index = NameIndex(open_store(tmp_path / "index"))
    try:
        assert index.table_so_far().read == 0
        may_read["0"].set()
        assert reached["1"].wait(WITHIN)
        facets = index.table_so_far().facets(NO_FILTER)
        assert (facets.read, facets.total) == (1, 2)
        assert [value.name for value in facets.people] == ["Ann Lee"]
    finally:
        for event in may_read.values():
            event.set()
        read = index.table().read  # waits for the other thread
    assert read == 2


def test_progress_is_told(
    make: Make, tmp_path: Path, read_ids: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reading, "BATCH", 2)
    make({"a.jsonl": lines("Ann", "Bob", "Eve")})
    told: list[tuple[int, int]] = []
    NameIndex(open_store(tmp_path / "index")).table(lambda *seen: told.append(seen))
    assert told == [(2, 3)]


@pytest.fixture
def failing(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(article: Article, digest: str) -> ReadArticle:
        raise RuntimeError("no dictionary")

    monkeypatch.setattr(reading, "read_article", fail)


@pytest.mark.usefixtures("failing")
def test_a_failure_can_be_tried_again(make: Make, tmp_path: Path) -> None:
    make({"a.jsonl": lines("Ann")})
    index = NameIndex(open_store(tmp_path / "index"))
    for _ in range(2):
        with pytest.raises(RuntimeError):
            index.table()


def test_the_digest_depends_on_all_that_is_read() -> None:
    one = Article("a", "T", "text", None, "en", "a.txt")
    others = [
        Article("a", "U", "text", None, "en", "a.txt"),
        Article("a", "T", "texts", None, "en", "a.txt"),
        Article("a", "T", "text", None, "ja", "a.txt"),
    ]
    assert digest_of(one) not in {digest_of(other) for other in others}
    assert digest_of(one) == digest_of(Article("b", "T", "text", None, "en", "b.txt"))

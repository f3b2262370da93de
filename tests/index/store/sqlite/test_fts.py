"""Keyword search by FTS5: terms, phrases, titles, and keywords of earlier rules."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from index import build
from index.store.doors import open_store
from index.store.sqlite import fts
from index.store.sqlite.connection import connect
from index.text.names.words import MARK
from tests.support.builds import Make
from tests.support.fakes import FakeEncoder


@pytest.fixture
def index(make: Make, tmp_path: Path) -> Path:
    lines = [
        {"id": str(i), "text": f"The golden age of number {i} is all of age."} for i in range(40)
    ]
    lines.append({"id": "x", "text": "An age of golden foxes.", "title": "Zürich"})
    make({"a.jsonl": lines})
    return tmp_path / "index"


def found(index: Path, terms: list[str]) -> list[str]:
    with open_store(index).snapshot() as snapshot:
        ids = [i for i, _ in snapshot.keywords(terms, 9)]
        passages = snapshot.passages(ids)
        return [passages[i].article_id for i in ids]


def test_a_phrase_is_found_where_its_words_follow_each_other(index: Path) -> None:
    assert found(index, ["golden foxes"]) == ["x"]
    assert found(index, ["foxes golden"]) == []
    assert "x" not in found(index, ["golden age"])


def test_a_title_finds_its_passages_and_is_not_cited(index: Path) -> None:
    assert found(index, ["zürich"]) == ["x"]
    with open_store(index).snapshot() as snapshot:
        ((passage, _),) = snapshot.keywords(["zürich"], 9)
        assert snapshot.passages([passage])[passage].text == "An age of golden foxes."


def test_a_new_title_is_found_and_the_old_one_is_not(index: Path, make: Make) -> None:
    make({"a.jsonl": [{"id": "x", "text": "An age of golden foxes.", "title": "Genève"}]})
    assert found(index, ["zürich"]) == []
    assert found(index, ["genève"]) == ["x"]


def test_traditional_and_simplified_script_find_each_other(make: Make, tmp_path: Path) -> None:
    make({"a.txt": "總統訪問臺灣。"})
    assert found(tmp_path / "index", ["台湾"]) == ["a.txt"]
    with open_store(tmp_path / "index").snapshot() as snapshot:
        article = snapshot.article("a.txt")
        assert article is not None
        assert article.text == "總統訪問臺灣。"


def test_keywords_of_earlier_rules_are_made_again(
    make: Make,
    tmp_path: Path,
    encoder: FakeEncoder,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    with monkeypatch.context() as earlier:
        earlier.setattr("index.text.terms.VERSION", 1)
        earlier.setattr("index.store.base.keywords.terms", lambda text: ["old"])
        make({"a.txt": "Rain over Ulm."})
    assert found(tmp_path / "index", ["old"]) == ["a.txt"]
    before = list(encoder.embedded)
    build(tmp_path / "seeds", tmp_path / "index", encoder=encoder)
    assert found(tmp_path / "index", ["old"]) == []
    assert found(tmp_path / "index", ["ulm"]) == ["a.txt"]
    assert encoder.embedded == before


@pytest.mark.parametrize(
    ("question", "first"),
    [("muller", "plain"), ("müller", "marked"), ("kadın", "dotless"), ("kadin", "dotted")],
)
def test_the_exact_spelling_ranks_first_and_the_other_is_found(
    make: Make, tmp_path: Path, question: str, first: str
) -> None:
    texts = {
        "marked": "Herr Müller kam.",
        "plain": "Herr Muller kam.",
        "dotless": "Kadın geldi.",
        "dotted": "Kadin geldi.",
    }
    fill = [{"id": str(i), "text": f"Es regnet {i}."} for i in range(40)]
    make({"a.jsonl": [*fill, *({"id": name, "text": text} for name, text in texts.items())]})
    with open_store(tmp_path / "index").snapshot() as snapshot:
        used = snapshot.choose([question]).used
    both = found(tmp_path / "index", list(used))
    assert both[0] == first
    assert len(both) == 2


def test_a_build_that_adds_much_leaves_the_keywords_in_one_piece(
    make: Make, tmp_path: Path
) -> None:
    def pieces() -> int:
        with closing(connect(tmp_path / "index")) as connection:
            found = connection.execute("SELECT count(DISTINCT segid) FROM keyword_idx")
            return int(found.fetchone()[0])

    def lines(count: int) -> list[dict[str, str]]:
        return [{"id": str(i), "text": f"Fog number {i} over Ulm."} for i in range(count)]

    make({"a.jsonl": lines(2)})
    assert pieces() == 1
    make({"a.jsonl": lines(3)})
    assert pieces() == 2  # FTS5 merges them in the end
    make({"a.jsonl": lines(9)})
    assert pieces() == 1
    assert len(found(tmp_path / "index", ["fog"])) == 9


def test_the_vocabulary_leaves_the_connection_read_only(make: Make, tmp_path: Path) -> None:
    make({"a.txt": "Rain over Ulm."})
    with closing(connect(tmp_path / "index")) as connection:
        assert fts.vocabulary(connection, "ul") == fts.vocabulary(connection, "ul") == ["ulm"]
        with pytest.raises(sqlite3.OperationalError, match="readonly"):
            connection.execute("DELETE FROM passage")
        assert fts.passages_with(connection, ["ulm", "nowhere"], 9) == [1]
        assert fts.passages_with(connection, ["ulm"], 0) == []


def test_an_index_without_sounds_is_searched_and_gets_them_at_the_next_build(
    make: Make, tmp_path: Path, encoder: FakeEncoder, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as earlier:
        earlier.setattr("index.text.terms.VERSION", 4)
        earlier.setattr("index.store.base.keywords.name_keys", lambda text: ())
        make({"a.txt": "Macron kam nach Ulm."})
    with open_store(tmp_path / "index").snapshot() as snapshot:
        snapshot.settings.require_terms("here")
        assert snapshot.vocabulary(MARK) == []
    assert found(tmp_path / "index", ["macron"]) == ["a.txt"]
    before = list(encoder.embedded)
    build(tmp_path / "seeds", tmp_path / "index", encoder=encoder)
    with open_store(tmp_path / "index").snapshot() as snapshot:
        assert "~nkn:l:makron" in snapshot.vocabulary(MARK)
    assert encoder.embedded == before

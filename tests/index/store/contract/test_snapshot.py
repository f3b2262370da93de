"""Snapshots: everything a reader sees belongs together, whatever builds do meanwhile."""

import os
import threading
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from index import ArchiveError, BuildReport, StorageError
from index.store.base.protocol import Snapshot
from index.store.doors import open_store
from index.text.terms import terms

TEXT = "The keeper of the {} lighthouse counted {} ships before noon and wrote them down."

Make = Callable[..., BuildReport]


@pytest.fixture
def index(make: Make, tmp_path: Path) -> Path:
    make({f"{i}.txt": TEXT.format("north", i) for i in range(5)})
    return tmp_path / "index"


def all_of(snapshot: Snapshot) -> dict[int, str]:
    return {i: p.text for i, p in snapshot.passages(range(1, 1000)).items()}


def test_what_was_indexed_is_found_by_id_word_and_meaning(index: Path, encoder) -> None:
    with open_store(index).snapshot() as snapshot:
        assert snapshot.count_articles() == snapshot.count_passages() == 5
        article = snapshot.article("3.txt")
        assert article is not None
        assert article.text == TEXT.format("north", 3)
        assert snapshot.article("nowhere") is None
        assert [a.id for a in snapshot.articles()] == [f"{i}.txt" for i in range(5)]
        ((by_word, _),) = snapshot.keywords(["3"], 5)
        assert snapshot.passages([by_word])[by_word].text == article.text
        nearest = snapshot.nearest(encoder.queries([article.text])[0], 2)
        assert nearest[0][0] == by_word
        assert nearest[0][1] > nearest[1][1]


def test_an_article_is_read_back_as_it_was_written(make: Make, tmp_path: Path) -> None:
    line = {"id": "a", "title": "T", "text": " x\r\n😀 ", "date": "2025-10-28", "language": "EN"}
    make({"a.jsonl": [{**line, "url": "https://example.org"}]})
    with open_store(tmp_path / "index").snapshot() as snapshot:
        article = snapshot.article("a")
    assert article is not None
    assert (article.title, article.text, str(article.date)) == ("T", " x\r\n😀 ", "2025-10-28")
    assert (article.language, article.url) == ("en", "https://example.org")
    assert (article.path, article.place) == ("a.jsonl", "a.jsonl#1")
    assert article.parts[0].kind == "body"


def test_keywords_of_any_kind_can_be_asked_for(make: Make, tmp_path: Path) -> None:
    odd = "U.S. 8.6% Sakhalin-2 日本首相 don't AND OR NOT NEAR https://a.b/c-d 13-14 Öl ไทย naïve"
    make({"a.txt": odd})
    with open_store(tmp_path / "index").snapshot() as snapshot:
        for term in terms(odd):
            assert len(snapshot.keywords([term], 5)) == 1, term
        for term in (
            "nothing",
            '"',
            "'",
            "*",
            "a OR b",
            "NEAR(",
            "^",
            ":",
            "(",
            "-",
            "terms:u.s.",
        ):
            assert snapshot.keywords([term], 5) == [], term
        assert snapshot.keywords([], 5) == []


def test_better_keyword_hits_have_higher_scores(make: Make, tmp_path: Path) -> None:
    make({"a.txt": "fog fog fog.", "b.txt": "fog and a great many other words of no use here."})
    with open_store(tmp_path / "index").snapshot() as snapshot:
        (first, high), (_, low) = snapshot.keywords(["fog"], 5)
        assert high > low
        assert snapshot.passages([first])[first].text == "fog fog fog."
        assert len(snapshot.keywords(["fog"], 1)) == 1


def test_ids_that_are_not_there_are_left_out(index: Path) -> None:
    with open_store(index).snapshot() as snapshot:
        assert list(snapshot.passages([1, 999, -1])) == [1]
        assert snapshot.passages([]) == {}


@pytest.mark.parametrize("damage", ["missing", "empty", "garbage", "cut", "older"])
def test_a_faiss_file_that_is_not_the_one_is_made_again(
    index: Path, make: Make, encoder, damage: str
) -> None:
    (old,) = index.glob("*.faiss")
    before = old.read_bytes()
    make({"9.txt": TEXT.format("south", 9)})
    (file,) = index.glob("*.faiss")
    assert file != old
    whole = file.read_bytes()
    wanted = encoder.queries([TEXT.format("south", 9)])[0]
    with open_store(index).snapshot() as snapshot:
        expected = snapshot.nearest(wanted, 9)
    contents = {"empty": b"", "garbage": b"x" * len(whole), "cut": whole[:-9], "older": before}
    if damage == "missing":
        file.unlink()
    else:
        file.write_bytes(contents[damage])
    with open_store(index).snapshot() as snapshot:
        assert snapshot.nearest(wanted, 9) == expected
    make({})  # a build mends it
    (mended,) = index.glob("*.faiss")
    assert mended.read_bytes() == whole
    assert encoder.embedded.count(TEXT.format("south", 9)) == 1


def test_no_index_and_half_an_index(tmp_path: Path) -> None:
    with pytest.raises(ArchiveError, match="there is no index"):
        open_store(tmp_path)
    (tmp_path / "archive.sqlite").touch()
    with pytest.raises(ArchiveError, match="never finished: build it again"):
        open_store(tmp_path)
    (tmp_path / "archive.sqlite").write_bytes(os.urandom(9999))
    with pytest.raises(StorageError, match="damaged"):
        open_store(tmp_path)


def test_a_snapshot_stays_as_it_was_while_a_build_publishes(
    index: Path, make: Make, encoder
) -> None:
    store = open_store(index)
    with store.snapshot() as snapshot:
        before = all_of(snapshot)
        make({"0.txt": None, "1.txt": TEXT.format("south", 1), "9.txt": TEXT.format("east", 9)})
        assert all_of(snapshot) == before
        vector = encoder.queries(["lighthouse"])[0]
        assert {i for i, _ in snapshot.nearest(vector, 99)} == set(before)
        assert {i for i, _ in snapshot.keywords(list("0123456789"), 99)} == set(before)
        with store.snapshot() as later:
            after = all_of(later)
            assert {i for i, _ in later.nearest(vector, 99)} == set(after)
            assert len(set(after) - set(before)) == 2
        # and the older one still has its own vectors
        assert {i for i, _ in snapshot.nearest(vector, 99)} == set(before)


def test_threads_read_whole_archives_while_builds_publish(index: Path, make: Make, encoder) -> None:
    store, done, wrong = open_store(index), threading.Event(), []
    vector = encoder.queries(["lighthouse"])[0]

    def read() -> None:
        while not done.is_set():
            try:
                with store.snapshot() as snapshot:
                    texts = all_of(snapshot)
                    places = {text.split()[4] for text in texts.values()}
                    near = {i for i, _ in snapshot.nearest(vector, 99)}
                    words = {i for i, _ in snapshot.keywords(list("0123456"), 99)}
                if len(places) != 1 or not near == words == set(texts):
                    wrong.append((places, near, words, set(texts)))
            except BaseException as error:
                wrong.append(error)

    readers = [threading.Thread(target=read) for _ in range(4)]
    for reader in readers:
        reader.start()
    for i, place in enumerate(["south", "east", "west"] * 4):
        for seed in (index.parent / "seeds").iterdir():
            seed.unlink()
        make({f"{j}.txt": TEXT.format(place, j) for j in range(5 + i % 3)})
    done.set()
    for reader in readers:
        reader.join()
    assert wrong == []


def test_errors_of_the_caller_are_not_taken_for_errors_of_the_disk(index: Path) -> None:
    with pytest.raises(ZeroDivisionError), open_store(index).snapshot():
        raise ZeroDivisionError


@pytest.mark.parametrize("wal", [False, True])
def test_an_index_on_a_disk_that_cannot_be_written_can_be_read(
    index: Path, as_nobody: Callable[[Callable[[], object]], str], wal: bool
) -> None:
    if wal:  # as a build by another user may leave it
        for name in ("archive.sqlite-wal", "archive.sqlite-shm"):
            (index / name).touch()
    for file in index.iterdir():
        file.chmod(0o444)
    index.chmod(0o555)

    def count() -> int:
        with open_store(index).snapshot() as snapshot:
            return snapshot.count_articles()

    assert as_nobody(count) == "5"
    index.chmod(0o000)
    said = as_nobody(count)
    index.chmod(0o755)
    assert "Permission denied: give write permission" in said


def test_a_folder_of_vectors_is_not_needed_for_counting(index: Path) -> None:
    for file in index.glob("*.faiss"):
        file.unlink()
    with open_store(index).snapshot() as snapshot:
        assert snapshot.count_passages() == 5


def test_scores_are_cosines_less_what_one_language_has_in_common(index: Path, encoder) -> None:
    with open_store(index).snapshot() as snapshot:
        vector = encoder.queries(["ships"])[0]
        found = dict(snapshot.nearest(vector, 99))
        texts = all_of(snapshot)
    expected = encoder.queries(list(texts.values())) @ vector
    assert np.ptp([found[i] for i in texts] - expected) < 1e-5

"""Which form the FAISS file has, and when a build writes it or learns its codes again."""

import random
import threading
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest

from index import build
from index.admin.check import check
from index.admin.info import as_text, info
from index.admin.repair import repair
from index.store.base.protocol import Scored, Vectors
from index.store.base.search_filter import NO_FILTER, SearchFilter
from index.store.base.settings import Settings
from index.store.doors import open_store
from index.store.faiss.state import FaissState
from index.store.sqlite import faiss_file
from index.store.sqlite.connection import connect
from index.store.sqlite.faiss_file import Sizes
from index.store.sqlite.generation import read_generation
from index.store.sqlite.store import SqliteStore
from index.store.sqlite.vector_table import all_vectors, read_means
from tests.support.builds import Make
from tests.support.damage import execute, flip
from tests.support.fakes import FakeEncoder

WORDS = [a + b for a in "bdfghklmnprst" for b in ("an", "el", "or", "ut", "ish", "ake")]
DAY = date(2025, 10, 20)
SMALL = Sizes(exact=100, changes=30, sample=150, growth=2.0, recall=0.9)


def lines(count: int, seed: int, first: int = 0) -> list[dict[str, object]]:
    """Articles of one passage, every third of them in another language than English."""
    chance = random.Random(seed)
    return [
        {
            "id": f"{i}",
            "text": f"Note {i} says {' '.join(chance.choices(WORDS, k=12))}.",
            "language": "de" if i % 3 == 0 else "en",
            "date": f"2025-10-{i % 28 + 1:02}",
        }
        for i in range(first, first + count)
    ]


@pytest.fixture
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(faiss_file, "SIZES", SMALL)


@pytest.fixture
def index(small: None, make: Make, tmp_path: Path) -> Path:
    make({"x.jsonl": lines(300, 1)})
    return tmp_path / "index"


def settings(index: Path) -> Settings:
    return open_store(index).settings


def faiss(index: Path) -> FaissState:
    with closing(connect(index)) as connection:
        generation = read_generation(connection)
    assert generation is not None
    return generation.faiss


def nearest(index: Path, vector: Vectors, k: int = 10, only: SearchFilter = NO_FILTER) -> Scored:
    with open_store(index).snapshot() as snapshot:
        return snapshot.nearest(vector, k, only)


def exact_scores(index: Path, vector: Vectors) -> dict[int, float]:
    """The score of every passage, by its vector in the database."""
    with closing(connect(index)) as connection:
        ids, values, codes = all_vectors(connection, 64)
        languages = read_means(connection, 64)
    return dict(zip(ids.tolist(), languages.scores(vector, values, codes).tolist(), strict=True))


def is_exact(
    index: Path, vector: Vectors, among: set[int] | None = None, only: SearchFilter = NO_FILTER
) -> bool:
    """Whether the ten best are found, by their scores: many here are equally good.

    In any case, what is found must match the filter and have the right scores.
    """
    found, exact = nearest(index, vector, only=only), exact_scores(index, vector)
    allowed = set(exact) if among is None else among
    best = sorted((exact[i] for i in allowed), reverse=True)[:10]
    scores = [score for _, score in found]
    assert {i for i, _ in found} <= allowed
    assert len({i for i, _ in found}) == len(best) == len(found)
    assert scores == pytest.approx([exact[i] for i, _ in found], abs=1e-5)
    return scores == pytest.approx(best, abs=1e-5)


def questions(encoder: FakeEncoder) -> list[Vectors]:
    return list(encoder.queries([f"{WORDS[i]} {WORDS[i + 7]} note" for i in range(10)]))


def test_the_form_follows_the_size(
    small: None, make: Make, tmp_path: Path, encoder: FakeEncoder
) -> None:
    make({"x.jsonl": lines(100, 1)})
    assert faiss(tmp_path / "index").exact
    make({"x.jsonl": lines(101, 1)})
    state = faiss(tmp_path / "index")
    assert (settings(tmp_path / "index").passages, state.trained, state.last) == (101, 101, 101)
    assert state.depth >= 200
    assert state.recall >= SMALL.recall
    assert check(tmp_path / "index") == []
    make({"x.jsonl": lines(90, 1)})
    assert faiss(tmp_path / "index").exact
    for vector in questions(encoder):
        assert is_exact(tmp_path / "index", vector)


def test_quantised_search_finds_what_exact_search_finds(index: Path, encoder: FakeEncoder) -> None:
    execute(index, "UPDATE setting SET value = '40' WHERE name = 'vectors_depth'")
    assert sum(is_exact(index, vector) for vector in questions(encoder)) >= 9


def test_a_small_build_leaves_the_file_as_it_is(
    index: Path, make: Make, encoder: FakeEncoder
) -> None:
    (file,) = index.glob("*.faiss")
    before, built, state = file.read_bytes(), settings(index), faiss(index)
    changed = lines(300, 1)[8:]  # eight are removed
    changed[3]["text"] = "Note about zebras and nothing else."
    make({"x.jsonl": changed, "y.jsonl": lines(5, 2, 1000), "z.jsonl": [
        {"id": "cy", "text": "Mae hen wlad fy nhadau.", "language": "cy"}]})  # fmt: skip
    (file,) = index.glob("*.faiss")
    assert file.read_bytes() == before
    after = settings(index)
    assert (after.generation, after.passages) == (built.generation + 1, 298)
    assert faiss(index) == state
    assert check(index) == []
    for vector in questions(encoder):
        assert is_exact(index, vector)
        assert len(nearest(index, vector, 1000)) > 280  # the very worst may be left out
    first = nearest(index, encoder.queries(["Note about zebras and nothing else."])[0], 1)[0][0]
    assert first > state.last, "the file does not hold it, and yet it is found"


def test_many_changes_write_the_file_and_only_growth_learns_codes_again(
    index: Path, make: Make, encoder: FakeEncoder
) -> None:
    (old,) = index.glob("*.faiss")
    make({"y.jsonl": lines(31, 2, 1000)})
    (file,) = index.glob("*.faiss")
    state = faiss(index)
    assert file != old
    assert (settings(index).passages, state.trained, state.last) == (331, 300, 331)
    make({"x.jsonl": lines(300, 1)[31:]})  # as many are removed
    assert (settings(index).passages, faiss(index).trained) == (300, 300)
    make({"z.jsonl": lines(300, 3, 5000)})
    assert (settings(index).passages, faiss(index).trained) == (600, 600)
    assert check(index) == []
    for vector in questions(encoder):
        assert is_exact(index, vector)


def test_codes_of_too_low_a_recall_are_learned_again(
    index: Path, make: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(faiss_file, "SIZES", Sizes(100, 30, 150, 2.0, recall=1.1))
    make({"y.jsonl": lines(31, 2, 1000)})
    assert faiss(index).trained == 331


def test_a_small_part_of_the_archive_is_searched_exactly(
    index: Path, make: Make, encoder: FakeEncoder
) -> None:
    make({"y.jsonl": lines(9, 2, 1000)})
    with open_store(index).snapshot() as snapshot:
        passages = snapshot.passages(range(1, 400))
        dates = {article.id: article.date for article in snapshot.articles()}
    german = {i for i, p in passages.items() if p.language == "de"}
    late = {i for i, p in passages.items() if (dates[p.article_id] or date.min) >= DAY}
    assert 50 < len(german) < 150 > len(late) > 50
    for vector in questions(encoder):
        assert is_exact(index, vector, german, SearchFilter(language="de"))
        assert is_exact(index, vector, late, SearchFilter(after=DAY))
        for article in ("17", "1003"):
            own = {i for i, p in passages.items() if p.article_id == article}
            assert is_exact(index, vector, own, SearchFilter(article=article))


def test_a_large_part_is_searched_by_its_codes(index: Path, encoder: FakeEncoder) -> None:
    execute(index, "UPDATE setting SET value = '40' WHERE name = 'vectors_depth'")
    with open_store(index).snapshot() as snapshot:
        passages = snapshot.passages(range(1, 400))
    german = {i for i, p in passages.items() if p.language == "de"}
    only = SearchFilter(language="de")
    exact = [is_exact(index, vector, german, only) for vector in questions(encoder)]
    assert sum(exact) >= 9


@pytest.mark.parametrize("damage", ["missing", "cut", "flipped"])
def test_a_damaged_file_is_rebuilt(
    index: Path, make: Make, encoder: FakeEncoder, damage: str
) -> None:
    make({"y.jsonl": lines(9, 2, 1000)})
    (file,) = index.glob("*.faiss")
    whole = file.read_bytes()
    if damage == "missing":
        file.unlink()
    elif damage == "cut":
        file.write_bytes(whole[:-9])
    else:
        flip(file, random.Random().randrange(8 * len(whole)))
    for vector in questions(encoder):
        assert is_exact(index, vector)
    assert [problem.what for problem in check(index)] == ["file"]
    make({})
    assert check(index) == []
    assert faiss(index).last == settings(index).passages


@pytest.mark.parametrize(
    ("statement", "sentence"),
    [
        ("INSERT INTO gone VALUES (999)", "is of other passages"),
        ("DELETE FROM gone WHERE id = 2", "is of other passages"),
        ("UPDATE total SET sum = zeroblob(512)", "the sums of the languages' vectors are not"),
        ("UPDATE total SET passages = 3 WHERE code = 'en'", "the sums of the languages' vectors"),
        ("DELETE FROM total", "the sums of the languages' vectors are not"),
        ("UPDATE setting SET value = '7' WHERE name = 'passages'", "7 passages were published"),
        ("UPDATE vector SET value = (SELECT max(value) FROM vector)"
         " WHERE content = (SELECT min(content) FROM vector)", "the sums of the"),
    ],
)  # fmt: skip
def test_damage_is_reported_and_repaired(
    index: Path, make: Make, encoder: FakeEncoder, statement: str, sentence: str
) -> None:
    make({"x.jsonl": lines(300, 1)[3:]})
    execute(index, statement)
    assert any(sentence in problem.sentence for problem in check(index))
    assert repair(index, encoder=encoder)[1] == []
    assert check(index) == []
    for vector in questions(encoder):
        assert is_exact(index, vector)


def test_readers_do_not_load_an_unchanged_file_again(
    index: Path, make: Make, encoder: FakeEncoder
) -> None:
    store, vector = SqliteStore(index), encoder.queries(["zebras"])[0]
    with store.snapshot() as snapshot:
        before = snapshot.nearest(vector, 1000)
        assert store._loaded is not None
        loaded = store._loaded[1].index
        make({"y.jsonl": [{"id": "new", "text": "Zebras."}], "x.jsonl": lines(299, 1)})
        with store.snapshot() as later:
            after = later.nearest(vector, 1000)
            assert store._loaded[1].index is loaded
        assert after[0][0] not in dict(before)
        assert len(dict(before).keys() - dict(after).keys()) == 1
        assert snapshot.nearest(vector, 1000) == before


def test_small_builds_find_what_a_build_from_scratch_finds(
    index: Path, make: Make, tmp_path: Path, encoder: FakeEncoder
) -> None:
    make({"x.jsonl": lines(290, 1), "y.jsonl": lines(20, 2, 1000)})
    make({"y.jsonl": lines(10, 2, 1000)})
    build(tmp_path / "seeds", tmp_path / "scratch", encoder=encoder)

    def texts(folder: Path, vector: Vectors) -> list[tuple[float, str]]:
        with open_store(folder).snapshot() as snapshot:
            found = snapshot.nearest(vector, 10)
            passages = snapshot.passages([i for i, _ in found])
            return sorted((round(s, 5), passages[i].text) for i, s in found)

    for vector in questions(encoder):
        assert texts(index, vector) == texts(tmp_path / "scratch", vector)


def test_info_shows_the_form_and_its_recall(index: Path, make: Make) -> None:
    make({"y.jsonl": lines(9, 2, 1000)})
    found, state = info(index), faiss(index)
    assert found.recall == state.recall > 0.9
    assert found.vectors == (
        f"4-bit codes, the best {state.depth} compared exactly; codes learned from 300 "
        "passages, there are 309 now"
    )
    assert f"  recall    {found.recall:.3f} of the ten best" in as_text(found)


def test_threads_search_while_builds_leave_the_file_as_it_is(
    index: Path, make: Make, encoder: FakeEncoder
) -> None:
    store, done = open_store(index), threading.Event()
    wrong: list[set[int]] = []
    vector = encoder.queries(["zebras"])[0]

    def search() -> None:
        while not done.is_set():
            with store.snapshot() as snapshot:
                found = {i for i, _ in snapshot.nearest(vector, 50)}
                if found != set(snapshot.passages(list(found))):
                    wrong.append(found)

    readers = [threading.Thread(target=search) for _ in range(3)]
    for reader in readers:
        reader.start()
    try:
        for step in range(5):
            make({"x.jsonl": lines(300, 1)[step:], "y.jsonl": lines(step, step, 1000)})
    finally:
        done.set()
        for reader in readers:
            reader.join()
    assert wrong == []

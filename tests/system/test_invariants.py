"""The invariants of the index; each test bears the number of its invariant.

Those that take `where` are tested in a folder and in a database. Invariant 2 has a file of its own.
"""

import ast
import json
import os
import random
import shutil
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
import pytest

from index import ArchiveError, build
from index.admin.check import check
from index.store.base.article_page import PageRequest
from index.store.base.protocol import Vectors
from index.store.doors import Where, open_store
from index.store.sqlite.schema import KEYWORD_TABLE, SCHEMA
from tests.support.archives import TEXT, all_vectors, page, shown, step
from tests.support.builds import Make
from tests.support.fakes import FakeEncoder

ROOT = Path(__file__).parent.parent.parent


# 1: article.text[p.start:p.end] == p.text


ODD = [
    "Plain words.",
    "\r\n\r\n\tSpaces \u00a0\u3000 of\u2028every\u0085kind\x0b.\n\n\n",
    "𠀀𠀁 😀👩‍👩‍👧‍👦 é e\u0301 \u202eright to left\u202c.",
    "他来了。她走了!“真的吗?”" * 40,
    "No stop anywhere " * 200,
    "x" * 5000,
    "<|endoftext|> <|im_start|> [MASK] </s>.",
    "U.S. No. 2 vs. 8.6 etc. Mr. Abe... ok?! " * 30,
    "ไทยไม่มีช่องว่าง" * 60,
    "\ufeff\u200b\u00ad.",
]


def test_1_offsets_are_code_points_for_all_passages_of_many_odd_texts(
    make: Make, where: str
) -> None:
    chance = random.Random(1)
    texts = [*ODD, *("".join(chance.choices(ODD, k=4)) for _ in range(20))]
    lines = [{"id": str(i), "text": text} for i, text in enumerate(texts)]
    pages = {f"{i}.txt": f"Title\n\n{text}\n\n相关文章\n\n{text}" for i, text in enumerate(texts)}
    make({"all.jsonl": lines, **pages}, passage_tokens=16)
    with open_store(where).snapshot() as snapshot:
        passages = snapshot.passages(range(1, snapshot.count_passages() + 1))
        articles = {article.id: article for article in snapshot.articles()}
    assert len(passages) > 1000
    for p in passages.values():
        assert articles[p.article_id].text[p.start : p.end] == p.text
        assert p.text == p.text.strip() != ""
    for i, text in enumerate(texts):
        assert articles[str(i)].text == text  # the caller's own, so that offsets are too
        covered = "".join(p.text for p in passages.values() if p.article_id == str(i))
        assert "".join(covered.split()) == "".join(text.split())


# 3: a vector has the id of its passage; ids are never reused


def vectors_of(index: Where) -> dict[int, Vectors]:
    store = open_store(index)
    with store.snapshot() as snapshot:
        ids, values = all_vectors(snapshot)
        assert ids.tolist() == sorted(snapshot.passages(ids.tolist()))
        for value in values:
            assert {i for i, _ in snapshot.nearest(value, 9999)} == set(ids.tolist())
    return dict(zip(ids.tolist(), values, strict=True))


def test_3_a_vector_has_the_id_of_its_passage(make: Make, where: str, encoder: FakeEncoder) -> None:
    make({f"{i}.txt": TEXT.format("north", i) for i in range(9)})
    vectors = vectors_of(where)
    with open_store(where).snapshot() as snapshot:
        for identity, passage in snapshot.passages(list(vectors)).items():
            assert encoder.queries([passage.text])[0] @ vectors[identity] > 0.999


def test_3_ids_are_never_reused_after_delete_and_add(make: Make, where: str) -> None:
    make({f"{i}.txt": TEXT.format("north", i) for i in range(5)})
    given = set(vectors_of(where))
    assert len(given) == 5
    for files in (
        {"4.txt": None},  # the highest id goes
        {"5.txt": TEXT.format("east", 5)},
        {"5.txt": TEXT.format("south", 5)},
        {"5.txt": None, "3.txt": None},
        {"3.txt": TEXT.format("north", 3), "4.txt": TEXT.format("north", 4)},
    ):
        before = set(vectors_of(where))
        make(files)
        fresh = set(vectors_of(where)) - before
        assert not fresh & given
        given |= fresh
    assert len(given) == 9


# 4: the index remembers how it was made


class Other:
    """Another encoder, or another version of one."""

    def __init__(self, name: str, revision: str, dimension: int) -> None:
        self.name, self.revision, self.dimension = name, revision, dimension

    def passages(self, texts: Sequence[str]) -> Vectors:
        raise AssertionError("must not be called")

    queries = passages


def test_4_encoder_passage_size_and_versions_are_remembered(make: Make, where: str) -> None:
    from index.cleaning import patterns
    from index.text import terms

    make({"a.txt": TEXT}, passage_tokens=64)
    settings = open_store(where).settings
    assert (settings.encoder, settings.revision, settings.dimension) == ("fake", "1", 64)
    assert settings.passage_tokens == 64
    assert (settings.rules, settings.terms) == (patterns.VERSION, terms.VERSION)


@pytest.mark.parametrize("other", [("mine", "1", 64), ("fake", "2", 64), ("fake", "1", 32)])
def test_4_another_encoder_is_an_error_that_names_both(
    make: Make, where: str, other: tuple[str, str, int]
) -> None:
    make({"a.txt": TEXT})
    name, revision, dimension = other
    message = (
        r"built with the encoder 'fake' \(revision 1, 64 dimensions\), not with "
        rf"'{name}' \(revision {revision}, {dimension} dimensions\)"
    )
    with pytest.raises(ArchiveError, match=message):
        make({"b.txt": TEXT}, encoder=Other(*other))
    with pytest.raises(ArchiveError, match=message):
        open_store(where).require_encoder(Other(*other))
    make({})  # the index is unharmed


def test_4_an_unknown_schema_needs_a_rebuild(
    make: Make, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    make({"a.txt": TEXT})
    monkeypatch.setattr("index.store.sqlite.connection.SCHEMA", SCHEMA + 1)
    message = f"has schema {SCHEMA}, this version reads schema {SCHEMA + 1}: remove the folder"
    for again in (lambda: open_store(tmp_path / "index"), lambda: make({})):
        with pytest.raises(ArchiveError, match=message):
            again()


BEFORE = {  # statements that undo the changes of each schema
    2: (
        "ALTER TABLE vector RENAME TO new_vector",
        "CREATE TABLE vector (content BLOB PRIMARY KEY, value BLOB NOT NULL) WITHOUT ROWID",
        "INSERT INTO vector SELECT content, value FROM new_vector",
        "DROP TABLE new_vector",
        "ALTER TABLE file DROP COLUMN skipped",
        "DROP INDEX article_shown",
        "CREATE INDEX article_listed ON article (title, date, language, path, id)",
    ),
    3: ("ALTER TABLE article DROP COLUMN anchors",),
    4: (
        "CREATE VIRTUAL TABLE temp.instances USING fts5vocab (main, keyword, instance)",
        "UPDATE setting SET value = 3 WHERE name = 'terms'",
        "CREATE TEMP TABLE terms AS SELECT doc, group_concat(term, ' ') AS terms FROM"
        " (SELECT term, doc FROM temp.instances ORDER BY doc, offset) GROUP BY doc",
        "DROP TABLE temp.instances",
        "DROP TABLE keyword",
        KEYWORD_TABLE.replace("terms, other,", "terms,"),
        "INSERT INTO keyword (rowid, terms) SELECT doc, terms FROM temp.terms",
    ),
    5: ("DROP INDEX article_text", "ALTER TABLE article DROP COLUMN text_digest"),
    6: (
        "DROP TABLE version",
        "DROP INDEX article_url",
        "ALTER TABLE article DROP COLUMN source_digest",
    ),
    7: (
        "ALTER TABLE version DROP COLUMN stated",
        "ALTER TABLE version DROP COLUMN line",
        "ALTER TABLE version DROP COLUMN against",
        "DROP INDEX version_article",
        "CREATE INDEX version_article ON version (article)",
    ),
}


def tables(index: Path) -> dict[str, object]:
    connection = sqlite3.connect(index / "archive.sqlite")
    names = connection.execute("SELECT name FROM sqlite_master WHERE name NOT LIKE 'sqlite_%'")
    found: dict[str, object] = {
        name: connection.execute(f"PRAGMA {kind}({name})").fetchall()
        for (name,) in names.fetchall()
        for kind in ("table_info", "index_info")
    }
    (found["schema"],) = connection.execute("PRAGMA user_version").fetchone()
    connection.close()
    return found


@pytest.mark.parametrize("schema", BEFORE)
def test_4_an_index_of_an_older_schema_is_read_as_it_is_and_upgraded_by_the_next_build(
    make: Make, tmp_path: Path, encoder: FakeEncoder, schema: int
) -> None:
    index = tmp_path / "index"
    make({"a.txt": TEXT, "b.jsonl": b"{broken"})
    new, before = tables(index), shown(index)
    connection = sqlite3.connect(index / "archive.sqlite", isolation_level=None)
    for version in range(SCHEMA - 1, schema - 1, -1):
        for statement in BEFORE[version]:
            connection.execute(statement)
    connection.execute(f"PRAGMA user_version = {schema}")
    connection.close()
    assert shown(index) == before
    with open_store(index).snapshot() as snapshot:
        assert snapshot.listing(PageRequest(sort="path")).total == 1
    encoder.embedded.clear()
    report = make({})
    assert (report.unchanged, len(report.skipped), encoder.embedded) == (1, 1, [])
    assert (tables(index), shown(index)) == (new, before)
    assert check(index) == []


@pytest.mark.parametrize(
    "what", ["index.cleaning.patterns.VERSION", "index.text.terms.VERSION", "tokens"]
)
def test_4_other_rules_apply_to_every_article_at_the_next_build(
    make: Make, where: str, monkeypatch: pytest.MonkeyPatch, what: str, encoder: FakeEncoder
) -> None:
    make({"a.txt": TEXT, "b.jsonl": [{"text": TEXT}, {"text": "x"}]})
    make({"b.jsonl": b"{broken\n{broken"})  # its articles stay, and must still be found
    if what == "tokens":
        report = make({}, passage_tokens=16)
    else:
        monkeypatch.setattr(what, 1000)
        report = make({})
    settings = open_store(where).settings
    assert 1000 in (settings.rules, settings.terms) or settings.passage_tokens == 16
    assert report.changed == (what != "index.text.terms.VERSION")
    with open_store(where).snapshot() as snapshot:
        assert len(snapshot.keywords(["lighthouse"], 9)) == 2
        assert len(snapshot.keywords(["x"], 9)) == 1


# 5: building twice is building once, building in steps is building from scratch


def test_5_building_twice_is_building_once(make: Make, where: str, encoder: FakeEncoder) -> None:
    files = {"a.txt": TEXT, "b.md": f"# B\n\n{TEXT}", "c.jsonl": [{"id": "c", "text": TEXT}]}
    assert make(files).added == 3
    before, generation = (
        shown(where),
        open_store(where).settings.generation,
    )
    encoder.embedded.clear()
    report = make({})
    assert (report.added, report.changed, report.removed, report.unchanged) == (0, 0, 0, 3)
    assert encoder.embedded == []
    assert shown(where) == before
    assert open_store(where).settings.generation == generation


@pytest.mark.parametrize(
    ("where", "seed"),
    [*(("folder", n) for n in range(6)), ("database", 0), ("database", 1)],
    indirect=["where"],
)
def test_5_building_in_steps_gives_what_building_from_scratch_gives(
    seeds: Path,
    tmp_path: Path,
    where: str,
    encoder: FakeEncoder,
    monkeypatch: pytest.MonkeyPatch,
    seed: int,
) -> None:
    # files are younger here than stamps are trusted; half of the runs trust them all the same
    monkeypatch.setattr("index.ingest.seed_files.SETTLED", -(10**18) if seed % 2 else 2 * 10**9)
    chance = random.Random(seed)
    for number in range(12):
        for _ in range(chance.randrange(1, 5)):
            step(seeds, chance)
        (seeds / "always.txt").write_text(TEXT)
        build(seeds, where, encoder=encoder)
        time.sleep(0.02)  # more than a tick of the clock that stamps files
        if number % 4 == 3:
            scratch = tmp_path / f"scratch-{number}"
            build(seeds, scratch, encoder=encoder)
            assert shown(where) == shown(scratch)
            assert check(where) == []


def test_5_real_vectors_of_steps_and_of_scratch_are_within_cosine_0_999(
    real_index: Path, seeds: Path, tmp_path: Path
) -> None:
    for file in sorted((ROOT / "seeds").iterdir()):
        shutil.copy(file, seeds)
        build(seeds, tmp_path / "steps")
    (articles, steps, _), (others, scratch, _) = shown(tmp_path / "steps"), shown(real_index)
    assert articles == others
    assert [row[:-1] for row in steps] == [row[:-1] for row in scratch]
    for one, other in zip(steps, scratch, strict=True):
        assert np.frombuffer(one[-1], "<f4") @ np.frombuffer(other[-1], "<f4") > 0.999


def test_5_cleaning_looks_at_one_file_alone(make: Make, where: str) -> None:
    """The same lead, headline and teaser in every file are in every article."""
    text = page(random.Random(7))
    make({f"{i}.txt": f"{text}\n\nOwn words {i}." for i in range(12)})
    with open_store(where).snapshot() as snapshot:
        texts = [article.text.replace("相关文章\n\n", "") for article in snapshot.articles()]
    expected = text.replace("相关文章\n\n", "")
    assert len(texts) == 12
    assert all(text.startswith(expected) for text in texts)


# 6: one bad file never stops a build


BAD = {
    "empty.txt": b"",
    "zero.txt": b"\0" * 1000,
    "random.txt": random.Random(1).randbytes(5000),
    "random.jsonl": random.Random(2).randbytes(5000),
    "picture.png": b"\x89PNG\r\n\x1a\n",
    "nothing.html": b"<html></html>",
    "broken.jsonl": b'{"text": \n[]\n',
    "only-furniture.txt": "此网站使用 cookie\n\n拒绝".encode(),
}


@pytest.mark.usefixtures("where")
def test_6_bad_files_are_skipped_named_and_counted(make: Make) -> None:
    report = make({"good.txt": TEXT, **BAD})
    assert (report.added, report.unchanged) == (1, 0)
    assert {path.partition("#")[0] for path, _ in report.skipped} == set(BAD)
    assert f"{len(report.skipped)} skipped" in str(report)
    again = make({})
    assert (again.added, again.unchanged) == (0, 1)
    assert again.skipped == report.skipped


@pytest.mark.parametrize("bad", [b"", b"\0" * 99, random.Random(3).randbytes(999)])
@pytest.mark.parametrize("name", ["a.txt", "a.md", "a.html", "sub/a.jsonl"])
def test_6_an_indexed_file_that_becomes_unreadable_keeps_its_last_good_version(
    make: Make, where: str, name: str, bad: bytes
) -> None:
    good = f"<p>{TEXT}</p>" * 4 if name.endswith("html") else TEXT
    make({name: [{"text": good}] if name.endswith("jsonl") else good, "b.txt": TEXT})
    before = shown(where)
    if name.endswith("jsonl") and not bad:
        bad = b"{"
    report = make({name: bad})
    assert (report.unchanged, report.removed) == (2, 0)
    path, why = report.skipped[0]
    assert path.startswith(name)
    assert why.endswith("(what the index has of it is kept: 1 of its articles)")
    assert shown(where) == before
    assert make({name: None}).removed == 1  # but a file that is gone is gone


def test_6_a_line_that_becomes_unreadable_keeps_its_last_good_version(
    make: Make, where: str
) -> None:
    lines = [{"id": i, "text": f"{i} {TEXT}"} for i in "abc"]
    make({"a.jsonl": lines})
    broken = "\n".join([json.dumps(lines[0]), "{broken", json.dumps(lines[2])])
    report = make({"a.jsonl": broken})
    assert (report.unchanged, report.removed, len(report.skipped)) == (3, 0, 1)
    with open_store(where).snapshot() as snapshot:
        assert [article.id for article in snapshot.articles()] == ["a", "b", "c"]


@pytest.mark.usefixtures("where")
def test_6_a_duplicate_is_not_unreadable_and_keeps_nothing(make: Make) -> None:
    make({"a.jsonl": [{"id": "a", "text": "One."}, {"id": "b", "text": "Two."}]})
    report = make({"a.jsonl": [{"id": "a", "text": "One."}, {"id": "a", "text": "Three."}]})
    assert (report.unchanged, report.removed) == (1, 1)
    assert report.skipped == [("a.jsonl#2", "its id 'a' is already that of an article in a.jsonl")]


@pytest.mark.parametrize(
    "left", [{}, {".hidden.txt": TEXT}, {"only.pdf": b"%PDF"}, {"bad.txt": b""}]
)
def test_6_an_empty_folder_over_a_full_index_is_an_error_unless_allowed(
    make: Make, where: str, left: dict[str, str | bytes]
) -> None:
    make({"a.txt": TEXT, "b.txt": TEXT})
    before = shown(where)
    with pytest.raises(ArchiveError, match=r"no article .* index holds 2: .* say --allow-empty"):
        make({"a.txt": None, "b.txt": None, **left})
    assert shown(where) == before
    report = make({}, allow_empty=True)
    assert (report.removed, report.passages) == (2, 0)
    assert shown(where)[0] == []


def test_6_a_missing_folder_is_an_error(
    make: Make, seeds: Path, where: str, encoder: FakeEncoder
) -> None:
    make({"a.txt": TEXT})
    shutil.rmtree(seeds)
    for allowed in (False, True):
        with pytest.raises(ArchiveError, match="there is no seeds folder"):
            build(seeds, where, encoder=encoder, allow_empty=allowed)
    assert len(shown(where)[0]) == 1


@pytest.mark.usefixtures("where")
def test_6_an_empty_folder_and_no_index_yet_is_an_empty_archive(make: Make) -> None:
    assert str(make({})).startswith("0 added, 0 changed, 0 removed, 0 unchanged, 0 skipped")


# 7: no network


def test_7_building_opens_no_socket(seeds: Path, tmp_path: Path) -> None:
    """In a fresh process in which every socket, of whatever kind, is an error."""
    (seeds / "a.txt").write_text(TEXT)
    program = (
        "import sys\n"
        "def refuse(event, args):\n"
        "    if event.startswith('socket.'): raise RuntimeError(event)\n"
        "sys.addaudithook(refuse)\n"
        f"import index; print(index.build({str(seeds)!r}, {str(tmp_path / 'index')!r}))"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.stdout.startswith("1 added"), done.stderr


# imports flow one way: index <- qa <- app


def imported(file: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (name.name for name in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield ("." * node.level) + (node.module or "")
            depth = len(file.relative_to(ROOT).parts) - 1  # folders between the root and the file
            assert node.level <= depth, f"{file} reaches out of its package"


@pytest.mark.parametrize(("room", "others"), [("index", {"qa", "app"}), ("qa", {"app"})])
def test_imports_flow_one_way(room: str, others: set[str]) -> None:
    files = sorted((ROOT / room).rglob("*.py"))
    assert len(files) > 5
    for file in files:
        assert not {name.partition(".")[0] for name in imported(file)} & (others | {"tests"}), file


def test_no_module_has_the_name_of_something_that_its_package_exports() -> None:
    import index
    import qa

    for package in (index, qa):
        folder = Path(os.path.dirname(package.__file__ or ""))
        modules = {file.stem for file in folder.glob("*.py")}
        assert not modules & set(package.__all__)
        assert all(hasattr(package, name) for name in package.__all__)

"""Builds: only what changed is done, and whatever goes wrong leaves the last good archive."""

import contextlib
import json
import os
import random
import shutil
import signal
import subprocess
import sys
import tracemalloc
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from index import ArchiveError, StorageError, build
from index.formats.metadata import MAX_NAME
from index.store.base.protocol import Vectors
from index.store.doors import open_store
from tests.support.builds import AsNobody, Make, counts, ids
from tests.support.fakes import FakeEncoder

ROOT = Path(__file__).parent.parent.parent.parent
TEXT = "The keeper of the {} lighthouse counted {} ships before noon and wrote them down."


def test_only_what_changed_is_embedded(make: Make, encoder: FakeEncoder) -> None:
    assert counts(make({f"{i}.txt": TEXT.format("north", i) for i in range(5)})) == (5, 0, 0, 0)
    encoder.embedded.clear()
    report = make(
        {"0.txt": TEXT.format("south", 0), "1.txt": None, "9.txt": TEXT.format("east", 9)}
    )
    assert counts(report) == (1, 1, 1, 3)
    assert sorted(encoder.embedded) == sorted([TEXT.format("south", 0), TEXT.format("east", 9)])
    assert report.passages == 5


def test_an_index_keeps_its_identity_and_one_from_scratch_has_another(
    make: Make, tmp_path: Path
) -> None:
    def identity() -> str:
        return open_store(tmp_path / "index").settings.identity

    make({"a.txt": "Fog over Ulm."})
    first = identity()
    make({"a.txt": "Rain over Ulm."})
    assert identity() == first != ""
    make({}, re_embed=True)
    assert identity() == first
    shutil.rmtree(tmp_path / "index")
    make({})
    assert identity() not in (first, "")


def test_a_renamed_file_is_one_change_and_embeds_nothing(
    make: Make, seeds: Path, encoder: FakeEncoder
) -> None:
    make({"a.txt": TEXT, "b.txt": "Other."})
    encoder.embedded.clear()
    (seeds / "a.txt").rename(seeds / "c.txt")
    assert counts(make({})) == (0, 1, 0, 1)
    assert encoder.embedded == []


def test_two_identical_files_are_two_articles_embedded_once(
    make: Make, tmp_path: Path, encoder: FakeEncoder
) -> None:
    assert counts(make({"a.txt": TEXT, "b.txt": TEXT})) == (2, 0, 0, 0)
    assert encoder.embedded == [TEXT]
    assert ids(tmp_path / "index") == ["a.txt", "b.txt"]
    assert counts(make({"a.txt": None})) == (0, 0, 1, 1)
    with open_store(tmp_path / "index").snapshot() as snapshot:
        assert len(snapshot.nearest(encoder.queries([TEXT])[0], 5)) == 1


def test_text_that_became_a_teaser_is_a_change(make: Make, tmp_path: Path) -> None:
    """The article's text is the same, only its parts are not."""
    make({"a.txt": f"Two ships\n\n{TEXT}\n\nFog."})
    assert counts(make({"a.txt": f"Two ships\n\n{TEXT}\n\nRelated articles\n\nFog."})) == (
        0,
        1,
        0,
        0,
    )
    with open_store(tmp_path / "index").snapshot() as snapshot:
        kinds = [passage.kind for passage in snapshot.passages(range(1, 99)).values()]
    assert sorted(kinds) == ["body", "teaser", "title"]


def test_an_article_moves_between_jsonl_files_with_its_id(make: Make, tmp_path: Path) -> None:
    one, two = {"id": "one", "text": "One."}, {"id": "two", "text": "Two."}
    make({"a.jsonl": [one], "b.jsonl": [two]})
    assert counts(make({"a.jsonl": [], "b.jsonl": [two, one]})) == (0, 1, 0, 1)
    assert counts(make({"a.jsonl": [two, one], "b.jsonl": []})) == (0, 2, 0, 0)
    with open_store(tmp_path / "index").snapshot() as snapshot:
        assert [(a.id, a.place) for a in snapshot.articles()] == [
            ("one", "a.jsonl#2"),
            ("two", "a.jsonl#1"),
        ]


def test_an_id_given_twice_is_skipped_and_named_until_the_first_is_gone(
    make: Make, tmp_path: Path
) -> None:
    same = {"id": "same", "text": "First."}
    report = make({"a.jsonl": [same, same], "b.jsonl": [{**same, "text": "Second."}]})
    assert counts(report) == (1, 0, 0, 0)
    assert report.skipped == [
        (place, "its id 'same' is already that of an article in a.jsonl")
        for place in ("a.jsonl#2", "b.jsonl#1")
    ]
    assert counts(make({"a.jsonl": None})) == (0, 1, 0, 0)
    with open_store(tmp_path / "index").snapshot() as snapshot:
        assert [a.text for a in snapshot.articles()] == ["Second."]


def test_files_with_odd_names_are_indexed(make: Make, tmp_path: Path) -> None:
    names = ["with space.txt", "a'b\"c.txt", "new\nline.txt", "日本.txt", "x.txt/y.md", "%_[.txt"]
    assert make(dict.fromkeys(names, TEXT)).added == len(names)
    assert ids(tmp_path / "index") == sorted(names)
    assert counts(make({})) == (0, 0, 0, len(names))


def test_a_name_that_is_not_utf8_is_skipped_and_shown(make: Make, seeds: Path) -> None:
    odd = os.fsencode(seeds) + b"/caf\xe9.txt"
    folder = os.fsencode(seeds) + b"/d\xe9"
    try:
        Path(os.fsdecode(odd)).write_text(TEXT)
        Path(os.fsdecode(folder)).mkdir()
    except OSError:
        pytest.skip("this file system takes no such names")
    Path(os.fsdecode(folder), "in.txt").write_text(TEXT)
    report = make({"a.txt": TEXT})
    assert report.added == 1
    assert sorted(report.skipped) == [
        ("caf\\udce9.txt", "its name is not UTF-8: rename it"),
        ("d\\udce9/in.txt", "its name is not UTF-8: rename it"),
    ]


def test_only_regular_files_and_links_to_them_are_read(
    make: Make, seeds: Path, tmp_path: Path
) -> None:
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "elsewhere" / "b.txt").write_text(TEXT)
    (seeds / "folder").symlink_to(tmp_path / "elsewhere")
    (seeds / "loop").symlink_to(seeds)
    (seeds / "file.txt").symlink_to(tmp_path / "elsewhere" / "b.txt")
    (seeds / "broken.txt").symlink_to(tmp_path / "nowhere")
    os.mkfifo(seeds / "pipe.txt")
    report = make({".hidden.txt": TEXT, ".git/a.txt": TEXT, "a.txt": TEXT})
    assert report.added == 2
    assert [path for path, _ in sorted(report.skipped)] == [
        "broken.txt",
        "folder",
        "loop",
        "pipe.txt",
    ]


def test_a_folder_that_cannot_be_listed_keeps_its_articles(
    make: Make, seeds: Path, tmp_path: Path, encoder: FakeEncoder, as_nobody: AsNobody
) -> None:
    make({"a.txt": TEXT, "sub/b.txt": TEXT, "subway.txt": TEXT, "d\udce9/c.txt": "x"})
    for folder, _, names in os.walk(tmp_path):
        os.chmod(folder, 0o777)
        for name in names:
            os.chmod(os.path.join(folder, name), 0o666)
    (seeds / "sub").chmod(0o000)
    (seeds / "d\udce9").chmod(0o000)
    (seeds / "subway.txt").chmod(0o000)

    def again() -> object:
        report = build(seeds, tmp_path / "index", encoder=encoder)
        return counts(report), sorted(report.skipped)

    result = as_nobody(again)
    (seeds / "sub").chmod(0o755)
    kept = "(what the index has of it is kept: 1 of its articles)"
    assert result == str(
        (
            (0, 0, 0, 3),
            [
                ("d\\udce9", "its name is not UTF-8: rename it"),
                ("sub", f"cannot be listed: Permission denied {kept}"),
                ("subway.txt", f"cannot be read: Permission denied {kept}"),
            ],
        )
    )


def test_a_seeds_folder_that_cannot_be_listed_empties_nothing(
    make: Make, seeds: Path, tmp_path: Path, encoder: FakeEncoder, as_nobody: AsNobody
) -> None:
    make({"a.txt": TEXT})
    for file in (tmp_path / "index", *(tmp_path / "index").iterdir()):
        file.chmod(0o777)
    seeds.chmod(0o000)
    result = as_nobody(lambda: build(seeds, tmp_path / "index", encoder=encoder).skipped)
    seeds.chmod(0o755)
    assert "cannot be listed: Permission denied (what the index has of it is kept: 1" in result


def test_an_index_folder_without_write_permission_is_an_error(
    seeds: Path, tmp_path: Path, make: Make, encoder: FakeEncoder, as_nobody: AsNobody
) -> None:
    make({"a.txt": TEXT})
    result = as_nobody(lambda: build(seeds, tmp_path / "index", encoder=encoder))
    assert result.startswith("StorageError: index '")
    assert "Permission denied: give write permission for that folder" in result
    result = as_nobody(lambda: build(seeds, tmp_path / "new", encoder=encoder))
    assert "Permission denied: give write permission for that folder" in result


@pytest.mark.parametrize("tokens", [15, 257, 0, -1])
def test_passages_that_no_encoder_could_read_are_refused(make: Make, tokens: int) -> None:
    with pytest.raises(
        ArchiveError, match=f"passage_tokens is {tokens}: it must be from 16 to 256"
    ):
        make({"a.txt": TEXT}, passage_tokens=tokens)


def test_an_index_folder_that_is_a_file_is_an_error(
    seeds: Path, tmp_path: Path, encoder: FakeEncoder
) -> None:
    (tmp_path / "index").write_text("a file")
    with pytest.raises(StorageError, match="File exists"):
        build(seeds, tmp_path / "index", encoder=encoder)


@pytest.mark.parametrize("kind", [os.urandom(9999), b"", b"SQLite format 3\0" + b"\0" * 9999])
def test_a_damaged_database_is_an_error_that_says_so(
    make: Make, tmp_path: Path, kind: bytes
) -> None:
    make({"a.txt": TEXT})
    (tmp_path / "index" / "archive.sqlite").write_bytes(kind)
    if kind:
        with pytest.raises(StorageError, match="damaged: remove the folder and build it again"):
            make({})
        shutil.rmtree(tmp_path / "index")
    assert make({}).added == 1


class Failing(FakeEncoder):
    """An encoder that fails after so many calls, as a disk or a power cut would."""

    def __init__(self, encoder: FakeEncoder, error: BaseException, calls: int) -> None:
        super().__init__()
        self.encoder, self.error, self.calls = encoder, error, calls

    def passages(self, texts: Sequence[str]) -> Vectors:
        if self.calls == 0:
            raise self.error
        self.calls -= 1
        return self.encoder.passages(texts)


@pytest.mark.parametrize("error", [RuntimeError("x"), KeyboardInterrupt(), OSError(28, "No space")])
def test_a_build_that_fails_leaves_the_old_archive_and_what_it_embedded(
    make: Make,
    tmp_path: Path,
    encoder: FakeEncoder,
    monkeypatch: pytest.MonkeyPatch,
    error: BaseException,
) -> None:
    monkeypatch.setattr("index.store.base.embedding.BATCH", 2)
    make({"old.txt": "Old."})
    files = {f"{i}.txt": TEXT.format("north", i) for i in range(6)}
    expected = StorageError if isinstance(error, OSError) else type(error)
    with pytest.raises(expected) as caught:
        make({**files, "old.txt": None}, encoder=Failing(encoder, error, calls=2))
    assert ids(tmp_path / "index") == ["old.txt"]
    encoder.embedded.clear()
    # while `caught` still holds the frames of the failed build: its lock must be free
    assert counts(make({})) == (6, 0, 1, 0)
    assert len(encoder.embedded) == 2
    assert not (tmp_path / "index" / "embedded.sqlite").exists()
    assert caught.value.__traceback__


def test_a_faiss_file_that_cannot_be_written_leaves_the_old_archive(
    make: Make, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    make({"a.txt": TEXT})

    def full(index: object, file: str) -> None:
        Path(file).write_bytes(b"half")
        raise RuntimeError("Error in faiss: fwrite failed: No space left on device\nat ...")

    with monkeypatch.context() as patch:
        patch.setattr("faiss.write_index", full)
        with pytest.raises(StorageError, match="No space left on device"):
            make({"b.txt": TEXT})
    assert ids(tmp_path / "index") == ["a.txt"]
    assert len(list((tmp_path / "index").glob("*.faiss"))) == 1
    assert counts(make({})) == (1, 0, 0, 1)


def test_a_disk_that_is_full_leaves_the_old_archive(
    seeds: Path, tmp_path: Path, encoder: FakeEncoder
) -> None:
    disk = tmp_path / "disk"
    disk.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", str(disk)]
    if os.geteuid() or not shutil.which("mount") or subprocess.run(mount, check=False).returncode:
        pytest.skip("a small file system cannot be mounted here")
    try:
        (seeds / "a.txt").write_text(TEXT)
        build(seeds, disk / "index", encoder=encoder)
        chance = random.Random(1)
        words = [" ".join(f"w{chance.randrange(10**9)}" for _ in range(99)) for _ in range(3000)]
        (seeds / "b.txt").write_text(". ".join(words))
        for _ in range(2):
            with pytest.raises(StorageError, match=r"full.*free some space and build again"):
                build(seeds, disk / "index", encoder=encoder)
            assert ids(disk / "index") == ["a.txt"]
        (seeds / "b.txt").write_text("Little.")
        assert counts(build(seeds, disk / "index", encoder=encoder)) == (1, 0, 0, 1)
    finally:
        subprocess.run(["umount", str(disk)], check=True)


BUILDER = """
import sys
sys.path.insert(0, {root!r})
from tests.support.fakes import FakeEncoder
import index.store.base.embedding
index.store.base.embedding.BATCH = 2
class Slow(FakeEncoder):
    def passages(self, texts):
        vectors = super().passages(texts)
        print("embedded", flush=True)
        sys.stdin.readline()
        return vectors
index.build({seeds!r}, {index!r}, encoder=Slow())
"""


@contextlib.contextmanager
def builder(seeds: Path, index: Path, batches: int) -> Iterator["subprocess.Popen[bytes]"]:
    """A build in another process that has embedded so many batches and waits."""
    program = BUILDER.format(root=str(ROOT), seeds=str(seeds), index=str(index))
    with subprocess.Popen(
        [sys.executable, "-c", program], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        process.stdin.write(b"\n" * (batches - 1))
        process.stdin.flush()
        for _ in range(batches):
            assert process.stdout.readline() == b"embedded\n"
        try:
            yield process
        finally:
            process.kill()


def test_a_killed_build_leaves_the_old_archive_and_the_next_resumes(
    make: Make, seeds: Path, tmp_path: Path, encoder: FakeEncoder
) -> None:
    make({"old.txt": "Old."})
    for i in range(20):
        (seeds / f"{i}.txt").write_text(TEXT.format("north", i))
    with builder(seeds, tmp_path / "index", batches=4) as process:
        process.send_signal(signal.SIGKILL)
        process.wait()
    assert ids(tmp_path / "index") == ["old.txt"]
    encoder.embedded.clear()
    assert counts(make({})) == (20, 0, 0, 1)
    assert len(encoder.embedded) <= 14  # batches before the last are in the cache
    assert len(ids(tmp_path / "index")) == 21


def test_a_second_build_at_the_same_time_is_an_error(
    make: Make, seeds: Path, tmp_path: Path
) -> None:
    for i in range(4):
        (seeds / f"{i}.txt").write_text(TEXT.format("north", i))
    with builder(seeds, tmp_path / "index", batches=1):
        with pytest.raises(ArchiveError, match=r"another build of .* is under way: wait for it"):
            make({})
        with pytest.raises(ArchiveError, match="never finished"):
            open_store(tmp_path / "index")
    assert make({}).added == 4


def test_memory_does_not_grow_with_the_size_of_a_jsonl(
    seeds: Path, tmp_path: Path, encoder: FakeEncoder
) -> None:
    """Only one text of a file is held at a time."""
    peaks = []
    for size in (1, 4):
        line = (
            '{"id": "%d-%d", "text": "'
            + ("A word or two about fog. " * 20 + "\\n\\n") * 20
            + '"}\n'
        )
        with (seeds / "a.jsonl").open("w") as file:
            for i in range(10 * size):
                file.write(line % (size, i))
        tracemalloc.start()
        build(seeds, tmp_path / "index", encoder=encoder)
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
    assert peaks[1] < 1.5 * peaks[0]


def test_progress_is_shown_on_request_only(make: Make, capsys: pytest.CaptureFixture[str]) -> None:
    make({"a.txt": TEXT})
    assert capsys.readouterr() == ("", "")
    make({"b.txt": "More."}, progress=True)
    assert "embedding" in capsys.readouterr().err


def test_the_report_names_every_count(make: Make) -> None:
    report = make({"a.txt": TEXT, "b.pdf": b"%PDF"})
    assert str(report).startswith(
        "1 added, 0 changed, 0 removed, 0 unchanged, 1 skipped; 1 passages in the index; "
    )


class OtherEncoder(FakeEncoder):
    """Another encoder with shorter vectors, interrupted after some passages."""

    name, revision, dimension = "other", "7", 32

    def __init__(self, patience: int = 1000) -> None:
        super().__init__()
        self.patience = patience

    def passages(self, texts: Sequence[str]) -> Vectors:
        if len(self.embedded) >= self.patience:
            raise KeyboardInterrupt
        vectors: Vectors = super().passages(texts)
        return vectors


def test_re_embedding_changes_the_encoder_and_no_text(make: Make, tmp_path: Path) -> None:
    make({f"{i}.txt": TEXT.format("north", i) for i in range(5)})
    index, other = tmp_path / "index", OtherEncoder()
    with pytest.raises(ArchiveError, match=r"built with the encoder 'fake'.*--re-embed"):
        make({}, encoder=other)
    assert other.embedded == []
    with open_store(index).snapshot() as snapshot:
        before = list(snapshot.all_passages())
    assert counts(make({}, encoder=other, re_embed=True)) == (0, 0, 0, 5)
    assert len(other.embedded) == 5
    store = open_store(index)
    assert (store.settings.encoder, store.settings.revision) == ("other", "7")
    assert store.problems() == []
    with store.snapshot() as snapshot:
        assert list(snapshot.all_passages()) == before
        assert len(snapshot.nearest(other.queries([TEXT])[0], 9)) == 5
    make({}, encoder=other)
    assert len(other.embedded) == 5


def test_re_embedding_also_adds_and_removes(make: Make, tmp_path: Path) -> None:
    make({"a.txt": "Fog.", "b.txt": "Rain."})
    files = {"a.txt": None, "c.txt": "Snow."}
    assert counts(make(files, encoder=OtherEncoder(), re_embed=True)) == (1, 0, 1, 1)
    assert ids(tmp_path / "index") == ["b.txt", "c.txt"]
    assert open_store(tmp_path / "index").problems() == []


def test_interrupted_re_embedding_leaves_the_old_index_and_resumes(
    make: Make, tmp_path: Path, encoder: FakeEncoder, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("index.store.base.embedding.BATCH", 2)
    make({f"{i}.txt": TEXT.format("north", i) for i in range(5)})
    first = OtherEncoder(patience=4)
    with pytest.raises(KeyboardInterrupt):
        make({}, encoder=first, re_embed=True)
    store = open_store(tmp_path / "index")
    store.require_encoder(encoder)
    assert store.problems() == []
    second = OtherEncoder()
    make({}, encoder=second, re_embed=True)
    assert len(set(first.embedded) | set(second.embedded)) == 5
    assert (len(first.embedded), len(second.embedded)) == (4, 1)


def test_a_new_index_may_be_made_with_re_embed(make: Make, encoder: FakeEncoder) -> None:
    assert counts(make({"a.txt": "Fog."}, re_embed=True)) == (1, 0, 0, 0)
    assert encoder.embedded == ["Fog."]


def test_names_that_are_too_long_are_skipped_in_every_store(
    where: str, seeds: Path, encoder: FakeEncoder
) -> None:
    (seeds / "a.txt").write_text(TEXT.format("north", 9))
    records = [{"id": name, "text": "Rain."} for name in ("x" * (MAX_NAME + 1), "short")]
    (seeds / "b.jsonl").write_text("\n".join(map(json.dumps, records)))
    deep = Path(*("d" * 200 for _ in range(MAX_NAME // 200)), "c.txt")
    (seeds / deep).parent.mkdir(parents=True)
    (seeds / deep).write_text(TEXT.format("east", 9))
    report = build(seeds, where, encoder=encoder)
    assert counts(report) == (2, 0, 0, 0)
    limit = "more than the 2,600 that an index can hold: shorten it"
    assert report.skipped == [
        (deep.as_posix(), f"its path has 2,618 bytes, {limit}"),
        ("b.jsonl#1", f'its id "{"x" * 59}… has 2,601 bytes, {limit}'),
    ]

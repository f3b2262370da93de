"""Seeds at addresses: listed, fetched if they changed, kept if they cannot be fetched."""

import pickle
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest

from index import BuildReport, build
from index.errors import ArchiveError
from index.formats.seed_file import Refused
from index.ingest import remote
from index.ingest.engine import Reader
from index.ingest.remote import RemoteSeeds
from index.ingest.seed_files import Unusable
from tests.support.builds import counts, ids
from tests.support.fakes import FakeEncoder
from tests.support.services import Bucket, Handler, google_storage, s3_service, web_server

fsspec = pytest.importorskip("fsspec", reason="the extra cloud is not installed")


@pytest.fixture
def memory() -> Iterator[Any]:
    """A file system in memory; the seeds are below "/news"."""
    files = fsspec.filesystem("memory", use_listings_cache=False)  # the one that seeds use
    yield files
    files.store.clear()
    files.pseudo_dirs[:] = [""]


@pytest.fixture
def s3(monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    pytest.importorskip("moto", reason="moto is not installed")
    with s3_service(monkeypatch) as client:
        client.create_bucket(Bucket="bucket")
        yield client


@pytest.fixture(params=["s3", "gs"])
def bucket(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[Bucket]:
    if request.param == "s3":
        yield Bucket("s3", request.getfixturevalue("s3"))
        return
    for name in ("gcsfs", "gcp_storage_emulator"):
        if find_spec(name) is None:
            pytest.skip(f"{name} is not installed")
    with google_storage(monkeypatch) as service:
        yield Bucket("gs", service)


@pytest.fixture
def web(seeds: Path) -> Iterator[tuple[str, type[Handler]]]:
    with web_server(seeds) as served:
        yield served


def listed(address: str) -> tuple[list[str], list[Unusable]]:
    seeds = RemoteSeeds(address)
    return sorted(seeds.files()), seeds.unusable


def make(address: str, tmp_path: Path, **options: Any) -> BuildReport:
    return build(address, tmp_path / "index", encoder=FakeEncoder(), **options)


def why(found: object) -> tuple[str, bool]:
    assert isinstance(found, Refused)
    return found.why, found.permanent


def test_files_have_names_below_the_address(memory: Any) -> None:
    for name in ("a.txt", "sub/b c.txt", ".hidden.txt", ".git/config", "sub/.c.txt", "日本.md"):
        memory.pipe(f"/news/{name}", b"Rain.")
    memory.pipe("/newspaper/d.txt", b"Rain.")
    assert listed("memory://news") == (["a.txt", "sub/b c.txt", "日本.md"], [])
    assert listed("memory://news/sub/") == (["b c.txt"], [])


def test_odd_entries_are_refused(memory: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    def entry(name: str, kind: str = "file", **more: Any) -> dict[str, Any]:
        return {"name": name, "type": kind, "size": 5, **more}

    entries = [
        entry("/news", "directory"), entry("/news/a.txt"), entry("/news/../b.txt"),
        entry("/news//c.txt"), entry("/news/d.txt", islink=True), entry("/news/e", "other"),
        entry("/etc/passwd"), entry("/news/"), entry("/news/", "directory"),
    ]  # fmt: skip
    monkeypatch.setattr(memory, "ls", lambda path, detail: entries)
    paths, unusable = listed("memory://news")
    assert paths == ["a.txt"]
    assert [bad.why.partition(":")[0].partition(",")[0] for bad in unusable] == [
        "its name has an empty part",
        "its name has an empty part",
        "is a link",
        "is neither a file nor a folder",
        "is not below memory",
        "its name has an empty part",
    ]


def test_folders_without_end_are_not_followed(memory: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    deeper = [{"name": "", "type": "directory"}]
    monkeypatch.setattr(
        memory, "ls", lambda path, detail: [e | {"name": f"{path}/on"} for e in deeper]
    )
    paths, (unusable,) = listed("memory://news")
    assert paths == []
    assert unusable.why == f"is a folder more than {remote.MAX_DEPTH} deep"
    assert unusable.unlisted


def test_a_folder_that_cannot_be_listed_is_reported(
    memory: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    memory.pipe("/news/a.txt", b"Rain.")
    memory.pipe("/news/sub/b.txt", b"Rain.")
    ls = memory.ls

    def refuse(path: str, detail: bool) -> object:
        if path.endswith("sub"):
            raise ValueError("not today\nor tomorrow")
        return ls(path, detail=detail)

    monkeypatch.setattr(memory, "ls", refuse)
    seeds = RemoteSeeds("memory://news")
    assert list(seeds.files()) == ["a.txt"]
    assert seeds.unusable == [Unusable("sub", "cannot be listed: not today", unlisted=True)]
    assert seeds.is_unlisted("sub/b.txt")


def test_an_address_where_nothing_is_is_an_error(memory: Any) -> None:
    with pytest.raises(ArchiveError, match="there are no seeds at 'memory://gone'"):
        listed("memory://gone")
    assert list(RemoteSeeds("memory://gone", missing_ok=True).files()) == []
    memory.pipe("/news/a.txt", b"Rain.")
    with pytest.raises(ArchiveError, match=r"'memory://news/a\.txt' is a file: name the folder"):
        listed("memory://news/a.txt")


def test_a_file_is_fetched_for_as_long_as_it_is_open(memory: Any) -> None:
    memory.pipe("/news/a.txt", b"Rain.")
    with RemoteSeeds("memory://news").open("a.txt") as file:
        assert file.read_bytes() == b"Rain."
    assert not file.exists()


def test_a_file_that_is_too_large_is_refused(memory: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(remote, "MAX_FETCHED", 4)
    memory.pipe("/news/a.txt", b"Rain.")
    (found,) = Reader(RemoteSeeds("memory://news"), 128, "").read("a.txt")
    assert why(found) == ("is over 0 GB, the limit for a file at an address: split it", True)


def test_a_file_that_changes_while_it_is_fetched_is_fetched_again(
    memory: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    memory.pipe("/news/a.txt", b"Rain.")
    fetch, later = memory.get_file, [b"Snow.", b"Hail."]

    def fetch_and_change(name: str, file: str, callback: object) -> None:
        fetch(name, file, callback=callback)
        if later:
            memory.pipe(name, later.pop(0))

    monkeypatch.setattr(memory, "get_file", fetch_and_change)
    with RemoteSeeds("memory://news").open("a.txt") as file:
        assert file.read_bytes() == b"Hail."
    later += [b"Fog.", b"Ice.", b"Mist."]
    (found,) = Reader(RemoteSeeds("memory://news"), 128, "").read("a.txt")
    changed = "cannot be read: it was not fetched: it changed each time while it was fetched"
    assert why(found) == (changed, False)


def test_workers_connect_by_themselves(memory: Any) -> None:
    memory.pipe("/news/a.txt", b"Rain.")
    seeds = RemoteSeeds("memory://news")
    list(seeds.files())
    copy = pickle.loads(pickle.dumps(seeds))
    assert str(copy) == "memory://news"
    with copy.open("a.txt") as file:
        assert file.read_bytes() == b"Rain."


def test_a_bucket_is_read_and_only_what_changed_is_fetched_again(
    bucket: Bucket, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for n in range(4):
        bucket.put(f"articles/2025/{n}.txt", f"Boat {n} sailed.".encode())
    bucket.put("elsewhere/b.txt", b"Rain.")
    assert counts(make(bucket.seeds, tmp_path)) == (4, 0, 0, 0)
    assert ids(tmp_path / "index") == [f"2025/{n}.txt" for n in range(4)]

    fetched: list[str] = []
    fetch = RemoteSeeds._fetch

    def note(self: RemoteSeeds, path: str, file: Path) -> None:
        fetched.append(path)
        fetch(self, path, file)

    monkeypatch.setattr(RemoteSeeds, "_fetch", note)
    bucket.put("articles/2025/1.txt", b"Boat 1 came back.")
    bucket.delete("articles/2025/2.txt")
    assert counts(make(bucket.seeds, tmp_path)) == (0, 1, 1, 2)
    assert fetched == ["2025/1.txt"]


def test_odd_names_in_a_bucket_are_refused(s3: Any, tmp_path: Path) -> None:
    for name in ("", "a.txt", "odd//name.txt"):  # some tools mark a folder by ""
        s3.put_object(Bucket="bucket", Key=f"articles/{name}", Body=b"Rain.")
    report = make("s3://bucket/articles", tmp_path)
    assert counts(report) == (1, 0, 0, 0)
    assert report.skipped == [("odd", "its name has an empty part, or one of dots: rename it")]


def test_what_cannot_be_fetched_from_a_bucket_stays_as_it_was(
    bucket: Bucket, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("a.txt", "b.txt"):
        bucket.put(f"articles/{name}", b"Rain fell.")
    make(bucket.seeds, tmp_path)
    bucket.put("articles/a.txt", b"Snow fell.")
    with monkeypatch.context() as patch:
        patch.setattr(
            RemoteSeeds, "_name", lambda self, path: "bucket/gone" if path else self._root
        )
        report = make(bucket.seeds, tmp_path)
    assert counts(report) == (0, 0, 0, 2)
    ((path, reason),) = report.skipped
    assert path == "a.txt"
    assert reason.endswith("(what the index has of it is kept: 1 of its articles)")
    assert counts(make(bucket.seeds, tmp_path)) == (0, 1, 0, 1)


def test_a_bucket_that_was_emptied_empties_the_index_only_on_request(
    bucket: Bucket, tmp_path: Path
) -> None:
    bucket.put("articles/a.txt", b"Rain fell.")
    make(bucket.seeds, tmp_path)
    bucket.delete("articles/a.txt")
    with pytest.raises(ArchiveError, match="--allow-empty"):
        make(bucket.seeds, tmp_path)
    bucket.put("articles/.hidden", b"Rain.")
    with pytest.raises(ArchiveError, match="--allow-empty"):
        make(bucket.seeds, tmp_path)
    assert counts(make(bucket.seeds, tmp_path, allow_empty=True)) == (0, 0, 1, 0)


def test_a_service_that_does_not_answer_is_named(
    s3: Any, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    with pytest.raises(ArchiveError, match="there are no seeds at 's3://gone/articles'"):
        make("s3://gone/articles", tmp_path)
    monkeypatch.setenv("AWS_ENDPOINT_URL", "http://127.0.0.1:9")
    monkeypatch.setenv("AWS_MAX_ATTEMPTS", "1")
    fsspec.get_filesystem_class("s3").clear_instance_cache()
    with pytest.raises(
        ArchiveError, match=r"'s3://bucket/articles' cannot be listed \(.*check the"
    ):
        make("s3://bucket/articles", tmp_path)


def test_a_web_folder_is_read(web: tuple[str, type[Handler]], seeds: Path, tmp_path: Path) -> None:
    address, handler = web
    (seeds / "news" / "2025").mkdir(parents=True)
    (seeds / "news" / "2025" / "a.txt").write_text("Rain fell.")
    (seeds / "news" / "b.txt").write_text("Snow fell.")
    (seeds / "c.txt").write_text("Elsewhere.")
    assert counts(make(f"{address}/news", tmp_path)) == (2, 0, 0, 0)
    assert ids(tmp_path / "index") == ["2025/a.txt", "b.txt"]
    handler.requested.clear()
    assert counts(make(f"{address}/news", tmp_path)) == (0, 0, 0, 2)
    assert not any(path.endswith(".txt") for path in handler.requested)  # only HEAD


def test_a_list_without_end_is_left(
    web: tuple[str, type[Handler]], seeds: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    address, handler = web
    monkeypatch.setattr("index.ingest.file_systems.MAX_LISTING", 1_000_000)
    (seeds / "a.txt").write_text("Fog.")
    (seeds / "more").mkdir()
    handler.endless["/more/"] = b'<a href="x.txt">x</a>' * 1000
    remote_seeds = remote.RemoteSeeds(address)
    assert list(remote_seeds.files()) == ["a.txt"]
    (unusable,) = remote_seeds.unusable
    assert unusable.why == "cannot be listed: its list is over 1 MB"
    assert remote_seeds.is_unlisted("more/x.txt")


def test_folders_that_list_one_another_come_to_an_end(
    web: tuple[str, type[Handler]], seeds: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each holds two more, so that the limit of depth alone would take for ever."""
    address, _ = web
    monkeypatch.setattr(remote, "MAX_WEB_FOLDERS", 50)
    for name in ("a", "b"):
        (seeds / name).symlink_to(seeds)
    message = r"have more than 50 folders, such as '(a/|b/)+\w': name a folder in which they"
    with pytest.raises(ArchiveError, match=message):
        list(remote.RemoteSeeds(address).files())


def test_a_web_server_cannot_send_the_build_elsewhere(
    web: tuple[str, type[Handler]], seeds: Path, tmp_path: Path
) -> None:
    address, handler = web
    (seeds / "a.txt").write_text("Rain fell.")
    (seeds / "b.txt").write_text("Snow fell.")
    (tmp_path / "inner").mkdir()
    (tmp_path / "inner" / "secret.txt").write_text("A secret.")
    with web_server(tmp_path / "inner") as (inner, inner_handler):
        handler.redirects["/a.txt"] = f"{inner}/secret.txt"
        report = make(address, tmp_path)
        assert inner_handler.requested == []
    assert counts(report) == (1, 0, 0, 0)
    ((path, reason),) = report.skipped
    assert path == "a.txt"
    assert "the server redirects to another one, '127.0.0.1'" in reason

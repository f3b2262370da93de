"""Archives are read member by member; bombs, dangerous names and links are refused."""

import io
import stat
import tarfile
import tracemalloc
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest

from index.article import Article
from index.formats.limits import MAX_DEPTH, MAX_HEADER, MAX_MEMBERS
from index.formats.seed_file import Refused
from index.ingest.reading import read_articles
from tests.support.reading import Read

TEXT = "The keeper counted nine ships before noon and wrote them into his book."
PACKED = zipfile.ZIP_DEFLATED

Files = Mapping[str, Any]  # name -> bytes or str


def zipped(files: Files, method: int = PACKED) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", method) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return file.getvalue()


def tarred(files: Files, mode: Any = "w", format: int = tarfile.PAX_FORMAT) -> bytes:
    file = io.BytesIO()
    with tarfile.open(fileobj=file, mode=mode, format=format) as archive:
        for name, content in files.items():
            data = content.encode() if isinstance(content, str) else content
            member = tarfile.TarInfo(name)
            member.size = len(data)
            member.type = tarfile.DIRTYPE if name.endswith("/") else tarfile.REGTYPE
            archive.addfile(member, io.BytesIO(data))
    return file.getvalue()


each = pytest.mark.parametrize(
    ("name", "pack"),
    [
        ("a.zip", zipped),
        ("a.zip", lambda files: zipped(files, zipfile.ZIP_STORED)),
        ("a.tar", tarred),
        ("a.tar", lambda files: tarred(files, format=tarfile.GNU_FORMAT)),
        ("a.tgz", lambda files: tarred(files, "w:gz")),
        ("a.tar.xz", lambda files: tarred(files, "w:xz")),
        ("a", tarred),
        ("a", zipped),
    ],
    ids=["zip", "stored", "pax", "gnu", "tgz", "tar.xz", "unnamed tar", "unnamed zip"],
)
Pack = Callable[[Files], bytes]


@each
def test_members_are_identified_by_archive_and_member_name(
    read: Read, name: str, pack: Pack
) -> None:
    lines = '{"text": "One."}\n{"text": "Two.", "id": "two"}'
    inner = zipped({"2025-10-28.txt": TEXT})
    files = {"./x/日本.md": f"# Ships\n\n{TEXT}", "b.jsonl": lines, "c/d.zip": inner}
    articles = {article.place: article for article in read(name, pack({**files, "c/": b""}))}
    assert list(articles) == [
        f"{name}#{place}"
        for place in ("x/日本.md", "b.jsonl#1", "b.jsonl#2", "c/d.zip#2025-10-28.txt")
    ]
    assert [article.id for article in articles.values()] == [
        f"{name}#x/日本.md", f"{name}#b.jsonl#1", "two", f"{name}#c/d.zip#2025-10-28.txt",
    ]  # fmt: skip
    assert {article.path for article in articles.values()} == {name}
    assert articles[f"{name}#x/日本.md"].text == f"Ships\n\n{TEXT}"
    assert str(articles[f"{name}#c/d.zip#2025-10-28.txt"].date) == "2025-10-28"


@each
def test_an_unreadable_member_does_not_affect_the_others(read: Read, name: str, pack: Pack) -> None:
    files = {"a.txt": TEXT, "b.txt": b"", "c.odt": TEXT, "d.txt": bytes(range(256)) * 9}
    items = read(name, pack({**files, "e.txt": TEXT}))
    assert [type(item) for item in items] == [Article, Refused, Refused, Refused, Article]
    assert [item.place for item in items] == [f"{name}#{letter}" for letter in (*files, "e.txt")]
    assert items[1].why == "is empty"


@each
def test_hidden_members_are_ignored(read: Read, name: str, pack: Pack) -> None:
    files = {".a.txt": TEXT, ".git/b.txt": TEXT, "__MACOSX/._c.txt": b"\0", "d.txt": TEXT}
    assert [article.id for article in read(name, pack(files))] == [f"{name}#d.txt"]


@each
@pytest.mark.parametrize(
    "odd", ["../../x.txt", "/etc/x.txt", "a/../../x.txt", "..\\x.txt", "C:\\x.txt", "a/.."]
)
def test_names_that_lead_outside_the_archive_are_refused(
    read: Read, name: str, pack: Pack, odd: str
) -> None:
    refused, article = read(name, pack({odd: TEXT, "b.txt": TEXT}))
    assert refused == Refused(f"{name}#{odd}", "its name leads outside the archive: rename it")
    assert article.id == f"{name}#b.txt"


@each
def test_names_with_control_characters_are_refused(read: Read, name: str, pack: Pack) -> None:
    refused, article = read(name, pack({"a\x01\x7f.txt": TEXT, "b.txt": TEXT}))
    why = "its name has control characters: rename it"
    assert refused == Refused(f"{name}#a\\x01\\x7f.txt", why)
    assert article.id == f"{name}#b.txt"


def test_a_zip_name_with_a_nul_is_refused(read: Read) -> None:
    data = zipped({"a~.txt": TEXT}).replace(b"a~.txt", b"a\0.txt")
    assert [item.place for item in read("a.zip", data)] == ["a.zip#a\\x00.txt"]


@each
def test_overlong_names_are_refused_and_truncated_in_the_message(
    read: Read, name: str, pack: Pack
) -> None:
    refused, article = read(name, pack({f"{'n' * 5000}.txt": TEXT, "b.txt": TEXT}))
    assert refused.why == "its name has 5004 characters; the limit is 1000"
    assert len(refused.place) < 1100
    assert article.id == f"{name}#b.txt"


def test_links_and_devices_are_not_followed(read: Read, tmp_path: Path) -> None:
    (tmp_path / "secret.txt").write_text(TEXT)
    file = io.BytesIO()
    with tarfile.open(fileobj=file, mode="w") as archive:
        for name, kind in {
            "a.txt": tarfile.SYMTYPE, "b.txt": tarfile.LNKTYPE, "c.txt": tarfile.CHRTYPE,
            "d.txt": tarfile.FIFOTYPE,
        }.items():  # fmt: skip
            member = tarfile.TarInfo(name)
            member.type, member.linkname = kind, str(tmp_path / "secret.txt")
            archive.addfile(member)
    link, odd = "is a link, which is not followed", "is not a regular file"
    assert [item.why for item in read("a.tar", file.getvalue())] == [link, link, odd, odd]
    zip_member = zipfile.ZipInfo("a.txt")
    zip_member.external_attr = (stat.S_IFLNK | 0o777) << 16
    with zipfile.ZipFile(file, "w") as zip_file:
        zip_file.writestr(zip_member, str(tmp_path / "secret.txt"))
    assert read("a.zip", file.getvalue()) == [Refused("a.zip#a.txt", link)]


def test_no_member_is_written_to_disk(read: Read, tmp_path: Path) -> None:
    files = {"x.txt": TEXT, "y/z.zip": zipped({"x.txt": TEXT})}
    assert len(read("a.zip", zipped(files)) + read("a.tar", tarred(files))) == 4
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.tar", "a.zip"]


def test_encrypted_or_unsupported_zip_members_are_refused(read: Read) -> None:
    data = bytearray(zipped({"a.txt": TEXT}))
    data[6] |= 1  # in both of its headers
    data[data.index(b"PK\x01\x02") + 8] |= 1
    assert "is encrypted" in read("a.zip", bytes(data))[0].why
    for method in (zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA):
        [refused] = read("a.zip", zipped({"a.txt": TEXT}, method))
        assert f"is compressed by method {method}; only 0 (stored)" in refused.why


@each
def test_a_truncated_archive_is_reported(read: Read, name: str, pack: Pack) -> None:
    whole = pack({"a.txt": TEXT * 20, "b.txt": TEXT * 30})
    for at in range(0, min(len(whole), 5000), 97):
        items = read(name, whole[:at])
        assert any(isinstance(item, Refused) for item in items), at
        for item in items:
            assert isinstance(item, Refused) or item.text in (TEXT * 20, TEXT * 30)


def test_a_tar_without_its_end_mark_is_read_and_reported(read: Read) -> None:
    whole = tarred({"a.txt": TEXT, "b.txt": TEXT})
    article, refused = read("a.tar", whole[:1024])
    assert article.id == "a.tar#a.txt"
    assert refused == Refused("a.tar", "is damaged or cut short (empty header)")
    broken = bytearray(whole)
    broken[1024 + 5] ^= 1  # the second header
    article, refused = read("a.tar", bytes(broken))
    assert refused == Refused("a.tar", "is damaged or cut short (bad checksum)")


@each
@pytest.mark.parametrize("at", range(7))
def test_damage_never_raises(read: Read, name: str, pack: Pack, at: int) -> None:
    data = bytearray(pack({"a.txt": TEXT, "b.jsonl": '{"text": "One."}\n' * 50}))
    data[at * len(data) // 7] ^= 0xFF
    assert all(isinstance(item, Article | Refused) for item in read(name, bytes(data)))


# bombs


def test_a_bomb_by_ratio_is_refused_before_anything_is_unpacked(read: Read) -> None:
    bomb = zipped({"a.txt": TEXT, **{f"{i}.jsonl": bytes(20_000_000) for i in range(4)}})
    [refused] = read("a.zip", bomb)
    assert refused.place == "a.zip"
    assert refused.why.startswith("unpacks to more than 200 times its 0.1 MB, like a zip bomb: ")


def test_a_bomb_with_a_false_declared_size_is_refused(read: Read) -> None:
    bomb = zipped({"a.txt": bytes(30_000_000)})
    size = (30_000_000).to_bytes(4, "little")
    lie = bomb.replace(size, (999).to_bytes(4, "little"))
    assert lie != bomb
    [refused] = read("a.zip", lie)
    assert isinstance(refused, Refused)


def test_a_nested_bomb_ends_the_reading_of_the_whole_file(
    read: Read, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("index.formats.limits.RATIO_APPLIES_FROM", 1_000_000)
    bomb = zipped({"x.jsonl": bytes(9_000_000)})
    files = {"a.txt": TEXT, "b.zip": bomb, "c.txt": TEXT}
    for name, data in {"a.tgz": tarred(files, "w:gz"), "a.zip": zipped(files)}.items():
        article, refused = read(name, data)
        assert (article.id, refused.place) == (f"{name}#a.txt", name)
        assert "like a zip bomb" in refused.why


def test_a_bomb_by_count_is_refused(read: Read, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("index.formats.limits.MAX_MEMBERS", 50)
    files = {f"{i}.txt": TEXT for i in range(51)}
    [refused] = read("a.zip", zipped(files))
    assert refused.place == "a.zip"
    assert refused.why.startswith("holds more than 50 files: if you trust it, unpack it")
    *articles, refused = read("a.tar", tarred(files))
    assert len(articles) == 50
    assert refused.why.startswith("holds more than 50 files")
    half = zipped({f"{i}.txt": TEXT for i in range(30)})
    *articles, refused = read("a.zip", zipped({"x.zip": half, "y.zip": half}))
    assert (len(articles), refused.place) == (30, "a.zip")
    assert MAX_MEMBERS == 100_000


def test_a_bomb_by_depth_is_refused(read: Read) -> None:
    data = zipped({"a.txt": TEXT})
    for _ in range(MAX_DEPTH - 1):
        data = zipped({"b.zip": data})
    [article] = read("a.zip", data)
    assert article.id == "a.zip#b.zip#b.zip#b.zip#a.txt"
    [refused] = read("a.zip", zipped({"b.zip": data}))
    assert refused.place == "a.zip#b.zip#b.zip#b.zip#b.zip"
    assert refused.why == "is nested more than 4 archives deep: unpack it yourself"


def test_an_oversized_directory_or_header_is_refused(
    read: Read, monkeypatch: pytest.MonkeyPatch
) -> None:
    huge = tarfile.TarInfo("x")
    huge.type, huge.size = tarfile.GNUTYPE_LONGNAME, 8_000_000_000
    [refused] = read("a.tar", huge.tobuf() + b"a" * 3 * MAX_HEADER)
    assert refused.why == "has a directory or header of over 1 MB"
    monkeypatch.setattr(
        "index.formats.containers.archives.MAX_ZIP_DIRECTORY", 70_000
    )  # more than the last 64 KB, which zipfile reads first
    [refused] = read("a.zip", zipped({f"{i:0500}.txt": "" for i in range(200)}))
    assert "has a directory or header of over" in refused.why


@pytest.mark.parametrize("pack", [zipped, tarred], ids=["zip", "tar"])
def test_memory_use_is_independent_of_archive_size(tmp_path: Path, pack: Pack) -> None:
    peaks = []
    kind = "zip" if pack is zipped else "tar"
    line = '{"text": "' + "A word or two about fog. " * 4000 + '"}\n'
    for size in (10, 80):
        file = tmp_path / f"{size}.{kind}"
        file.write_bytes(pack({"a.jsonl": line * 10, "b.txt": TEXT, "big.jsonl": line * size}))
        tracemalloc.start()
        assert sum(1 for _ in read_articles(file, file.name)) == 11 + size
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
    assert peaks[1] < 1.2 * peaks[0]

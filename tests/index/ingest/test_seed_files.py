"""The files of a seeds folder, and the stamps by which unchanged files are recognised."""

import os
import pickle
import time
from pathlib import Path

import pytest

from index.ingest import seed_files
from index.ingest.seed_files import SeedFolder, Unusable, is_address
from tests.support.builds import AsNobody

LONG_AGO = 10**18  # ns


def write(file: Path, text: str = "Rain.", modified: int = LONG_AGO) -> Path:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text)
    os.utime(file, ns=(modified, modified))
    return file


def test_names_are_relative_with_slashes(seeds: Path) -> None:
    for name in ("b.txt", "sub/folder/a.txt", "no suffix", "日本.md"):
        write(seeds / name)
    folder = SeedFolder(seeds)
    assert sorted(folder.files()) == ["b.txt", "no suffix", "sub/folder/a.txt", "日本.md"]
    assert folder.unusable == []


@pytest.mark.parametrize("source", [".", "", "./"])
def test_the_seeds_folder_may_be_the_current_one(
    seeds: Path, monkeypatch: pytest.MonkeyPatch, source: str
) -> None:
    write(seeds / "sub" / "a.txt")
    monkeypatch.chdir(seeds)
    folder = SeedFolder(Path(source))
    assert list(folder.files()) == ["sub/a.txt"]
    assert folder.stamp("sub/a.txt")


def test_a_copy_for_a_worker_knows_the_whole_path(
    seeds: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(seeds.parent)
    folder = SeedFolder(Path(seeds.name))
    assert str(folder) == seeds.name
    assert str(pickle.loads(pickle.dumps(folder))) == str(seeds)
    with folder.open("a.txt") as file:
        assert file == Path(seeds.name, "a.txt")


def test_addresses_are_told_from_folders() -> None:
    assert is_address("s3://bucket/articles")
    assert not any(is_address(folder) for folder in ("seeds", "./s3:/a", Path("s3:")))


def test_hidden_files_and_folders_are_left_out(seeds: Path) -> None:
    for name in (".hidden.txt", ".git/config", "sub/.a.txt.half", "sub/a.txt"):
        write(seeds / name)
    assert list(SeedFolder(seeds).files()) == ["sub/a.txt"]


def test_links_to_files_are_followed_and_links_to_folders_are_reported(
    seeds: Path, tmp_path: Path
) -> None:
    target = write(tmp_path / "elsewhere" / "b.txt")
    (seeds / "folder").symlink_to(target.parent)
    (seeds / "file.txt").symlink_to(target)
    folder = SeedFolder(seeds)
    assert list(folder.files()) == ["file.txt"]
    why = "is a link to a folder, which is not followed: copy it"
    assert folder.unusable == [Unusable("folder", why)]


def test_a_name_that_is_not_utf8_is_reported_legibly(seeds: Path) -> None:
    try:
        write(seeds / "caf\udce9.txt")
    except OSError:
        pytest.skip("this file system takes no such names")
    folder = SeedFolder(seeds)
    assert list(folder.files()) == []
    assert folder.unusable == [Unusable("caf\\udce9.txt", "its name is not UTF-8: rename it")]


def test_a_folder_that_cannot_be_listed_is_reported(seeds: Path, as_nobody: AsNobody) -> None:
    write(seeds / "sub" / "a.txt")
    (seeds / "sub").chmod(0o000)

    def listed() -> object:
        folder = SeedFolder(seeds)
        return list(folder.files()), folder.unusable

    result = as_nobody(listed)
    (seeds / "sub").chmod(0o755)
    unlisted = Unusable("sub", "cannot be listed: Permission denied", unlisted=True)
    assert result == str(([], [unlisted]))


def test_files_below_a_folder_that_cannot_be_listed_may_still_exist(seeds: Path) -> None:
    folder = SeedFolder(seeds)
    folder.unusable += [Unusable("sub", "", unlisted=True), Unusable("link", "is a link")]
    paths = ("sub/a.txt", "sub/b/c.txt", "sub.txt", "subs/a.txt", "link/a.txt")
    assert list(map(folder.is_unlisted, paths)) == [True, True, False, False, False]
    folder.unusable.append(Unusable(".", "", unlisted=True))
    assert folder.is_unlisted("sub.txt")


def test_the_stamp_of_an_unchanged_file_is_the_same(seeds: Path) -> None:
    write(seeds / "a.txt")
    stamp = SeedFolder(seeds).stamp("a.txt")
    assert stamp is not None
    assert stamp.startswith(f"5 {LONG_AGO} ")
    assert SeedFolder(seeds).stamp("a.txt") == stamp


def test_every_change_of_a_file_changes_its_stamp(seeds: Path) -> None:
    folder = SeedFolder(seeds)
    write(seeds / "a.txt")
    stamps = [folder.stamp("a.txt")]
    write(seeds / "a.txt", "Snow!", LONG_AGO)  # as long and as old: only the inode's time differs
    stamps.append(folder.stamp("a.txt"))
    write(seeds / "a.txt", "Snow!", LONG_AGO + 1)
    stamps.append(folder.stamp("a.txt"))
    write(seeds / "a.txt", "Sleet.", LONG_AGO + 1)
    stamps.append(folder.stamp("a.txt"))
    assert None not in stamps
    assert len(set(stamps)) == 4


def test_a_young_file_has_no_stamp(seeds: Path) -> None:
    """It could change again within the resolution of the clock."""
    write(seeds / "a.txt", modified=time.time_ns() - seed_files.SETTLED // 2)
    assert SeedFolder(seeds).stamp("a.txt") is None
    write(seeds / "a.txt", modified=time.time_ns() - seed_files.SETTLED - 1)
    assert SeedFolder(seeds).stamp("a.txt") is not None


def test_a_missing_file_has_no_stamp(seeds: Path) -> None:
    assert SeedFolder(seeds).stamp("a.txt") is None

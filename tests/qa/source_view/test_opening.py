"""Only regular files of the seeds folder are opened, whatever a name or a link says."""

import os
import socket
from pathlib import Path

import pytest

from qa.source_view import opening
from qa.source_view.opening import open_seed
from qa.source_view.problems import SourceError


@pytest.fixture
def seeds(tmp_path: Path) -> Path:
    folder = tmp_path / "seeds"
    (folder / "news").mkdir(parents=True)
    (folder / "news" / "a.txt").write_text("inside")
    (folder / ".secret").mkdir()
    (folder / ".secret" / "key.txt").write_text("hidden")
    (tmp_path / "outside.txt").write_text("outside")
    return folder


def code(seeds: Path, path: str) -> str:
    with pytest.raises(SourceError) as caught:
        open_seed(seeds, path)
    return caught.value.code


def content(seeds: Path, path: str) -> bytes:
    with open_seed(seeds, path) as file:
        return file.read()


def test_a_file_of_the_folder_is_opened(seeds: Path) -> None:
    assert content(seeds, "news/a.txt") == b"inside"


@pytest.mark.parametrize(
    "path",
    [
        "../outside.txt", "news/../../outside.txt", "news/../news/a.txt", "/etc/passwd", "", ".",
        "..", "news//a.txt", "./news/a.txt", ".secret/key.txt", "news/.a.txt", "a\0b", "news/",
    ],
)  # fmt: skip
def test_names_that_are_no_names_of_seeds_are_refused(seeds: Path, path: str) -> None:
    assert code(seeds, path) == "refused"


@pytest.mark.parametrize("path", ["b.txt", "news/a.txt/b", "x" * 5000, "news/\udcff.txt"])
def test_what_does_not_exist_is_gone(seeds: Path, path: str) -> None:
    assert code(seeds, path) == "gone"


def test_links_out_of_the_folder_and_to_hidden_files_are_refused(seeds: Path) -> None:
    (seeds / "out.txt").symlink_to(seeds.parent / "outside.txt")
    (seeds / "up").symlink_to(seeds.parent)
    (seeds / "hidden.txt").symlink_to(".secret/key.txt")
    (seeds / "circle.txt").symlink_to("circle.txt")
    (seeds / "in.txt").symlink_to("news/a.txt")
    assert code(seeds, "out.txt") == "refused"
    assert code(seeds, "up/outside.txt") == "refused"
    assert code(seeds, "hidden.txt") == "refused"
    assert code(seeds, "circle.txt") == "gone"
    assert content(seeds, "in.txt") == b"inside"


def test_a_seeds_folder_that_is_a_link_itself_is_followed(seeds: Path) -> None:
    link = seeds.parent / "link"
    link.symlink_to(seeds)
    assert content(link, "news/a.txt") == b"inside"


def test_pipes_sockets_devices_and_folders_are_refused_without_waiting(seeds: Path) -> None:
    os.mkfifo(seeds / "pipe.txt")
    assert code(seeds, "pipe.txt") == "refused"
    assert code(seeds, "news") == "refused"
    here = os.getcwd()
    os.chdir(seeds)  # the path of a socket is short
    try:
        with socket.socket(socket.AF_UNIX) as listening:
            listening.bind("socket.txt")
            assert code(seeds, "socket.txt") == "gone"  # the system opens none
    finally:
        os.chdir(here)


def test_a_file_that_became_a_link_in_the_meantime_is_not_followed(
    seeds: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    below = opening._open_below

    def exchanged(root: Path, parts: tuple[str, ...]) -> int:
        (seeds / "news" / "a.txt").unlink()
        (seeds / "news" / "a.txt").symlink_to(seeds.parent / "outside.txt")
        return below(root, parts)

    monkeypatch.setattr(opening, "_open_below", exchanged)
    assert code(seeds, "news/a.txt") == "gone"


def test_a_folder_that_became_a_link_in_the_meantime_is_not_followed(
    seeds: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    below = opening._open_below
    (seeds.parent / "other").mkdir()
    (seeds.parent / "other" / "a.txt").write_text("outside")

    def exchanged(root: Path, parts: tuple[str, ...]) -> int:
        (seeds / "news").rename(seeds / "olds")
        (seeds / "news").symlink_to(seeds.parent / "other")
        return below(root, parts)

    monkeypatch.setattr(opening, "_open_below", exchanged)
    assert code(seeds, "news/a.txt") == "gone"


def test_a_large_file_is_not_opened(seeds: Path) -> None:
    with (seeds / "large.txt").open("wb") as file:
        file.truncate(opening.MAX_FILE + 1)  # takes no room on the disk
    assert code(seeds, "large.txt") == "large"


def test_no_file_stays_open(seeds: Path) -> None:
    os.mkfifo(seeds / "pipe.txt")
    before = len(os.listdir("/proc/self/fd")) if Path("/proc/self/fd").is_dir() else 0
    for path in ("pipe.txt", "news", "b.txt", "../x"):
        code(seeds, path)
    content(seeds, "news/a.txt")
    assert not before or len(os.listdir("/proc/self/fd")) == before

"""On a full disk a build fails with advice, loses nothing, and the archive stays readable."""

import resource
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from index import StorageError, build
from index.admin.check import check
from tests.support.archives import TEXT, shown, shown_from_scratch
from tests.support.builds import Make
from tests.support.fakes import FakeEncoder

ROOT = Path(__file__).parent.parent.parent
MOUNT = ["unshare", "--map-root-user", "--mount", "sh", "-c"]
MOUNTED = 'mount -t tmpfs -o size=2m none "$0" && exec "$@"'  # seen by that process alone

# Fills the disk but for some kilobytes, builds, compares, and frees it; then with more room.
FILLED = """
import os, sys
from pathlib import Path
sys.path.insert(0, {root!r})
from tests.support.fakes import FakeEncoder
from tests.support.archives import TEXT, shown
from index import StorageError, build
from index.admin.check import check
disk, seeds, encoder = Path({disk!r}), Path({seeds!r}), FakeEncoder()
index = disk / "index"
build(seeds, index, encoder=encoder)
old = shown(index)
for i in range(70):
    (seeds / f"{{i}}.txt").write_text(TEXT.format("north", i))
done = False
for kilobytes in range(0, 2000, 30):
    room = os.statvfs(disk)
    (disk / "filler").write_bytes(bytes(max(0, room.f_bavail * room.f_frsize - 1000 * kilobytes)))
    try:
        done = bool(build(seeds, index, encoder=encoder).added)
    except StorageError as error:
        assert "free some space" in str(error), error
    assert (shown(index) != old) == done, "the outcome is not what the build reported"
    assert check(index) == []
    assert len(list(index.glob("*.faiss"))) == 1, "the failed build left its file on the full disk"
    (disk / "filler").unlink()
    assert (shown(index) != old) == done
    if done:
        break
print("kilobytes with which a build still failed:", kilobytes - 30)
assert done and kilobytes > 100
build(seeds, index, encoder=encoder)
assert check(index) == []
scratch = seeds.parent / "scratch"
build(seeds, scratch, encoder=encoder)
assert shown(index) == shown(scratch)
"""


def test_a_full_disk_is_an_error_and_nothing_is_lost(seeds: Path, tmp_path: Path) -> None:
    """A small file system of its own, ever less full until the build has room."""
    disk = tmp_path / "disk"
    disk.mkdir()
    if subprocess.run([*MOUNT, MOUNTED, str(disk), "true"], capture_output=True).returncode:
        pytest.skip("this system does not let users mount file systems")
    (seeds / "old.txt").write_text(TEXT)
    program = FILLED.format(root=str(ROOT), disk=str(disk), seeds=str(seeds))
    command = [*MOUNT, MOUNTED, str(disk), sys.executable, "-W", "error", "-c", program]
    done = subprocess.run(command, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    print(done.stdout)


@pytest.mark.parametrize("kilobytes", [0, 1, 30, 60, 90])
def test_files_that_may_not_grow_are_an_error_and_nothing_is_lost(
    seeds: Path, tmp_path: Path, make: Make, encoder: FakeEncoder, kilobytes: int
) -> None:
    """As on a full disk or with a quota, whichever file does not fit."""
    index = tmp_path / "index"
    make({"old.txt": TEXT})
    old = shown(index)
    for i in range(150):
        (seeds / f"{i}.txt").write_text(TEXT.format("north", i))
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    before = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    try:
        resource.setrlimit(resource.RLIMIT_FSIZE, (kilobytes * 1000, limits[1]))
        with pytest.raises(StorageError, match=r"free some space|can be read and written"):
            build(seeds, index, encoder=encoder)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
        signal.signal(signal.SIGXFSZ, before)
    assert shown(index) == old
    assert check(index) == []
    build(seeds, index, encoder=encoder)
    assert shown(index) == shown_from_scratch(seeds, tmp_path / "scratch", encoder)
    assert check(index) == []

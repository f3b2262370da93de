"""Damaged files must not stop a reader: `python -m index.benchmarks.fuzz DIR --minutes 10`.

Takes the small files in DIR, damages copies of them at random (inside zips and compressed files
too) and reads each in a separate process. A finding is a process that dies, computes for over ten
seconds (or does not return within a minute), or needs more than 1 GB. Errors that a reader did not
foresee are refusals with an exception's name; they are counted.
"""

import argparse
import io
import multiprocessing
import random
import tempfile
import time
import zipfile
from collections import Counter
from collections.abc import Sequence
from multiprocessing.connection import Connection
from pathlib import Path

from index.errors import ArchiveError, run
from index.formats.registry import KINDS
from index.formats.seed_file import Refused
from index.ingest.reading import read_articles

from .machine import describe_machine, peak_memory

SECONDS, PATIENCE, MEMORY = 10.0, 60.0, 1_000_000_000
MAX_SEED = 200_000  # bytes; mutations of larger files rarely hit what matters
HANGS: tuple[list[str], float, int] = ([], float("inf"), 0)
UNFORESEEN = "cannot be read ("
PIECES = (
    b"\0", b"\xff\xfe", b"<![CDATA[", b"&#0;", b"<!ENTITY a '&a;&a;'>", b"9" * 40, b"\r\n\r\n",
    b"(" * 500, b"<div>" * 500, b"[" * 500, b"charset=utf-7", b"/Length 99999999", b"\xed\xa0\x80",
    b"Content-Length: 18446744073709551616\r\n", b"endstream", b"%PDF-", b"--", b"=?utf-8?b?",
)  # fmt: skip


def mutate(data: bytes, chance: random.Random) -> bytes:
    """Return a damaged copy; a zip is mostly damaged inside."""
    if data[:4] == b"PK\x03\x04" and chance.random() < 0.8:
        return _mutate_member(data, chance)
    changed = bytearray(data)
    for _ in range(chance.choice((1, 1, 2, 4, 16))):
        at = chance.randrange(len(changed) + 1)
        size = chance.choice((1, 2, 8, 64, 1024))
        match chance.randrange(6):
            case 0:
                changed[at : at + 1] = bytes([chance.randrange(256)])
            case 1:
                del changed[at : at + size]
            case 2:
                changed[at:at] = chance.choice(PIECES)
            case 3:
                changed[at:at] = changed[at : at + size] * chance.choice((1, 2, 50))
            case 4:
                other = chance.randrange(len(changed) + 1)
                changed[at : at + size] = changed[other : other + size]
            case _:
                if chance.random() < 0.2:
                    del changed[at:]
    return bytes(changed)


def _mutate_member(data: bytes, chance: random.Random) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(packed, "w") as new:
        names = old.namelist()
        chosen = chance.choice(names)
        for name in names:
            content = old.read(name)
            new.writestr(name, mutate(content, chance) if name == chosen and content else content)
    return packed.getvalue()


class Reader:
    """A process that reads one file after another, and is replaced when it fails."""

    def __init__(self, folder: Path, whole: Sequence[Path]) -> None:
        self._folder, self._whole = folder, whole
        self._process: multiprocessing.process.BaseProcess | None = None

    def read(self, name: str, data: bytes) -> tuple[str | None, list[str]]:
        """Return what went wrong, or None, and the refusals."""
        file = self._folder / name
        file.write_bytes(data)
        if self._process is None:
            self._start()
        self._pipe.send((file, name))
        try:
            refused, seconds, memory = self._pipe.recv() if self._pipe.poll(PATIENCE) else HANGS
        except EOFError:
            self.stop()
            return "the process dies", []
        if seconds > SECONDS:
            self.stop()
            return f"computes for over {SECONDS:.0f} s", refused
        if memory > MEMORY:
            self.stop()
            return f"needs {memory / 1e6:.0f} MB", refused
        return None, refused

    def _start(self) -> None:
        context = multiprocessing.get_context("spawn")
        self._pipe, theirs = context.Pipe()
        self._process = context.Process(target=_serve, args=(theirs, self._whole), daemon=True)
        self._process.start()
        theirs.close()
        self._pipe.recv()  # it has imported every library: only reading is timed

    def stop(self) -> None:
        """End the process."""
        if self._process is not None:
            self._process.kill()
            self._process.join()
            self._process = None


def _serve(pipe: Connection, whole: Sequence[Path]) -> None:
    """Read each file that arrives; answer with refusals, processor time and peak memory."""
    for file in whole:
        list(read_articles(file, file.name))
    pipe.send("ready")
    while True:
        file, name = pipe.recv()
        start = time.process_time()
        refused = [i.why for i in read_articles(file, name) if isinstance(i, Refused)]
        pipe.send((refused, time.process_time() - start, peak_memory()))


def fuzz(seeds: Path, seconds: float, seed: int, keep: Path) -> Counter[str]:
    """Read damaged files for so long; write those that are findings to `keep`; count outcomes."""
    files = sorted(
        f for f in seeds.iterdir() if f.suffix in KINDS and 0 < f.stat().st_size <= MAX_SEED
    )
    if not files:
        raise ArchiveError(f"'{seeds}' holds no file of a known kind under {MAX_SEED} bytes")
    chance, counts = random.Random(seed), Counter[str]()  # noqa: S311
    with tempfile.TemporaryDirectory(prefix="archive-qa-") as folder:
        reader = Reader(Path(folder), files)
        reader.read(files[0].name, files[0].read_bytes())  # starts the process
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            original = chance.choice(files)
            data = mutate(original.read_bytes(), chance)
            found, refused = reader.read(f"seed{original.suffix}", data)
            counts["read"] += 1
            counts["refused"] += bool(refused)
            counts.update(w for w in refused if w.startswith(UNFORESEEN))
            if found:
                counts[f"FOUND {original.suffix}: {found}"] += 1
                keep.mkdir(parents=True, exist_ok=True)
                (keep / f"{counts['read']}{original.suffix}").write_bytes(data)
        reader.stop()
    return counts


def main(arguments: Sequence[str] | None = None) -> int:
    """Run it; print the counts. Returns 1 if there is a finding."""
    parser = argparse.ArgumentParser(
        prog="python -m index.benchmarks.fuzz",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("seeds", type=Path, metavar="DIR", help="folder of whole files")
    parser.add_argument("--minutes", type=float, default=10.0)
    parser.add_argument("--seed", type=int, default=1, help="other numbers give other damage")
    parser.add_argument("--keep", type=Path, default=Path("fuzz-findings"), metavar="DIR")
    options = parser.parse_args(arguments)
    print(describe_machine(("lxml", "trafilatura")))
    counts = fuzz(options.seeds, 60 * options.minutes, options.seed, options.keep)
    for outcome, count in counts.most_common():
        print(f"{count:>8}  {outcome}")
    return int(any(outcome.startswith("FOUND") for outcome in counts))


if __name__ == "__main__":
    raise SystemExit(run(main))

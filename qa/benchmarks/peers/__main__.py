"""Peers side by side: `python -m qa.benchmarks.peers --data DIR`.

haystack-ai, txtai and this project over the same passages with the same encoder and reader weights,
as many passages given to the reader, as many threads, each in a process of its own. DIR holds
question sets as `archive-qa evaluate` takes them. Needs `pip install 'archive-qa[benchmarks]'`.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from importlib.metadata import PackageNotFoundError
from pathlib import Path

from index import threads
from index.benchmarks.machine import cores, described
from index.encoder.bundled import model_folder
from index.errors import ArchiveError, run
from qa.reader.reader import WEIGHTS

from .as_transformers import write_folder
from .plan import write_plan
from .run import SYSTEMS

PACKAGES = ("torch", "transformers", "sentence-transformers", "haystack-ai", "txtai")
SETS = ("en-wiki", "zh-cmrc-trial")
QUIET = {"HF_HUB_OFFLINE": "1", "HAYSTACK_TELEMETRY_ENABLED": "False", "DO_NOT_TRACK": "1"}
# how a figure is shown, and what it is multiplied by
SHOWN = {
    "seconds": ("{:,.0f} ms", 1e3),
    "share": ("{:.1f} %", 1e2),
    "bytes": ("{:,.1f} MB", 1e-6),
    "rate": ("{:,.1f}", 1.0),
}


def kind(row: str) -> str:
    """Which of `SHOWN` a row of the table is."""
    if row.endswith(("p50", "p95")):
        return "seconds"
    if row in ("memory", "disk"):
        return "bytes"
    return "rate" if row.endswith("a second") else "share"


def table(found: Mapping[str, Mapping[str, float]]) -> str:
    """A row for each figure, a column for each system; in brackets how many times ours it is."""
    (ours, own), *_ = found.items()
    lines = [f"{'':<32}" + "".join(f"{name:>22}" for name in found)]
    for row in own:
        form, factor = SHOWN[kind(row)]
        cells = [
            form.format(factor * figures[row])
            + ("" if name == ours or not own[row] else f" ({figures[row] / own[row]:.2f}x)")
            for name, figures in found.items()
        ]
        lines.append(f"{row:<32}" + "".join(f"{cell:>22}" for cell in cells))
    return "\n".join(lines)


def measured(name: str, work: Path, count: int) -> dict[str, float]:
    """One system's figures, from a process of its own."""
    environment = {**os.environ, **QUIET, **dict.fromkeys(threads.VARIABLES, str(count))}
    command = [sys.executable, "-W", "ignore", "-m", f"{__package__}.run", name, str(work)]
    done = subprocess.run(  # noqa: S603  # our own module
        command, env=environment, capture_output=True, text=True
    )
    if done.returncode:
        raise ArchiveError(f"{name} failed: {done.stderr.strip().splitlines()[-1]}")
    found: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return found


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m qa.benchmarks.peers", description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="folder of question sets")
    parser.add_argument("--sets", nargs="+", default=SETS, help=f"of them ({' '.join(SETS)})")
    parser.add_argument("--systems", nargs="+", choices=SYSTEMS, default=list(SYSTEMS))
    parser.add_argument("--limit", type=int, default=200, help="questions a set (200)")
    parser.add_argument("--clock", choices=("wall", "processor"), default="wall")
    threads.add_option(parser)
    given = parser.parse_args(arguments)
    count = given.threads or cores()
    how = f"{count} threads, {given.limit} questions a set, seconds of the {given.clock} clock"
    files = {name: _file(given.data, name) for name in given.sets}
    print(f"{_head()}\n{how}", flush=True)
    os.environ["PEERS_CLOCK"] = given.clock
    with tempfile.TemporaryDirectory(prefix="archive-qa-") as work:
        reader = Path(work) / "reader"
        write_folder(WEIGHTS, model_folder(), reader)
        for name, file in files.items():
            folder = Path(work) / name
            write_plan(file, folder, given.limit, model_folder(), reader)
            found = {system: measured(system, folder, count) for system in given.systems}
            print(f"\n{name}\n{table(found)}", flush=True)
    return 0


def _head() -> str:
    try:
        return described(PACKAGES)
    except PackageNotFoundError as error:
        raise ArchiveError(
            f"the package '{error.name}' is not here: pip install 'archive-qa[benchmarks]'"
        ) from None


def _file(data: Path, name: str) -> Path:
    found = sorted(data.glob(f"{name}.json*"))
    if not found:
        raise ArchiveError(f"there is no '{name}.jsonl.xz' in {data}: name the folder of the sets")
    return found[0]


if __name__ == "__main__":
    raise SystemExit(run(main))

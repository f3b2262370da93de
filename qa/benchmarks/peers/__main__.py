"""Compare with other programs: `python -m qa.benchmarks.peers --data DIR`.

haystack-ai, txtai and this project, each in a process of its own, with the same passages, the same
encoder and reader weights, the same number of passages read and the same number of threads. DIR
holds question sets as for `archive-qa evaluate`. Needs `pip install 'archive-qa[benchmarks]'`.
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
from index.benchmarks.machine import available_cores, describe_machine
from index.encoder.bundled import model_folder
from index.errors import ArchiveError, run
from qa.reader.reader import WEIGHTS

from .plan import write_plan
from .run import SYSTEMS
from .transformers_folder import write_folder

PACKAGES = ("torch", "transformers", "sentence-transformers", "haystack-ai", "txtai")
SETS = ("en-wiki", "zh-cmrc-trial")
OFFLINE = {"HF_HUB_OFFLINE": "1", "HAYSTACK_TELEMETRY_ENABLED": "False", "DO_NOT_TRACK": "1"}
# format and factor of a figure
FORMATS = {
    "seconds": ("{:,.0f} ms", 1e3),
    "share": ("{:.1f} %", 1e2),
    "bytes": ("{:,.1f} MB", 1e-6),
    "rate": ("{:,.1f}", 1.0),
}


def unit(row: str) -> str:
    """Return which of FORMATS a row of the table has."""
    if row.endswith(("p50", "p95")):
        return "seconds"
    if row in ("memory", "disk"):
        return "bytes"
    return "rate" if row.endswith("a second") else "share"


def format_table(figures: Mapping[str, Mapping[str, float]]) -> str:
    """Format a row for each figure and a column for each system, with its ratio to the first."""
    (first, baseline), *_ = figures.items()
    lines = [f"{'':<32}" + "".join(f"{name:>22}" for name in figures)]
    for row in baseline:
        pattern, factor = FORMATS[unit(row)]
        cells = [
            pattern.format(factor * own[row])
            + ("" if name == first or not baseline[row] else f" ({own[row] / baseline[row]:.2f}x)")
            for name, own in figures.items()
        ]
        lines.append(f"{row:<32}" + "".join(f"{cell:>22}" for cell in cells))
    return "\n".join(lines)


def measure(name: str, work: Path, thread_count: int) -> dict[str, float]:
    """Measure one system in a process of its own."""
    environment = {**os.environ, **OFFLINE, **dict.fromkeys(threads.VARIABLES, str(thread_count))}
    command = [sys.executable, "-W", "ignore", "-m", f"{__package__}.run", name, str(work)]
    done = subprocess.run(  # noqa: S603  # our own module
        command, env=environment, capture_output=True, text=True
    )
    if done.returncode:
        raise ArchiveError(f"{name} failed: {done.stderr.strip().splitlines()[-1]}")
    figures: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return figures


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the comparison; print a table for each question set."""
    parser = argparse.ArgumentParser(prog="python -m qa.benchmarks.peers", description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="folder of question sets")
    parser.add_argument("--sets", nargs="+", default=SETS, help=f"which of them ({' '.join(SETS)})")
    parser.add_argument("--systems", nargs="+", choices=SYSTEMS, default=list(SYSTEMS))
    parser.add_argument("--limit", type=int, default=200, help="questions a set (200)")
    parser.add_argument("--clock", choices=("wall", "processor"), default="wall")
    threads.add_option(parser)
    options = parser.parse_args(arguments)
    thread_count = options.threads or available_cores()
    conditions = (
        f"{thread_count} threads, {options.limit} questions a set, "
        f"seconds of the {options.clock} clock"
    )
    files = {name: _file(options.data, name) for name in options.sets}
    print(f"{_describe_machine()}\n{conditions}", flush=True)
    os.environ["PEERS_CLOCK"] = options.clock
    with tempfile.TemporaryDirectory(prefix="archive-qa-") as work:
        reader = Path(work) / "reader"
        write_folder(WEIGHTS, model_folder(), reader)
        for name, file in files.items():
            folder = Path(work) / name
            write_plan(file, folder, options.limit, model_folder(), reader)
            figures = {system: measure(system, folder, thread_count) for system in options.systems}
            print(f"\n{name}\n{format_table(figures)}", flush=True)
    return 0


def _describe_machine() -> str:
    try:
        return describe_machine(PACKAGES)
    except PackageNotFoundError as error:
        raise ArchiveError(
            f"the package '{error.name}' is not installed: pip install 'archive-qa[benchmarks]'"
        ) from None


def _file(data: Path, name: str) -> Path:
    files = sorted(data.glob(f"{name}.json*"))
    if not files:
        raise ArchiveError(f"there is no '{name}.jsonl.xz' in {data}: name the folder of the sets")
    return files[0]


if __name__ == "__main__":
    raise SystemExit(run(main))

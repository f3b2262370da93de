"""The description of the machine, and peak memory."""

import subprocess
import sys
from pathlib import Path

from index.benchmarks.machine import describe_machine

HOLDING = """
from index.benchmarks.machine import peak_memory, reset_peak_memory
print(peak_memory())
held = b"x" * 50_000_000
print(peak_memory())
del held
print(peak_memory())
reset_peak_memory()
print(peak_memory())
"""


def test_the_machine_and_the_versions_are_named() -> None:
    machine, versions = describe_machine().splitlines()
    assert " cores, " in machine
    assert "faiss-cpu " in versions
    assert "numpy " in versions


def test_peak_memory_includes_freed_memory() -> None:
    root = Path(__file__).parent.parent.parent.parent
    done = subprocess.run(
        [sys.executable, "-c", HOLDING], cwd=root, capture_output=True, text=True, check=True
    )
    before, holding, after, reset = map(int, done.stdout.split())
    assert 40_000_000 < holding - before < 80_000_000
    assert after > holding - 2_000_000  # the system updates the counter in steps
    assert reset < holding - 40_000_000 or not Path("/proc/self/clear_refs").exists()

"""What is said of the machine that a figure was measured on."""

import subprocess
import sys
from pathlib import Path

from index.benchmarks.machine import described

HOLDING = """
from index.benchmarks.machine import peak_memory
print(peak_memory())
held = b"x" * 50_000_000
print(peak_memory())
del held
print(peak_memory())
"""


def test_the_machine_and_the_versions_are_named() -> None:
    machine, versions = described().splitlines()
    assert " cores, " in machine
    assert "faiss-cpu " in versions
    assert "numpy " in versions


def test_peak_memory_counts_what_was_held_and_never_falls() -> None:
    root = Path(__file__).parent.parent.parent.parent
    said = subprocess.run(
        [sys.executable, "-c", HOLDING], cwd=root, capture_output=True, text=True, check=True
    )
    before, holding, after = map(int, said.stdout.split())
    assert 40_000_000 < holding - before < 80_000_000
    assert after > holding - 2_000_000  # the system counts in strides

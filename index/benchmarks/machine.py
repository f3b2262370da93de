"""What a measured figure depends on: hardware, versions, and the memory of a process."""

import os
import platform
import sqlite3
import sys
from contextlib import suppress
from importlib.metadata import version
from pathlib import Path

PACKAGES = ("numpy", "faiss-cpu")


def describe_machine(packages: tuple[str, ...] = PACKAGES) -> str:
    """Return two lines to print above a table: the machine, and the versions of `packages`."""
    versions = [f"Python {platform.python_version()}", f"SQLite {sqlite3.sqlite_version}"]
    versions += [f"{name} {version(name)}" for name in packages]
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    machine = f"{_processor()}, {available_cores()} cores, {memory / 1e9:.0f} GB of memory"
    return f"{machine}, {platform.system()} {platform.release()}\n{', '.join(versions)}"


def available_cores() -> int:
    """Return how many cores this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def peak_memory() -> int:
    """Return the peak resident memory of this process in bytes."""
    try:  # of this program alone: `getrusage` includes what the process held before `exec`
        status = Path("/proc/self/status").read_text(encoding="ascii", errors="replace")
        return int(status.partition("VmHWM:")[2].split()[0]) * 1024
    except (OSError, IndexError):
        import resource

        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        return peak if sys.platform == "darwin" else peak * 1024


def reset_peak_memory() -> None:
    """Let `peak_memory` count from now on, where the system can do that."""
    with suppress(OSError):
        Path("/proc/self/clear_refs").write_text("5", encoding="ascii")


def _processor() -> str:
    """Return the processor's name and the extension that matters most to an encoder's speed."""
    try:
        cpuinfo = Path("/proc/cpuinfo").read_text(encoding="utf-8", errors="replace")
    except OSError:
        return platform.processor() or platform.machine()
    name = cpuinfo.partition("model name")[2].partition(":")[2].partition("\n")[0].strip()
    extension = next((word for word in ("amx", "avx512", "avx2") if f" {word}" in cpuinfo), None)
    return f"{name or platform.machine()}{f' with {extension.upper()}' if extension else ''}"

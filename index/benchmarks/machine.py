"""What a measured figure depends on: the hardware, the versions, and the memory of a process."""

import os
import platform
import sqlite3
import sys
from importlib.metadata import version
from pathlib import Path

PACKAGES = ("numpy", "faiss-cpu")


def described(packages: tuple[str, ...] = PACKAGES) -> str:
    """Two lines for the head of a table: the machine, and the versions of what was measured."""
    versions = [f"Python {platform.python_version()}", f"SQLite {sqlite3.sqlite_version}"]
    versions += [f"{name} {version(name)}" for name in packages]
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    machine = f"{_processor()}, {cores()} cores, {memory / 1e9:.0f} GB of memory"
    return f"{machine}, {platform.system()} {platform.release()}\n{', '.join(versions)}"


def cores() -> int:
    """How many cores this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def peak_memory() -> int:
    """The most bytes of memory that this process has held at once."""
    try:  # of this program alone; `getrusage` also counts what the one before `exec` had held
        said = Path("/proc/self/status").read_text(encoding="ascii", errors="replace")
        return int(said.partition("VmHWM:")[2].split()[0]) * 1024
    except (OSError, IndexError):
        import resource

        most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        return most if sys.platform == "darwin" else most * 1024


def _processor() -> str:
    """Its name, and the extension that matters most to the speed of an encoder."""
    try:
        about = Path("/proc/cpuinfo").read_text(encoding="utf-8", errors="replace")
    except OSError:
        return platform.processor() or platform.machine()
    name = about.partition("model name")[2].partition(":")[2].partition("\n")[0].strip()
    extension = next((word for word in ("amx", "avx512", "avx2") if f" {word}" in about), None)
    return f"{name or platform.machine()}{f' with {extension.upper()}' if extension else ''}"

"""One system over one plan, in a process of its own: `python -m qa.benchmarks.peers.run ...`.

Prints its figures as a line of JSON. Memory is the most that the process has held.
"""

import json
import os
import statistics
import sys
import time
from collections.abc import Callable, Sequence
from importlib import import_module
from pathlib import Path
from typing import TypeVar

from index.benchmarks.machine import peak_memory
from qa.evaluation.datasets import Case
from qa.evaluation.metrics import exact_match, f1, recall_at

from .plan import READER_TOP_K, Plan, read_plan
from .system import System

SYSTEMS = {
    "ours": ("ours", "Ours"),
    "haystack": ("haystack", "Haystack"),
    "txtai": ("txtai", "Txtai"),
}
# on a machine that does other work, too, the processor's time says more than the clock's
CLOCK = time.process_time if os.environ.get("PEERS_CLOCK") == "processor" else time.perf_counter
SEARCHED = 30  # passages, so that ten are left to read when the right article is taken out
WARMING = 3  # questions asked before any is timed
T = TypeVar("T")


def figures(system: System, plan: Plan, folder: Path) -> dict[str, float]:
    """All rows of the table; shares are 0 to 1, seconds and bytes as they are."""
    _, building = _timed(system.build)
    system.save()
    size = sum(file.stat().st_size for file in folder.rglob("*") if file.is_file())
    for case in plan.cases[:WARMING]:
        system.answer(case.question)
    asked = [_asked(system, plan, case) for case in plan.cases]
    return {
        "documents a second": len(plan.pieces) / building,
        **{name: statistics.fmean(one[name] for one in asked) for name in asked[0]},
        **_percentiles("search", [one["search p50"] for one in asked]),
        **_percentiles("answer", [one["answer p50"] for one in asked]),
        "memory": peak_memory(),
        "disk": size,
    }


def _asked(system: System, plan: Plan, case: Case) -> dict[str, float]:
    """One question with the right article in the archive, and with it taken out."""
    found, searching = _timed(lambda: system.search(case.question, SEARCHED))
    said, answering = _timed(lambda: system.answer(case.question))
    articles = [plan.pieces[number].article for number in found]
    rank = articles.index(case.article) + 1 if case.article in articles else None
    without = [n for n in found if plan.pieces[n].article != case.article][:READER_TOP_K]
    given = "" if said.refused else said.text
    return {
        "R@1": recall_at([rank], 1),
        "R@5": recall_at([rank], 5),
        "EM": exact_match(given, case.answers, case.language),
        "F1": f1(given, case.answers, case.language),
        "F1 of the best, refused or not": f1(said.text, case.answers, case.language),
        "rightly refused": float(system.read(case.question, without).refused),
        "wrongly refused": float(said.refused),
        "search p50": searching,
        "answer p50": answering,
    }


def _percentiles(name: str, seconds: Sequence[float]) -> dict[str, float]:
    ordered = sorted(seconds)
    slow = ordered[min(len(ordered) - 1, int(0.95 * len(ordered)))]
    return {f"{name} p50": statistics.median(ordered), f"{name} p95": slow}


def _timed(function: Callable[[], T]) -> tuple[T, float]:
    started = CLOCK()
    return function(), CLOCK() - started


def main(arguments: Sequence[str]) -> None:
    name, work = arguments[0], Path(arguments[1])
    plan = read_plan(work)
    module, system = SYSTEMS[name]
    made = getattr(import_module(f".{module}", __package__), system)
    print(json.dumps(figures(made(plan, work / name), plan, work / name)))


if __name__ == "__main__":
    main(sys.argv[1:])

"""Measure one system in a process of its own: `python -m qa.benchmarks.peers.run SYSTEM FOLDER`.

FOLDER holds the plan. Prints the figures as a line of JSON. Memory is the peak of the process.
`python -m qa.benchmarks.peers` starts one of these for each system.
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
# on a busy machine processor time says more than wall-clock time
CLOCK = time.process_time if os.environ.get("PEERS_CLOCK") == "processor" else time.perf_counter
SEARCH_DEPTH = 30  # passages, so that ten are left once the gold article is withheld
WARM_UP = 3  # questions asked before any is timed
T = TypeVar("T")


def measure(system: System, plan: Plan, folder: Path) -> dict[str, float]:
    """Return all rows of the table; shares are 0 to 1, times in seconds, sizes in bytes."""
    _, building = _timed(system.build)
    system.save()
    size = sum(file.stat().st_size for file in folder.rglob("*") if file.is_file())
    for case in plan.cases[:WARM_UP]:
        system.answer(case.question)
    answers = [_measure_case(system, plan, case) for case in plan.cases]
    return {
        "documents a second": len(plan.pieces) / building,
        **{name: statistics.fmean(answer[name] for answer in answers) for name in answers[0]},
        **_percentiles("search", [answer["search p50"] for answer in answers]),
        **_percentiles("answer", [answer["answer p50"] for answer in answers]),
        "memory": peak_memory(),
        "disk": size,
    }


def _measure_case(system: System, plan: Plan, case: Case) -> dict[str, float]:
    """Ask one question with the gold article in the archive, and again with it withheld."""
    positions, searching = _timed(lambda: system.search(case.question, SEARCH_DEPTH))
    prediction, answering = _timed(lambda: system.answer(case.question))
    articles = [plan.pieces[number].article for number in positions]
    rank = articles.index(case.article) + 1 if case.article in articles else None
    withheld = [n for n in positions if plan.pieces[n].article != case.article][:READER_TOP_K]
    text = "" if prediction.refused else prediction.text
    return {
        "R@1": recall_at([rank], 1),
        "R@5": recall_at([rank], 5),
        "EM": exact_match(text, case.answers, case.language),
        "F1": f1(text, case.answers, case.language),
        "F1 of the best, refused or not": f1(prediction.text, case.answers, case.language),
        "rightly refused": float(system.read(case.question, withheld).refused),
        "wrongly refused": float(prediction.refused),
        "search p50": searching,
        "answer p50": answering,
    }


def _percentiles(name: str, seconds: Sequence[float]) -> dict[str, float]:
    ordered = sorted(seconds)
    p95 = ordered[min(len(ordered) - 1, int(0.95 * len(ordered)))]
    return {f"{name} p50": statistics.median(ordered), f"{name} p95": p95}


def _timed(function: Callable[[], T]) -> tuple[T, float]:
    started = CLOCK()
    return function(), CLOCK() - started


def main(arguments: Sequence[str]) -> None:
    """Measure the system named by the first argument over the plan in the second."""
    name, work = arguments[0], Path(arguments[1])
    plan = read_plan(work)
    module, class_name = SYSTEMS[name]
    system = getattr(import_module(f".{module}", __package__), class_name)
    print(json.dumps(measure(system(plan, work / name), plan, work / name)))


if __name__ == "__main__":
    main(sys.argv[1:])

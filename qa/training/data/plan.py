"""The plan of a training run on disk: contexts, and groups of windows in reading order.

It is made once and read again by every process and after every restart.
"""

import json
import os
from collections.abc import Callable
from dataclasses import fields
from pathlib import Path
from typing import Any

from .contexts import Context, Group, Window

Plan = tuple[list[Context], list[Group]]


def load_or_create_plan(path: Path, create: Callable[[], Plan]) -> Plan:
    """Read the plan in `path`; call `create` and write it first if there is no such file."""
    if not path.exists():
        contexts, groups = create()
        plan = {"contexts": [_row(c) for c in contexts], "groups": [_row(g) for g in groups]}
        temporary = path.with_name(path.name + ".new")
        temporary.write_text(json.dumps(plan, ensure_ascii=False, default=_row), "utf-8")
        os.replace(temporary, path)
    plan = json.loads(path.read_text("utf-8"))
    return [_context(*row) for row in plan["contexts"]], [_group(*row) for row in plan["groups"]]


def _row(item: Any) -> list[Any]:
    return [getattr(item, f.name) for f in fields(item)]


def _context(text: str, source: str, title: str, cjk: bool, pieces: list[list[int]]) -> Context:
    return Context(text, source, title, cjk, tuple((a, b, n) for a, b, n in pieces))


def _group(question: str, windows: list[Any]) -> Group:
    return Group(
        question,
        tuple(Window(c, a, b, tuple((x, y) for x, y in spans)) for c, a, b, spans in windows),
    )

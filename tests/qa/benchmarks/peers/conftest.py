"""A plan of two passages and two questions."""

from pathlib import Path

import pytest

from index.encoder.bundled import model_folder
from qa.benchmarks.peers.plan import Plan, read_plan, write_plan
from tests.support.question_sets import record, write_records

RECORDS = [
    record("The ferry to Norrsund sails at nine in May.", "When does the ferry sail?", "at nine"),
    record("Rain fell on Trier for six days.", "Where did rain fall?", "Trier"),
]


@pytest.fixture
def plan(tmp_path: Path) -> Plan:
    """The plan, written and read back."""
    file = write_records(tmp_path / "set.jsonl", RECORDS)
    write_plan(file, tmp_path / "work", 2, model_folder(), tmp_path / "reader")
    return read_plan(tmp_path / "work")

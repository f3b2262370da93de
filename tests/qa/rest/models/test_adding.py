"""The models say exactly what a build reports."""

from index import BuildReport
from qa.rest.models.adding import BuildReport as Model
from qa.server.as_json import report_json


def test_a_report_is_whole() -> None:
    report = BuildReport(1, 2, 3, 4, skipped=[("a.txt", "it is empty")], passages=5, seconds=0.5)
    written = report_json(report)
    assert Model.model_validate(written).model_dump(mode="json") == written

"""The report as plain values."""

import json
from dataclasses import replace

from qa.drafts.report import Claim, DraftReport
from tests.support.chats import SENTENCE, citation

CLAIM = Claim(0, 3, "12 m", "number", "differs", (citation(SENTENCE),), "11 m")


def test_a_report_is_json_with_permalinks() -> None:
    report = DraftReport((CLAIM, replace(CLAIM, status="unsure")), left_out=2, seconds=0.12345)
    fields = json.loads(json.dumps(report.as_dict()))
    assert fields["counts"] == {"differs": 1, "unsure": 1}
    assert (fields["left_out"], fields["seconds"]) == (2, 0.123)
    (cited,) = fields["claims"][0]["citations"]
    assert (cited["text"], cited["date"]) == (SENTENCE, "2025-01-02")
    assert fields["claims"][0]["instead"] == "11 m"

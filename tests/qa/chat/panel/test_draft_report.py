"""A checked draft as HTML: marks, entries, nothing of the draft rendered."""

from qa.chat.panel.draft_report import MAX_SHOWN, draft_report_html
from qa.drafts.report import Claim, DraftReport
from tests.support.chats import SENTENCE, citation
from tests.support.hostile import ParsedHtml

DRAFT = "<b>On</b> $x$ 12 m and “Never at all here again”"


def shown(draft: str = DRAFT, left_out: int = 0) -> ParsedHtml:
    at = DRAFT.index("“")
    claims = (
        Claim(14, 18, "12 m", "number", "verbatim", (citation(SENTENCE),)),
        Claim(
            at, len(DRAFT), DRAFT[at:], "quotation", "differs", (citation(SENTENCE),),
            "Never at all there again",
        ),
    )  # fmt: skip
    return ParsedHtml(draft_report_html(draft, DraftReport(claims, left_out)))


def test_claims_are_marked_and_listed_the_urgent_first() -> None:
    parsed = shown()
    assert "<b>On</b> $x$ 12 m" in parsed.text
    assert "b" not in parsed.tags
    statuses = [value for name, value in parsed.attributes if name == "data-status"]
    assert statuses == ["verbatim", "differs", "differs", "verbatim"]
    assert ("href", "#qa-claim-2") in parsed.attributes
    assert "1 differ, 0 not in the archive, 0 unsure, 1 in the archive" in parsed.text
    assert {"del", "ins"} <= {*parsed.tags}


def test_what_is_left_out_is_said() -> None:
    assert "7 further claims" in shown(left_out=7).text
    assert "Only the beginning" in shown(DRAFT + "a" * MAX_SHOWN).text
    assert "Nothing in this text" in ParsedHtml(draft_report_html("a", DraftReport(()))).text

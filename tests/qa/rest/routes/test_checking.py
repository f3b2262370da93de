"""Citations and drafts are checked over HTTP."""

from pathlib import Path

from starlette.testclient import TestClient

from qa.rest.models.checks import MAX_CITATIONS
from tests.qa.rest.conftest import Post

UNKNOWN = "/#/a/0123456789abcdef0123456789abcdef/0-7?q=Nothing"


def test_the_citations_of_an_answer_still_hold(post: Post) -> None:
    cited = post("answer", question="What did the bridge cost?", article="bridge").json()
    (verdict,) = post("verify", citations=cited["citations"]).json()["verdicts"]
    assert (verdict["status"], verdict["sound"]) == ("unchanged", True)
    assert verdict["article_id"] == "bridge"


def test_citations_are_judged_one_by_one_in_their_order(post: Post) -> None:
    said = {"article_id": "ferry", "start": 0, "end": 9, "text": "The ferry"}
    wrong = {**said, "text": "A train went by"}
    sent = [{"permalink": UNKNOWN}, said, wrong, {"permalink": "/etc/passwd"}]
    verdicts = post("verify", citations=sent).json()["verdicts"]
    assert [v["status"] for v in verdicts] == ["gone", "unchanged", "gone", "unreadable"]
    assert [v["place"] for v in verdicts] == [f"citations[{n}]" for n in range(4)]
    assert "is no permalink" in verdicts[3]["why"]


def test_hostile_citations_are_no_failures_of_ours(post: Post) -> None:
    texts = ("\0", "x" * 20_000, "%", "(" * 5000)
    sent = [{"article_id": "a\0b", "start": 0, "end": 10**9, "text": text} for text in texts]
    sent += [{"permalink": f"/#/a/{'0' * 32}/0-999999999?q={'%F0' * 9}"}]
    verdicts = post("verify", citations=sent).json()["verdicts"]
    assert {v["status"] for v in verdicts} == {"gone", "unreadable"}
    many = post("verify", citations=[{"permalink": UNKNOWN}] * (MAX_CITATIONS + 1))
    assert (many.status_code, many.json()["errors"][0]["pointer"]) == (422, "#/citations")
    neither = post("verify", citations=[{"start": 0}])
    assert (neither.status_code, neither.json()["errors"][0]["pointer"]) == (422, "#/citations/0")


def test_a_draft_is_held_against_the_archive(post: Post) -> None:
    report = post("check-draft", text="The bridge cost 4 million euros.").json()
    (claim,) = report["claims"]
    assert (claim["status"], claim["instead"]) == ("differs", "3.5 million euros")
    assert claim["citations"][0]["article_id"] == "bridge"
    assert report["counts"] == {"differs": 1}


def test_a_draft_is_checked_against_a_part_of_the_archive(post: Post) -> None:
    text = "The bridge cost 4 million euros."
    (claim,) = post("check-draft", text=text, before="2025-10-30").json()["claims"]
    assert claim["status"] == "not found"
    assert post("check-draft", text=text, article="nowhere").status_code == 404
    assert post("check-draft", text="x" * 500_001).status_code == 422
    assert post("check-draft", text="\0").json()["claims"] == []


def test_a_citation_of_what_was_removed_is_gone(tmp_path: Path, chat: TestClient) -> None:
    sent = {"citations": [{"permalink": UNKNOWN}]}
    (verdict,) = chat.post("/api/v1/verify", json=sent).json()["verdicts"]
    assert (verdict["status"], verdict["sound"], verdict["article_id"]) == ("gone", False, None)

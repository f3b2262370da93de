"""A report in one line, and the exit status."""

from index.fetch.report import FetchReport


def test_only_what_happened_is_counted() -> None:
    assert str(FetchReport()) == "pages: 0 fetched"
    report = FetchReport(fetched=["a", "b"], known=3, disallowed=[("c", "is not allowed")])
    assert str(report) == "pages: 2 fetched, 3 fetched before, 1 disallowed by robots.txt"
    assert report.status == 0


def test_a_failure_that_may_pass_is_status_1() -> None:
    assert FetchReport(failed=[("a", "did not arrive")]).status == 1
    assert (
        FetchReport(gone=1, unfit=[("a", "is empty")], forbidden=[("b", "is private")]).status == 0
    )

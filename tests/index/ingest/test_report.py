"""The report of a build, in one line."""

from index.ingest.report import BuildReport


def test_a_report_starts_at_zero() -> None:
    assert str(BuildReport()) == (
        "0 added, 0 changed, 0 removed, 0 unchanged, 0 skipped; 0 passages in the index; 0.0 s"
    )


def test_a_report_names_every_count() -> None:
    report = BuildReport(1, 2, 3, 4, [("a.pdf", "is empty")], passages=99, seconds=1.25)
    report.partly_read.append(("b.pdf", "page 3"))
    assert str(report) == (
        "1 added, 2 changed, 3 removed, 4 unchanged, 1 skipped, 1 partly read; "
        "99 passages in the index; 1.2 s"
    )


def test_reports_do_not_share_their_lists() -> None:
    BuildReport().skipped.append(("a", "odd"))
    assert BuildReport().skipped == BuildReport().partly_read == []

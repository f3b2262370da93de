"""Types of the fixtures that build an index, and short forms of what a build did."""

from collections.abc import Callable
from pathlib import Path

from index import BuildReport
from index.store.doors import open_store

# Write files into the seeds folder (None removes one) and build; keywords are options of `build`.
Make = Callable[..., BuildReport]
# Call a function in a process of a user who owns nothing; return its result or error as text.
AsNobody = Callable[[Callable[[], object]], str]


def counts(report: BuildReport) -> tuple[int, int, int, int]:
    """Return how many articles were added, changed, removed and unchanged."""
    return report.added, report.changed, report.removed, report.unchanged


def ids(index: Path) -> list[str]:
    """Return the ids of all articles, in order."""
    with open_store(index).snapshot() as snapshot:
        return [article.id for article in snapshot.articles()]

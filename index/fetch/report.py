"""What a run did."""

from dataclasses import dataclass, field

Named = list[tuple[str, str]]  # addresses, each with a kind or a reason


@dataclass
class FetchReport:
    """What a run of `fetch` did; every page that a list names is counted once."""

    lists: list[tuple[str, str, int]] = field(default_factory=list)  # address, kind, entries
    lists_unchanged: list[str] = field(default_factory=list)
    fetched: list[str] = field(default_factory=list)  # files, new or replaced
    unchanged: int = 0  # asked for, and the same as before
    known: int = 0  # not asked for: fetched before, and no list says that it changed
    gone: int = 0  # answered 404 or 410, now or before
    disallowed: Named = field(default_factory=list)  # by robots.txt
    forbidden: Named = field(default_factory=list)  # addresses that are never connected to
    unfit: Named = field(default_factory=list)  # not what the index reads
    failed: Named = field(default_factory=list)  # may succeed next time
    older: int = 0  # than --since
    unmatched: int = 0  # by --match
    over_limit: int = 0  # --limit, or the limit of a run
    skipped: int = 0  # entries of lists without an address, or over the limit of a list

    @property
    def status(self) -> int:
        """The exit status: 1 if something failed that may succeed next time, else 0."""
        return 1 if self.failed else 0

    def __str__(self) -> str:
        counts = {
            "fetched": len(self.fetched),
            "unchanged": self.unchanged,
            "fetched before": self.known,
            "gone": self.gone,
            "disallowed by robots.txt": len(self.disallowed),
            "refused": len(self.forbidden),
            "not readable by the index": len(self.unfit),
            "failed": len(self.failed),
            "too old": self.older,
            "not matching": self.unmatched,
            "over the limit": self.over_limit,
            "entries of lists skipped": self.skipped,
        }
        shown = [f"{count} {name}" for name, count in counts.items() if count or name == "fetched"]
        return "pages: " + ", ".join(shown)

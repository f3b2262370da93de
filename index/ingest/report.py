"""What a build did, in numbers and in one line."""

from dataclasses import dataclass, field


@dataclass(slots=True)
class BuildReport:
    """Counts of articles, except for `passages`, which counts those of the whole index."""

    added: int = 0
    changed: int = 0
    removed: int = 0
    unchanged: int = 0
    skipped: list[tuple[str, str]] = field(default_factory=list)  # path, why
    passages: int = 0
    seconds: float = 0.0
    partly_read: list[tuple[str, str]] = field(default_factory=list)  # path, what was left out

    def __str__(self) -> str:
        counts = (
            f"{self.added} added, {self.changed} changed, {self.removed} removed, "
            f"{self.unchanged} unchanged, {len(self.skipped)} skipped"
        )
        if self.partly_read:
            counts += f", {len(self.partly_read)} partly read"
        return f"{counts}; {self.passages} passages in the index; {self.seconds:.1f} s"

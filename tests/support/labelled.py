"""Sentences whose names are labelled by hand, and how well a rule finds them.

A line of a file is a sentence; `{p|...}` is a person, `{l|...}` a place, `{o|...}` an organisation,
`{d2025-10-28|...}` a day. A name counts as found if both ends and the kind are right.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import regex

from qa.facets.names.mention import KINDS, Mention
from tests.support.fakes import ROOT

FOLDER = ROOT / "tests/system/facets"
LABEL = regex.compile(r"\{(p|l|o|d[\d-]+)\|([^}]*)\}")
KIND_OF = dict(zip("plo", KINDS, strict=True))
RUN = regex.compile(r"\p{Lu}[\p{L}\p{M}'’-]*(?: \p{Lu}[\p{L}\p{M}'’-]*)*")
Spans = set[tuple[int, int, str]]


@dataclass
class Score:
    """How many names were found rightly, wrongly, and not at all."""

    right: int = 0
    wrong: int = 0
    missed: int = 0

    @property
    def precision(self) -> float:
        return self.right / max(1, self.right + self.wrong)

    @property
    def recall(self) -> float:
        return self.right / max(1, self.right + self.missed)

    @property
    def f1(self) -> float:
        return 2 * self.right / max(1, 2 * self.right + self.wrong + self.missed)

    def __str__(self) -> str:
        return f"precision {self.precision:.2f}, recall {self.recall:.2f}, F1 {self.f1:.2f}"


def sentences(file: str) -> list[tuple[str, Spans]]:
    """Return the sentences of a file without their labels, and the labelled names."""
    lines = Path(FOLDER, file).read_text(encoding="utf-8").splitlines()
    return [_parsed(line) for line in lines]


def _parsed(line: str) -> tuple[str, Spans]:
    text, at = "", 0
    spans: Spans = set()
    for match in LABEL.finditer(line):
        text += line[at : match.start()]
        if kind := KIND_OF.get(match[1]):
            spans.add((len(text), len(text) + len(match[2]), kind))
        text, at = text + match[2], match.end()
    return text + line[at:], spans


def measured(
    labelled: Iterable[tuple[str, Spans]], find: Callable[[str], Iterator[Mention]]
) -> dict[str, Score]:
    """Return the score of each kind, and of all together under "all"."""
    scores = {kind: Score() for kind in (*KINDS, "all")}
    for text, wanted in labelled:
        found = {(m.start, m.end, str(m.kind)) for m in find(text)}
        for kind in KINDS:
            some, all_of_kind = ({s for s in spans if s[2] == kind} for spans in (found, wanted))
            for score in (scores[kind], scores["all"]):
                score.right += len(some & all_of_kind)
                score.wrong += len(some - all_of_kind)
                score.missed += len(all_of_kind - some)
    return scores


def capitalised_runs(text: str) -> Iterator[Mention]:
    """The plain baseline: every run of capitalised words is a person."""
    for match in RUN.finditer(text):
        yield Mention(match.start(), match.end(), "person", match[0].casefold(), match[0])

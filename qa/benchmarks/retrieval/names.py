"""Is a name found in another script: `python -m qa.benchmarks.retrieval.names`.

`names.toml` has the names of 91 questions in eight scripts, sentences to put them into, and
distractors that share a part of a name. All passages form one archive. Printed is how often the
right passage is in the top 5, and how often a distractor of the same name ranks above it (false
friends): for the 61 names that the rules were made with, and for 30 that were written afterwards
and are kept for measuring.
"""

import argparse
import json
import tempfile
import tomllib
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from index import build
from index.encoder.sentence import Encoder, SentenceEncoder
from index.errors import run
from qa.archive import Archive

FILE = Path(__file__).with_suffix(".toml")
TOP = 5


@dataclass(frozen=True, slots=True)
class NameQuestion:
    """A question with a name, and the passages about that name and about names like it."""

    question: str
    languages: str  # "en to zh"
    kept: bool
    name: str
    passage: str
    distractors: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Found:
    """The rank of the right passage, and that of the first distractor, from 1; 0: not found."""

    asked: NameQuestion
    rank: int
    distractor: int

    @property
    def in_top(self) -> bool:
        """Whether the right passage is among the first."""
        return 0 < self.rank <= TOP

    @property
    def false_friend(self) -> bool:
        """Whether a distractor is above the right passage."""
        return self.distractor > 0 and (not self.rank or self.distractor < self.rank)


def read_names(file: Path = FILE) -> Iterator[NameQuestion]:
    """Yield the questions of a file; the topics take turns."""
    about = tomllib.loads(file.read_text("utf-8"))
    number = 0
    for group in about["names"]:
        asked, answered = group["question"], group["passage"]
        for name, *written in group["pairs"]:
            topic = number % len(about["questions"][asked])
            template = about["passages"][answered][topic]
            passage, *distractors = (template.format(one) for one in written)
            yield NameQuestion(
                about["questions"][asked][topic].format(name),
                f"{asked} to {answered}",
                group.get("kept", False),
                name,
                passage,
                tuple(distractors),
            )
            number += 1


def measure(names: Sequence[NameQuestion], work: Path, encoder: Encoder) -> list[Found]:
    """Build an archive of all passages in the folder `work`, and ask all questions."""
    seeds = work / "seeds"
    seeds.mkdir(parents=True)
    texts = dict.fromkeys(text for one in names for text in (one.passage, *one.distractors))
    lines = (json.dumps({"id": text, "text": text}, ensure_ascii=False) for text in texts)
    (seeds / "names.jsonl").write_text("\n".join(lines), "utf-8")
    build(seeds, work / "index", encoder=encoder)
    archive = Archive.open(work / "index", encoder=encoder)
    return [_ask(archive, one) for one in names]


def _ask(archive: Archive, asked: NameQuestion) -> Found:
    found = [hit.passage.text for hit in archive.search(asked.question, k=20)]
    ranks = {text: rank for rank, text in enumerate(found, start=1)}
    others = [ranks[text] for text in asked.distractors if text in ranks]
    return Found(asked, ranks.get(asked.passage, 0), min(others, default=0))


def format_results(results: Sequence[Found]) -> str:
    """Return a table by languages and by half, and the names that were missed."""
    groups: dict[str, list[Found]] = defaultdict(list)
    for found in results:
        half = "kept" if found.asked.kept else "made with"
        for group in (found.asked.languages, half, "all"):
            groups[group].append(found)
    lines = [f"{'':<12} {'names':>5} {'first':>6} {'top 5':>6} {'false friends':>14}"]
    for group, some in groups.items():
        first, top = sum(f.rank == 1 for f in some), sum(f.in_top for f in some)
        friends = sum(f.false_friend for f in some)
        lines.append(f"{group:<12} {len(some):>5} {first:>6} {top:>6} {friends:>14}")
    missed = (f"{f.asked.name} ({f.asked.languages})" for f in results if not f.in_top)
    return "\n".join([*lines, f"not in the top {TOP}: {', '.join(missed) or 'none'}"])


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the benchmark; print the table."""
    argparse.ArgumentParser(
        prog="python -m qa.benchmarks.retrieval.names",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    ).parse_args(arguments)
    with tempfile.TemporaryDirectory(prefix="archive-qa-") as work:
        print(format_results(measure(list(read_names()), Path(work), SentenceEncoder())))
    return 0


if __name__ == "__main__":
    raise SystemExit(run(main))

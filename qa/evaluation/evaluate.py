"""`archive-qa evaluate FILE`: how well questions with known answers are answered.

FILE is SQuAD-format json or `.jsonl[.xz]` of contexts with questions: its contexts then are the
archive. Or it is a text file of your own, a question, a tab and the expected answer a line (no
answer: the archive should say that it does not know), asked of an existing index.
"""

import argparse
import json
import statistics
import tempfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from tqdm import tqdm

from index import build, threads
from index.encoder.sentence import Encoder
from index.errors import ArchiveError, run
from qa.answers.answering import Answer
from qa.archive import Archive, texts_and_scores, to_read
from qa.reader.reader import Reader
from qa.retrieval.retriever import Hit

from .datasets import MARKED, Case, contexts_of, read_cases
from .metrics import auroc, exact_match, f1, precision_at_coverage, recall_at

RIGHT = 0.5  # an answer is right from this F1 on


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of one case. Figures are 0 to 1; None: not measured."""

    case: Case
    text: str | None
    answered: bool
    confidence: float
    exact: float
    f1: float
    seconds: float
    given_exact: float | None = None  # reading the right paragraph alone
    given_f1: float | None = None
    best_exact: float | None = None  # the best answer of the archive, refused or not
    best_f1: float | None = None
    cited: bool | None = None
    rank: int | None = None  # of the right article among those found
    without: float | None = None  # the confidence when the right article is not in the archive

    @property
    def right(self) -> bool:
        return self.f1 >= RIGHT


def build_archive(
    path: Path, folder: Path, reader: Reader | None = None, encoder: Encoder | None = None
) -> Archive:
    """An archive in `folder` whose articles are the contexts of a file."""
    seeds = folder / "seeds"
    seeds.mkdir(parents=True, exist_ok=True)
    with (seeds / "contexts.jsonl").open("w", encoding="utf-8") as lines:
        for name, text in contexts_of(path):
            lines.write(json.dumps({"id": name, "text": text}, ensure_ascii=False) + "\n")
    build(seeds, folder / "index", encoder=encoder, progress=True)
    return Archive.open(folder / "index", reader=reader, encoder=encoder)


def measure(archive: Archive, reader: Reader, case: Case) -> Outcome:
    """Ask one question: of the archive, of its paragraph, and of the archive without that."""
    hits, answer = archive.stages(case.question)
    assert isinstance(hits, list)
    assert isinstance(answer, Answer)
    text = answer.text or ""
    exact, overlap = _likeness(text, case) if case.answers else (float(not answer.answered),) * 2
    asked = Outcome(
        case, answer.text, answer.answered, answer.confidence, exact, overlap, answer.seconds
    )
    if not case.answers or case.context is None:
        return asked
    return _compared(asked, answer, hits, reader)


def _compared(asked: Outcome, answer: Answer, hits: Sequence[Hit], reader: Reader) -> Outcome:
    """With what only a set of marked paragraphs can tell."""
    case = asked.case
    best = answer.text or _best(reader, case, *what_to_read(hits))
    given_exact, given_f1 = _likeness(_best(reader, case, [case.context or ""]), case)
    best_exact, best_f1 = _likeness(best, case)
    ids = [hit.passage.article_id for hit in hits]
    without = reader.read(case.question, *what_to_read(hits, without=case.article))
    return replace(
        asked,
        given_exact=given_exact,
        given_f1=given_f1,
        best_exact=best_exact,
        best_f1=best_f1,
        cited=bool(answer.citations) and answer.citations[0].article_id == case.article,
        rank=ids.index(case.article) + 1 if case.article in ids else None,
        without=without[0].confidence if without else 0.0,
    )


def _best(reader: Reader, case: Case, texts: Sequence[str], scores: Sequence[float] = ()) -> str:
    """The reader's best span, however unsure it is."""
    spans = reader.read(case.question, texts, scores)
    return texts[spans[0].passage][spans[0].start : spans[0].end] if spans else ""


def _likeness(text: str, case: Case) -> tuple[float, float]:
    """Exact match and F1 with the nearest of the expected answers."""
    return (
        exact_match(text, case.answers, case.language),
        f1(text, case.answers, case.language),
    )


def what_to_read(hits: Sequence[Hit], without: str | None = None) -> tuple[list[str], list[float]]:
    """What an archive's reader is given of these hits; of one article nothing, if one is named."""
    return texts_and_scores(to_read([hit for hit in hits if hit.article.id != without]))


def evaluate(
    path: Path,
    *,
    index: Path | None = None,
    reader: Reader | None = None,
    limit: int | None = None,
    encoder: Encoder | None = None,
) -> list[Outcome]:
    """Ask the questions of a file (at most `limit`, evenly chosen) and return what came of each.

    `index` is the archive for a text file of your own; other files bring their own texts.
    """
    cases = read_cases(path)
    chosen = spread(cases, limit) if limit else cases
    reader = reader or Reader.load()
    with tempfile.TemporaryDirectory(prefix="archive-qa-") as work:
        if path.name.endswith(MARKED):
            archive = build_archive(path, Path(work), reader, encoder)
        else:
            archive = Archive.open(index or ".index", reader=reader, encoder=encoder)
        return [measure(archive, reader, case) for case in tqdm(chosen, desc="asking")]


def spread(cases: Sequence[Case], most: int) -> Sequence[Case]:
    """At most so many of the cases, evenly from the first to the last."""
    count = min(most, len(cases))
    return [cases[number * len(cases) // count] for number in range(count)]


def table(outcomes: Sequence[Outcome], threshold: float) -> str:
    """The figures as lines of "name  value"; `threshold` is the reader's."""
    asked = [o for o in outcomes if o.case.answers]
    answered = [o for o in asked if o.answered]
    rows = [
        ("questions", f"{len(outcomes)}"),
        (
            "exact match / F1",
            f"{_percent(o.exact for o in asked)} / {_percent(o.f1 for o in asked)}",
        ),
        ("answered", _percent(o.answered for o in asked)),
        ("right when answered", _percent(o.right for o in answered)),
    ]
    if scored := [(o.confidence, o.right) for o in asked]:
        surest = [_percent([precision_at_coverage(scored, share)]) for share in (0.5, 0.8)]
        rows.append(("right, surest 50 / 80 %", " / ".join(surest)))
    if unknown := [o for o in outcomes if not o.case.answers]:
        rows.append(("refused, without an answer", _percent(not o.answered for o in unknown)))
    if known := [o for o in asked if o.case.article is not None]:
        without = [o.without for o in known if o.without is not None]
        best = [(o.best_exact or 0.0, o.best_f1 or 0.0) for o in known]
        given = [(o.given_exact or 0.0, o.given_f1 or 0.0) for o in known]
        ranks = [o.rank for o in known]
        scores = [o.confidence for o in known if o.right]
        recall = [_percent([recall_at(ranks, k)]) for k in (1, 5)]
        rows += [
            ("  refused or not", " / ".join(map(_percent, zip(*best, strict=True)))),
            ("  right paragraph given", " / ".join(map(_percent, zip(*given, strict=True)))),
            ("right article first / in 5", " / ".join(recall)),
            ("first citation right", _percent(o.cited for o in known if o.answered)),
            ("refused, right article out", _percent(w < threshold for w in without)),
            ("AUROC, right against out", f"{auroc(scores, without):.3f}"),
        ]  # fmt: skip
    seconds = sorted(o.seconds for o in outcomes)
    slow = seconds[min(len(seconds) - 1, int(0.95 * len(seconds)))]
    rows.append(("seconds p50 / p95", f"{statistics.median(seconds):.2f} / {slow:.2f}"))
    return "\n".join(f"{name:<28} {value:>13}" for name, value in rows)


def _percent(values: Iterable[float | bool | None]) -> str:
    found = [float(v or 0.0) for v in values]
    return f"{100 * sum(found) / len(found):.1f} %" if found else "-"


def main(arguments: Sequence[str] | None = None) -> int:
    """The command; 0 when it measured, whatever the figures."""
    parser = argparse.ArgumentParser(prog="archive-qa evaluate", description=__doc__)
    parser.add_argument("file", type=Path, help=".json, .jsonl, .jsonl.xz, or a text file")
    parser.add_argument("--index", type=Path, help="folder of the index, for a text file (.index)")
    parser.add_argument("--limit", type=int, help="ask only so many of the questions")
    threads.add_option(parser)
    given = parser.parse_args(arguments)
    threads.limit(given.threads)
    if given.limit is not None and given.limit < 1:
        raise ArchiveError(f"--limit is {given.limit}: ask one question or more")
    reader = Reader.load()
    outcomes = evaluate(given.file, index=given.index, reader=reader, limit=given.limit)
    print(table(outcomes, reader.threshold))
    return 0


if __name__ == "__main__":
    raise SystemExit(run(main))

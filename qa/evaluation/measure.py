"""Ask one question of an archive and score the answer.

Where the gold context (the one that holds the answer) is known, three more things are measured:
the reader given only that context, the reader's best span even if the archive refused, and the
confidence once the gold article is withheld.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from qa.answers.answering import Answer
from qa.answers.selection import select_for_reader, texts_and_scores
from qa.answers.stages import best_answer
from qa.archive import Archive
from qa.reader.reader import Reader
from qa.reader.settings import READER_TOP_K
from qa.retrieval.retriever import Hit

from .datasets import Case
from .metrics import exact_match, f1

CORRECT_F1 = 0.5  # the F1 from which an answer counts as correct


@dataclass(frozen=True, slots=True)
class Outcome:
    """The scores of one case, each from 0 to 1; None means not measured."""

    case: Case
    prediction: str | None  # the answer's text; None if the archive refused
    answered: bool
    confidence: float
    exact: float
    f1: float
    seconds: float
    surest: float = 0.0  # confidence of the best answer, refused or not
    surest_right: bool = False
    gold_exact: float | None = None  # the reader given only the gold context
    gold_f1: float | None = None
    best_exact: float | None = None  # the reader's best span, refused or not
    best_f1: float | None = None
    cites_gold: bool | None = None  # whether the first citation is of the gold article
    gold_rank: int | None = None  # rank of the gold article among the hits, from 1
    confidence_without_gold: float | None = None
    refused_without_gold: bool | None = None

    @property
    def correct(self) -> bool:
        """Whether the F1 is at least CORRECT_F1."""
        return self.f1 >= CORRECT_F1


def measure(archive: Archive, reader: Reader, case: Case) -> Outcome:
    """Ask one question and score the answer; also against its gold context where that is known."""
    *_, last = archive.stages(case.question)
    hits, answer = last.hits, last.answer
    assert answer is not None
    if case.answers:
        exact, overlap = _scores(answer.text or "", case)
    else:
        exact = overlap = float(not answer.answered)
    outcome = Outcome(
        case, answer.text, answer.answered, answer.confidence, exact, overlap, answer.seconds,
        *_surest(answer, case),
    )  # fmt: skip
    if not case.answers or case.context is None:
        return outcome
    return _with_gold_measures(outcome, answer, hits, reader)


def _surest(answer: Answer, case: Case) -> tuple[float, bool]:
    """Return the confidence of the answer that one low threshold would give, and if it is right."""
    candidates = [a for a in (answer, *answer.alternatives) if a.text]
    if not candidates:
        return 0.0, False
    best = max(candidates, key=lambda a: a.confidence)
    overlap = _scores(best.text or "", case)[1]
    return best.confidence, bool(case.answers) and overlap >= CORRECT_F1


def _with_gold_measures(
    outcome: Outcome, answer: Answer, hits: Sequence[Hit], reader: Reader
) -> Outcome:
    case = outcome.case
    count = reader.settings.top_k
    best = answer.text or _best_span(reader, case, *reader_inputs(hits, count))
    gold_exact, gold_f1 = _scores(_best_span(reader, case, [case.context or ""]), case)
    best_exact, best_f1 = _scores(best, case)
    article_ids = [hit.passage.article_id for hit in hits]
    others = [hit for hit in hits if hit.article.id != case.article]
    without = best_answer(reader, case.question, others)
    return replace(
        outcome,
        gold_exact=gold_exact,
        gold_f1=gold_f1,
        best_exact=best_exact,
        best_f1=best_f1,
        cites_gold=bool(answer.citations) and answer.citations[0].article_id == case.article,
        gold_rank=article_ids.index(case.article) + 1 if case.article in article_ids else None,
        confidence_without_gold=without.confidence,
        refused_without_gold=not without.answered,
    )


def _best_span(
    reader: Reader, case: Case, texts: Sequence[str], scores: Sequence[float] = ()
) -> str:
    """Return the reader's best span whatever its confidence, "" if it marks none."""
    spans = reader.read(case.question, texts, scores)
    return texts[spans[0].passage][spans[0].start : spans[0].end] if spans else ""


def _scores(text: str, case: Case) -> tuple[float, float]:
    """Return exact match and F1 against the closest acceptable answer."""
    return (
        exact_match(text, case.answers, case.language),
        f1(text, case.answers, case.language),
    )


def reader_inputs(hits: Sequence[Hit], count: int = READER_TOP_K) -> tuple[list[str], list[float]]:
    """Return the texts and scores that an archive gives its reader: `count` passages at most."""
    return texts_and_scores(select_for_reader(hits, count))

"""Print outcomes as a table: one figure, or a pair of figures, a line."""

import statistics
from collections.abc import Iterable, Sequence

from index.text.terminal import printable

from .measure import Outcome
from .metrics import auroc, precision_at_coverage, recall_at

Row = tuple[str, str]  # label, value


def format_table(outcomes: Sequence[Outcome]) -> str:
    """Return the table.

    Rows that need what was not measured (unanswerable questions, gold contexts) are left out.
    """
    answerable = [o for o in outcomes if o.case.answers]
    unanswerable = [o for o in outcomes if o.case.known and not o.case.answers]
    rows = [("questions", f"{len(outcomes)}"), *_answer_rows(answerable)]
    if unknown := len(outcomes) - len(answerable) - len(unanswerable):
        rows.append(("  right answer not known", f"{unknown}"))
    if unanswerable:
        refused = _percent(not o.answered for o in unanswerable)
        rows.append(("refused, without an answer", refused))
    if with_gold := [o for o in answerable if o.case.article is not None]:
        rows += _gold_rows(with_gold)
    seconds = sorted(o.seconds for o in outcomes)
    p95 = seconds[min(len(seconds) - 1, int(0.95 * len(seconds)))]
    rows.append(("seconds p50 / p95", f"{statistics.median(seconds):.2f} / {p95:.2f}"))
    return "\n".join(f"{label:<28} {value:>13}" for label, value in rows)


def format_misses(outcomes: Sequence[Outcome]) -> str:
    """Return the questions that were not answered right, with what was expected and given."""
    missed = [o for o in outcomes if o.case.known and not o.correct]
    lines = [f"{len(missed)} of {len(outcomes)} not right:"] if missed else ["no misses"]
    for o in missed:
        wanted = " / ".join(o.case.answers) or "no answer"
        given = f"{o.prediction} ({o.confidence:.2f})" if o.answered else "refused"
        lines.append(f"  {o.case.question}\n    expected: {wanted}\n    given:    {given}")
    return printable("\n".join(lines))


def _answer_rows(answerable: Sequence[Outcome]) -> list[Row]:
    rows = [
        ("exact match / F1", _percent_pair((o.exact, o.f1) for o in answerable)),
        ("answered", _percent(o.answered for o in answerable)),
        ("right when answered", _percent(o.correct for o in answerable if o.answered)),
    ]
    if scored := [(o.confidence, o.correct) for o in answerable]:
        most_confident = [_percent([precision_at_coverage(scored, c)]) for c in (0.5, 0.8)]
        rows.append(("right, surest 50 / 80 %", " / ".join(most_confident)))
    return rows


def _gold_rows(outcomes: Sequence[Outcome]) -> list[Row]:
    """Return what only questions with a known gold article can show."""
    withheld = [
        o.confidence_without_gold for o in outcomes if o.confidence_without_gold is not None
    ]
    refused = [o.refused_without_gold for o in outcomes if o.refused_without_gold is not None]
    ranks = [o.gold_rank for o in outcomes]
    area = auroc([o.confidence for o in outcomes if o.correct], withheld)
    return [
        ("  refused or not", _percent_pair((o.best_exact, o.best_f1) for o in outcomes)),
        ("  right paragraph given", _percent_pair((o.gold_exact, o.gold_f1) for o in outcomes)),
        (
            "right article first / in 5",
            " / ".join(_percent([recall_at(ranks, k)]) for k in (1, 5)),
        ),
        ("first citation right", _percent(o.cites_gold for o in outcomes if o.answered)),
        ("refused, right article out", _percent(refused)),
        ("AUROC, right against out", f"{area:.3f}"),
    ]


def _percent(values: Iterable[float | bool | None]) -> str:
    """Return the mean in percent, None counting as 0; "-" if there are no values."""
    numbers = [float(v or 0.0) for v in values]
    return f"{100 * sum(numbers) / len(numbers):.1f} %" if numbers else "-"


def _percent_pair(pairs: Iterable[tuple[float | None, float | None]]) -> str:
    columns = list(pairs)
    return f"{_percent(a for a, _ in columns)} / {_percent(b for _, b in columns)}"

"""What several articles answer to one question: grouped by what they say, or laid out over time.

Whether two answers say the same is decided in `qa/agreement`; here they get their citations.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

from qa.agreement.groups import group
from qa.agreement.statement import Statement
from qa.reader.spans import Span
from qa.retrieval.retriever import Hit

from .answering import AnswerGroup, TimelineEntry
from .citing import Citation, cite, merge, sentence_bounds
from .near_duplicates import nearly_equal


@dataclass(slots=True)
class Found:
    """An answer in its sentence, with all citations of that sentence and its near duplicates."""

    statement: Statement
    citations: list[Citation] = field(default_factory=list)

    @property
    def citation(self) -> Citation:
        """All of them as one."""
        return merge(self.citations, self.statement.sentence)


def collect(
    question: str, spans: Sequence[Span], read: Sequence[Hit], hits: Sequence[Hit]
) -> list[Found]:
    """Return the different sentences with an answer, one for each article, in the order of spans.

    Near duplicates count once, whichever articles they are in.

    Args:
        question: The question as it was searched for.
        spans: The answers, the surest first; `span.passage` is a position in `read`.
        read: The hits that were read, with different texts.
        hits: All hits; those with the text of one that was read have its answer too.
    """
    found: list[Found] = []
    articles: set[str] = set()
    for span in spans:
        passage = read[span.passage].passage
        start, end = sentence_bounds(passage, span)
        sentence = passage.text[start:end]
        same = next(
            (
                f
                for f in found
                if f.statement.text in sentence and nearly_equal(f.statement.sentence, sentence)
            ),
            None,
        )
        for hit in (hit for hit in hits if hit.passage.text == passage.text):
            citation = cite(hit, hit.passage.start + start, hit.passage.start + end)
            if same is None and hit.article.id not in articles:
                statement = Statement(
                    question, sentence, span.start - start, span.end - start, hit.article.date
                )
                same = Found(statement, [])
                found.append(same)
            if same and hit.article.id not in {c.article_id for c in same.citations}:
                same.citations.append(citation)
            articles.add(hit.article.id)
    return found


def group_answers(found: Sequence[Found]) -> tuple[AnswerGroup, ...]:
    """Return what agrees with the first answer and what contradicts it; most articles first.

    Answers that can be true beside it, or cannot be compared with it, are in no group.
    """
    groups = [
        AnswerGroup(
            value=found[g.members[0]].statement.value,
            days=_days(found[n] for n in g.members),
            citations=tuple(found[n].citation for n in g.members),
            differs=g.relation == "differs",
        )
        for g in group([f.statement for f in found])
        if g.relation != "also"
    ]
    return tuple(sorted(groups, key=lambda g: -len(g.citations)))


def timeline(found: Sequence[Found]) -> list[TimelineEntry]:
    """Return what dated articles reported, by day; `found` has the surest answer first.

    Answers about another time than the day of their article, and those that cannot be compared with
    the first, such as those of another place, are left out.
    """
    dated = [f for f in found if f.statement.day and f.statement.current]
    entries = []
    for g in group([f.statement for f in dated], over_time=True):
        if g.relation == "also":
            continue
        days = _days(dated[n] for n in g.members)
        citations = sorted((dated[n].citation for n in g.members), key=lambda c: str(c.date))
        first = dated[g.members[0]].statement
        counted = first.quantity if first.kind == "quantity" else None
        number = float(counted.value) if counted else None
        entries.append(TimelineEntry(first.value, days[0], days[-1], tuple(citations), number))
    return sorted(entries, key=lambda entry: (entry.last, entry.first))


def _days(found: Iterable[Found]) -> tuple[date, ...]:
    return tuple(sorted({c.date for f in found for c in f.citations if c.date}))

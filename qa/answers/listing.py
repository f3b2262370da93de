"""The items of an answer to a question that asks for several things.

What is an enumeration is decided in `qa/lists`; here items get their citations, and those of
several articles are merged. An item is always a piece of an article, never made.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from index.text import scripts
from qa.agreement.days import compatible, dates
from qa.agreement.names import is_name, same_name, same_text
from qa.agreement.statement import Statement
from qa.agreement.wording import content, uncovered
from qa.lists.counted import counted_items
from qa.lists.enumeration import items
from qa.lists.forms import Form, without_noun
from qa.lists.lines import line_items, lines_around
from qa.reader.spans import Span
from qa.retrieval.retriever import Hit

from .answering import Answer
from .citing import Citation, cite, merge, sentence_bounds
from .item import AnswerItem

MAX_ITEMS = 100
MAX_MISSED = 0.34  # share of the question's words that another sentence may lack
MAX_ALONE = {True: 15, False: 40}  # characters of a sentence's only item, in Chinese and elsewhere


@dataclass(frozen=True, slots=True)
class Sources:
    """The hits that were read, with different texts, and all hits."""

    read: Sequence[Hit]
    hits: Sequence[Hit]

    def hit_of(self, citation: Citation) -> Hit:
        """Return the hit that a citation is from."""
        of_article = [hit for hit in self.hits if hit.article.id == citation.article_id]
        starts = (
            hit for hit in of_article if hit.passage.start <= citation.start < hit.passage.end
        )
        return next(starts, of_article[0])


def with_items(
    answer: Answer, form: Form, question: str, spans: Sequence[Span], sources: Sources
) -> Answer:
    """Return the answer with its items, or as it is if there are not at least two.

    The text of a "list" then reaches at least from the first to the last item of its sentence.

    Args:
        answer: An answer that is answered.
        form: What the question asks for; items of other sentences only belong to a "list".
        question: The question as it was searched for.
        spans: Answers in other sentences that would suffice alone.
        sources: Where `span.passage` is, and where items are cited.
    """
    cited, sentence = answer.citations[0], answer.sentence or ""
    start, end = _within(answer)
    if form != "list":
        found = _without_more(form, question, sentence, start, end)
        listed = [_item(cited, *item) for item in found]
        return replace(answer, items=tuple(listed)) if len(listed) > 1 else answer
    listed = _in_lines(question, cited, (start, end), sources)
    if not listed:
        found = items(question, sentence, start, end)
        listed = [_item(cited, *item) for item in found]
        if len(found) > 1:
            start, end = min(start, found[0][0]), max(end, found[-1][1])
            first, last = cited.start + start, cited.start + end
            answer = replace(answer, text=sentence[start:end], start=first, end=last)
    elsewhere = _elsewhere(question, answer, spans, sources)
    listed = sorted(_merged(listed, elsewhere), key=lambda i: _order(i, cited, sources))
    return replace(answer, items=tuple(listed[:MAX_ITEMS])) if len(listed) > 1 else answer


def _within(answer: Answer) -> tuple[int, int]:
    """Return where the answer is in its sentence."""
    assert answer.start is not None
    assert answer.end is not None
    return answer.start - answer.citations[0].start, answer.end - answer.citations[0].start


def _order(item: AnswerItem, first: Citation, sources: Sources) -> tuple[int, int]:
    """Return by what items are sorted: the answer's article first, then in reading order."""
    ids = dict.fromkeys([first.article_id, *(hit.article.id for hit in sources.hits)])
    return list(ids).index(item.citations[0].article_id), item.start


def _without_more(
    form: Form, question: str, sentence: str, start: int, end: int
) -> list[tuple[int, int]]:
    """Return the items of a question that may ask for one: nothing is added to its answer."""
    if form == "count":
        return counted_items(sentence, start, end)
    found = items(question, sentence, start, end)
    return [item for item in found if start <= item[0] and item[1] <= end]


def _item(cited: Citation, start: int, end: int) -> AnswerItem:
    """Return the item at cited.text[start:end]."""
    return AnswerItem(cited.text[start:end], cited.start + start, cited.start + end, (cited,))


def _in_lines(
    question: str, cited: Citation, marked: tuple[int, int], sources: Sources
) -> list[AnswerItem]:
    """Return the items of a list in lines, a part of which is marked; they cite all its lines."""
    hit, (start, end) = sources.hit_of(cited), marked
    text = hit.article.text
    found = line_items(question, text, cited.start + start, cited.start + end)
    if not found:
        return []
    left, right = lines_around(text, found[0][0], found[-1][1])
    within = cited.start <= left and right <= cited.end
    block = cited if within else cite(hit, left, right)
    return [_item(block, first - block.start, last - block.start) for first, last in found]


def _elsewhere(
    question: str, answer: Answer, spans: Sequence[Span], sources: Sources
) -> Iterator[AnswerItem]:
    """Yield the items of other sentences about the same."""
    for span in spans:
        passage = sources.read[span.passage].passage
        start, end = sentence_bounds(passage, span)
        sentence, marked = passage.text[start:end], (span.start - start, span.end - start)
        if sentence == answer.sentence or not _is_about(question, answer, sentence, marked):
            continue
        copies = [hit for hit in sources.hits if hit.passage.text == passage.text]
        bounds = ((hit, hit.passage.start + start, hit.passage.start + end) for hit in copies)
        cited = merge([cite(*place) for place in bounds], sentence)
        if lines := _in_lines(question, cited, marked, sources):
            yield from lines
            continue
        found = items(question, sentence, *marked)
        for first, last in found:
            if len(found) > 1 or last - first <= MAX_ALONE[scripts.unspaced(sentence)]:
                yield _item(cited, first, last)


def _is_about(question: str, answer: Answer, sentence: str, marked: tuple[int, int]) -> bool:
    """Whether a sentence answers the same question in the same way: it is no denial, no plan."""
    if scripts.of_text(sentence) != scripts.of_text(answer.sentence or ""):
        return False
    asked = content(without_noun(question))
    if len(uncovered(asked, content(sentence))) > MAX_MISSED * len(asked):
        return False
    first = Statement(question, answer.sentence or "", *_within(answer))
    other = Statement(question, sentence, *marked)
    return (first.denied, first.stage) == (other.denied, other.stage)


def _merged(own: Sequence[AnswerItem], others: Iterable[AnswerItem]) -> list[AnswerItem]:
    """Add items of other sentences; what is listed already gains their citations."""
    merged = list(own)
    named = bool(own) and all(is_name(item.text) for item in own)
    for item in others:
        same = next((n for n, m in enumerate(merged) if _same(m.text, item.text)), None)
        if same is not None:
            known = {citation.article_id for citation in merged[same].citations}
            new = tuple(c for c in item.citations if c.article_id not in known)
            merged[same] = replace(merged[same], citations=merged[same].citations + new)
        elif is_name(item.text) or not named:
            merged.append(item)
    return merged


def _same(one: str, other: str) -> bool:
    """Return whether two items are the same: as texts, as names in short and full form, as days."""
    if same_text(one, other):
        return True
    first, second = dates(one, None), dates(other, None)
    if first or second:
        return len(first) == len(second) == 1 and compatible(first[0], second[0])
    return is_name(one) and is_name(other) and same_name(one, other)

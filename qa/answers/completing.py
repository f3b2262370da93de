"""Add to an answer what depends on the archive: missing words, the error rate, earlier versions."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import partial
from typing import TypeVar

from index.errors import StorageError
from index.store.base.error_rate import ErrorRate
from index.store.base.protocol import Snapshot, Store
from index.store.base.versions import OF_EARLIER_TEXTS
from index.store.several.part import NotAsked
from index.store.several.snapshot import missing_archives
from index.store.several.store import read
from qa.retrieval.missing import missing_words

from .answering import Answer, AnswerGroup
from .citing import Change, Citation
from .item import AnswerItem
from .stages import Stage

Holder = TypeVar("Holder", Answer, AnswerGroup, AnswerItem)  # has citations
MAX_PUBLISHED = 20  # other articles with the URL of a cited one that are named


def complete(
    stages: Iterable[Stage],
    store: Store,
    chosen: ErrorRate | None,
    not_asked: Iterable[NotAsked] = (),
) -> Iterator[Stage]:
    """Yield the stages; their answer has what only the archive knows of it.

    That is the error rate in force, what a refusal misses, what became of the cited articles, and
    which of several archives could not be asked: now, and when it was searched for (`not_asked`).
    """
    for stage in stages:
        answer = stage.answer
        if answer is not None:
            # it was measured on questions by themselves, not on the best of several readings, and
            # for the reader's own confidence
            measured = answer.understood is None and not answer.undecided
            rate = chosen.rate if chosen and measured else None
            answer = read(store, partial(_completed, answer))
            unasked = {each.archive: each for each in (*answer.not_asked, *not_asked)}
            known = replace(answer, error_rate=rate, not_asked=tuple(unasked.values()))
            stage = replace(stage, answer=known)
        yield stage


def _completed(answer: Answer, snapshot: Snapshot) -> Answer:
    missing = () if answer.answered else _missing(answer, snapshot)
    answer = _with_changes(answer, snapshot)
    return replace(answer, missing=missing, not_asked=missing_archives(snapshot))


def _missing(answer: Answer, snapshot: Snapshot) -> tuple[str, ...]:
    return missing_words(
        answer.understood or answer.question, snapshot.choose, snapshot.languages()
    )


def _cited(answer: Answer) -> set[str]:
    """Return the ids of all articles that an answer and its alternatives cite."""
    holders: list[Answer | AnswerGroup | AnswerItem] = []
    for each in (answer, *answer.alternatives):
        holders += [each, *each.groups, *each.items]
    return {citation.article_id for holder in holders for citation in holder.citations}


def _with_changes(answer: Answer, snapshot: Snapshot) -> Answer:
    """Say of each citation whether its article changed, and where else it is published."""
    cited = sorted(_cited(answer))
    try:
        versions = snapshot.last_versions(cited)
    except StorageError:  # a damaged log is no reason to give no answer
        versions = {}
    # versions of one article have one URL, too
    earlier = snapshot.settings.versions == OF_EARLIER_TEXTS
    published = {} if earlier else snapshot.same_url(cited, MAX_PUBLISHED)
    if not (versions or published):
        return answer

    def about(citation: Citation) -> Citation:
        last, count = versions.get(citation.article_id, (None, 0))
        changed = None
        if last and last.digest != citation.digest:  # else it was removed and has come back
            changed = Change.of(last, count, citation.date)
        also = published.get(citation.article_id, ())
        return replace(citation, changed=changed, also_published=tuple(also))

    def about_each(holder: Holder) -> Holder:
        return replace(holder, citations=tuple(map(about, holder.citations)))

    def about_all(answer: Answer) -> Answer:
        return replace(
            about_each(answer),
            groups=tuple(map(about_each, answer.groups)),
            items=tuple(map(about_each, answer.items)),
            alternatives=tuple(map(about_all, answer.alternatives)),
        )

    return about_all(answer)

"""Small archives for tests of drafts."""

import datetime
from collections.abc import Mapping
from pathlib import Path

from index.passage import passages
from index.store.base.search_filter import NO_FILTER, SearchFilter
from index.store.doors import open_store
from qa.drafts.checking import check_draft
from qa.drafts.evidence import Place, places
from qa.drafts.report import Claim, DraftReport
from qa.retrieval.retriever import Hit
from tests.support.fakes import FakeEncoder
from tests.support.written import WrittenIndex, article

DAY = datetime.date(2025, 3, 4)


def hits(*texts: str, day: datetime.date | None = DAY) -> list[Hit]:
    """Return a hit for every passage of these articles."""
    made = [article(f"{n}.txt", text, date=day) for n, text in enumerate(texts)]
    return [Hit(1.0, passage, a, 1, 1) for a in made for passage in passages(a, 128)]


def sentences(*texts: str, day: datetime.date | None = DAY) -> list[Place]:
    """Return every sentence of these articles."""
    return places(hits(*texts, day=day))


def report(
    folder: Path,
    texts: Mapping[str, str],
    draft: str,
    search_filter: SearchFilter = NO_FILTER,
    day: datetime.date | None = None,
) -> DraftReport:
    """Return what an archive of these articles, by id, says of a draft."""
    encoder = FakeEncoder()
    index = WrittenIndex(f"{folder}/index", encoder)
    index.publish(*(article(name, text, date=DAY, language=None) for name, text in texts.items()))
    return check_draft(open_store(index.where), encoder, draft, search_filter, day)


def summary(claims: tuple[Claim, ...]) -> list[tuple[str, str, str]]:
    """Return text, status and what the archive says instead."""
    return [(claim.text, claim.status, claim.instead) for claim in claims]

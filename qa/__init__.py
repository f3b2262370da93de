"""Questions -> passages -> verbatim answers with citations.

The public names are imported when first used, so that `import qa` itself is quick.
"""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from index.article import Location
    from index.store.base.versions import Version
    from index.store.several.part import NotAsked
    from qa.answers.answering import Answer, AnswerGroup, TimelineEntry
    from qa.answers.citing import Change, Citation, Place
    from qa.answers.item import AnswerItem
    from qa.audit.locating import Evidence
    from qa.audit.verifying import Verdict, verify
    from qa.drafts.report import Claim, DraftReport
    from qa.facets.facets import Facets, FacetValue, TimeBar
    from qa.retrieval.retriever import Hit

    from .archive import Archive
    from .ask import answer
    from .references.formats import reference

__all__ = [
    "Answer", "AnswerGroup", "AnswerItem", "Archive", "Change", "Citation", "Claim",
    "DraftReport", "Evidence", "FacetValue", "Facets", "Hit", "Location", "NotAsked", "Place",
    "TimeBar", "TimelineEntry", "Verdict", "Version", "answer", "reference", "verify",
]  # fmt: skip
_MODULES = {
    "Answer": "answers.answering",
    "AnswerGroup": "answers.answering",
    "AnswerItem": "answers.item",
    "Archive": "archive",
    "Change": "answers.citing",
    "Citation": "answers.citing",
    "Claim": "drafts.report",
    "DraftReport": "drafts.report",
    "Evidence": "audit.locating",
    "FacetValue": "facets.facets",
    "Facets": "facets.facets",
    "Hit": "retrieval.retriever",
    "Location": "answers.citing",
    "NotAsked": "answers.answering",
    "Place": "answers.citing",
    "TimeBar": "facets.facets",
    "TimelineEntry": "answers.answering",
    "Verdict": "audit.verifying",
    "Version": "answers.citing",
    "answer": "ask",
    "reference": "references.formats",
    "verify": "audit.verifying",
}


def __getattr__(name: str) -> object:
    if name not in _MODULES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f".{_MODULES[name]}", __name__), name)


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})

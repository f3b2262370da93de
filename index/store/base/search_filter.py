"""The part that a search is limited to: days, a language, one article, one of several archives."""

import datetime
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from index.errors import ArchiveError, UnknownArticleError

UNSTORABLE = re.compile("[\0\ud800-\udfff]")  # NUL and lone surrogates, which no article holds
MAX_NAMES, MAX_NAME_CHARACTERS = 10, 200
LANGUAGE_CODE = re.compile(r"[a-z]{2,3}(?:-[a-z0-9]{1,8})*")

Day = datetime.date | str


@dataclass(frozen=True, slots=True)
class SearchFilter:
    """What a passage must match; None matches anything. Both days are inclusive.

    An article without a date is in no range of days. `names` are chosen by a person, and mean what
    `qa/facets` makes of them; a store knows only `among`, the ids of the articles that fit.
    """

    after: datetime.date | None = None  # the first day
    before: datetime.date | None = None  # the last day
    language: str | None = None  # of the passage; "zh" also matches "zh-tw"
    article: str | None = None  # its id
    archive: str | None = None  # of several that are open: its name
    names: tuple[str, ...] = ()  # all of which the article must name
    among: frozenset[str] | None = field(default=None, repr=False)

    @classmethod
    def of(
        cls,
        after: Day | None = None,
        before: Day | None = None,
        language: str | None = None,
        article: str | None = None,
        archive: str | None = None,
        names: str | Sequence[str] = (),
    ) -> "SearchFilter":
        """Validate the user's values; "" counts as None.

        >>> SearchFilter.of(after="2025-10-28", language="EN").arguments()
        {'after': datetime.date(2025, 10, 28), 'before': None, 'language': 'en', 'article': None}

        Raises:
            ArchiveError: A day does not parse, the range is empty, the language is no code, no
                article can have the id (UnknownArticleError), or there are too many names.
        """
        first, last = parse_day("after", after), parse_day("before", before)
        if first and last and first > last:
            raise ArchiveError(f"no day is both after {first} and before {last}: exchange them")
        if article and UNSTORABLE.search(article):
            raise unknown_article(article)
        chosen = archive or None
        return cls(first, last, _language(language), article or None, chosen, _names(names))

    def __bool__(self) -> bool:
        """Whether it leaves anything out."""
        return self != SearchFilter()

    def arguments(self) -> dict[str, Any]:
        """Return the arguments of `of`, days as dates; `archive` and `names` only if given."""
        given = {name: getattr(self, name) for name in ("after", "before", "language", "article")}
        more = {"archive": self.archive, "names": self.names}
        return given | {name: value for name, value in more.items() if value}

    @property
    def dated(self) -> bool:
        """Whether only articles with a date can match."""
        return bool(self.after or self.before)


NO_FILTER = SearchFilter()


def unknown_article(id: str) -> UnknownArticleError:
    """Return the error for an id that no article has."""
    return UnknownArticleError(f"the archive has no article with the id '{_escaped(id)}'")


def _escaped(value: str) -> str:
    """Return a value as it can be shown: lone surrogates cannot be encoded."""
    return UNSTORABLE.sub(lambda found: ascii(found[0])[1:-1], value)


def parse_day(name: str, value: object) -> datetime.date | None:
    """Return a user's day, None for "" or None; raises ArchiveError, naming it, for no day."""
    if value is None or value == "":
        return None
    if isinstance(value, datetime.datetime):
        return value.date()
    if isinstance(value, datetime.date):
        return value
    try:
        return datetime.date.fromisoformat(str(value).strip())
    except ValueError:
        raise ArchiveError(
            f"'{name}' must be a day like 2025-10-28, not '{_escaped(str(value)[:40])}'"
        ) from None


def _language(value: str | None) -> str | None:
    if value is None or value == "":
        return None
    code = str(value).strip().lower()
    if not LANGUAGE_CODE.fullmatch(code):
        shown = _escaped(str(value)[:40])
        raise ArchiveError(f"'language' must be a code like en or zh, not '{shown}'")
    return code


def _names(values: str | Sequence[str]) -> tuple[str, ...]:
    names = tuple(dict.fromkeys(filter(None, [values] if isinstance(values, str) else values)))
    if len(names) > MAX_NAMES or any(len(name) > MAX_NAME_CHARACTERS for name in names):
        raise ArchiveError(
            f"{len(names)} names are given: use at most {MAX_NAMES}, of up to "
            f"{MAX_NAME_CHARACTERS} characters each"
        )
    return names

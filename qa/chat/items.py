"""The items of a list as lines, each with the numbers of its sources."""

from dataclasses import dataclass

from qa.answers.answering import Answer
from qa.answers.citing import Citation

from .source import language_code

MAX_SOURCES = 20  # of items, shown beside those of the answer


@dataclass(frozen=True, slots=True)
class ItemLine:
    """One item, "Norway", and its sources, [1] and [3]."""

    text: str
    code: str  # of the language of its first source
    numbers: tuple[int, ...]


def item_citations(answer: Answer) -> list[Citation]:
    """Return what the items of an answer cite beside what the answer itself cites."""
    cited = [citation for item in answer.items for citation in item.citations]
    distinct = {_key(citation): citation for citation in reversed(cited)}
    known = {_key(citation) for citation in answer.citations}
    new = [distinct[key] for key in dict.fromkeys(map(_key, cited)) if key not in known]
    return new[:MAX_SOURCES]


def item_lines(answer: Answer) -> list[ItemLine]:
    """Return the items of an answer; its own citations are numbered before theirs."""
    sources = [*answer.citations, *item_citations(answer)]
    numbers = {_key(citation): n for n, citation in reversed(list(enumerate(sources, start=1)))}
    return [
        ItemLine(
            item.text,
            language_code(item.citations[0].language),
            tuple(numbers[key] for key in map(_key, item.citations) if key in numbers),
        )
        for item in answer.items
    ]


def _key(citation: Citation) -> tuple[str, int, int]:
    return citation.article_id, citation.start, citation.end

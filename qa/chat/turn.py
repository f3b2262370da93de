"""One turn of the chat: message and history in, a reply with its sources out.

Pure functions over an archive, without HTML or Gradio: `reply.py` lays a reply out, and
`examples.py` makes the questions that a new chat offers.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

from index.article import Article
from index.errors import ArchiveError
from index.store.base.protocol import Version
from index.store.base.search_filter import NO_FILTER, SearchFilter
from qa.answers.answering import Answer
from qa.answers.citing import Citation, Place
from qa.answers.context import Context
from qa.answers.stages import Stage
from qa.retrieval.retriever import Hit

from .groups import item_citations
from .languages import reply_language
from .plain_text import keep_end, keep_start

MAX_SOURCES = 5  # citations shown under an answer
MIN_CONFIDENCE = 0.05  # of another candidate answer that is worth showing
MAX_TITLES = 3  # articles named while an answer is being chosen
MAX_CONTEXT = 600  # characters of the paragraph shown on each side of a citation


class ChatArchive(Protocol):
    """The part of `qa.Archive` that a turn uses."""

    def stages(
        self,
        question: str,
        history: Sequence[Answer] = (),
        search_filter: SearchFilter = NO_FILTER,
    ) -> Iterator[Stage]:
        """Yield the hits, then the answer with them; raise ArchiveError for a bad question."""
        ...

    def article(self, id: str) -> Article:
        """Return an article; raise ArchiveError if there is none with this id."""
        ...

    def versions(self, id: str) -> list[Version]:
        """Return the earlier versions of an article, newest first."""
        ...

    def count_undated(self) -> int:
        """Return how many articles have no date."""
        ...

    def earlier(self) -> "ChatArchive":
        """Return the earlier texts of articles; raise ArchiveError if none are kept."""
        ...

    @property
    def sources(self) -> object:
        """What opens the files that articles are from; None if nothing does."""
        ...


@dataclass(frozen=True, slots=True)
class Source:
    """A citation and the rest of its paragraph, with "…" where a long paragraph is cut."""

    citation: Citation
    before: str = ""
    after: str = ""
    answer: Answer | None = None  # the answer, or other candidate, that cites it


@dataclass(frozen=True, slots=True)
class Reply:
    """The reply to one question: an answer with its sources, or a problem with the question."""

    question: str
    language: str  # of the words around the answer, one of PAGE_LANGUAGES
    answer: Answer | None = None
    sources: tuple[Source, ...] = ()
    problem: str | None = None
    search_filter: SearchFilter = field(default=NO_FILTER)
    undated: int = 0  # articles that a range of days left out because they have no date
    passages_found: int = 0  # while there is no answer yet
    titles_found: tuple[str, ...] = ()  # of the articles that these passages belong to
    verdict: str = ""  # a person's, on the answer
    earlier: bool = False  # whether earlier texts of articles were asked, and not the archive
    stands: bool | None = None  # whether it is asked again after each build; None: cannot be


def respond(archive: ChatArchive, message: str, history: Sequence[Reply] = ()) -> Reply:
    """Answer `message`; if the archive refuses the question, the reply says why."""
    *_, reply = stream_replies(archive, message, history)
    return reply


def stream_replies(
    archive: ChatArchive,
    message: str,
    history: Sequence[Reply] = (),
    /,  # one of the filters is called "archive"
    *,
    earlier: bool = False,
    page_language: str = "en",
    **filter_values: Any,
) -> Iterator[Reply]:
    """Yield the reply to `message` as it takes shape: empty, passages found, finished.

    Args:
        archive: Answers the question.
        message: What the user typed.
        history: The earlier replies of the conversation, oldest first.
        earlier: Whether to ask the earlier texts of articles instead.
        page_language: Of the reply, if the question's own is not known.
        **filter_values: Arguments of `SearchFilter.of`.
    """
    question = clean_message(message)
    language = reply_language(question, page_language)
    yield Reply(question, language, earlier=earlier)
    before = tuple(reply.answer for reply in history if reply.answer)
    try:
        search_filter = SearchFilter.of(**filter_values)
        archive = _earlier(archive, search_filter) if earlier else archive
        undated = archive.count_undated() if search_filter.dated else 0
        for stage in archive.stages(question, before, search_filter):
            if answer := stage.answer:
                sources = tuple(_sources(answer))
                yield Reply(
                    question, language, answer, sources,
                    search_filter=search_filter, undated=undated, earlier=earlier,
                )  # fmt: skip
            else:
                count, titles = len(stage.hits), _titles(stage.hits)
                yield Reply(question, language, passages_found=count, titles_found=titles)
    except ArchiveError as error:
        yield Reply(question, language, problem=str(error), earlier=earlier)


def _earlier(archive: ChatArchive, search_filter: SearchFilter) -> ChatArchive:
    require_all_articles(search_filter)
    return archive.earlier()


def require_all_articles(search_filter: SearchFilter) -> None:
    """Raise ArchiveError for one article: earlier texts have ids of their own."""
    if search_filter.article:
        raise ArchiveError(
            "earlier texts are asked of all articles together: choose no single article"
        )


def failure_reply(message: str, page_language: str = "en") -> Reply:
    """Return the reply for an unexpected error; it gives no details away."""
    question = clean_message(message)
    return Reply(question, reply_language(question, page_language))


def clean_message(message: str) -> str:
    """Strip white space around a message; lone surrogates become "?"."""
    return message.encode("utf-8", "replace").decode().strip()


def _titles(hits: Sequence[Hit]) -> tuple[str, ...]:
    titles = dict.fromkeys(hit.article.title or hit.article.place for hit in hits)
    return tuple(titles)[:MAX_TITLES]


def archives_across(reply: Reply) -> list[str]:
    """Return the archives that the sources are from, if several were asked."""
    cited = [source.citation for source in reply.sources]
    places: list[Citation | Place] = [*cited, *(place for c in cited for place in c.also_in)]
    names = dict.fromkeys(place.archive for place in places)
    return [] if reply.search_filter.archive else list(filter(None, names))


def _sources(answer: Answer) -> Iterator[Source]:
    """Yield the sources of an answer, of its items, then of the other candidates."""
    main_answer = answer if answer.answered else None
    for citation in answer.citations[:MAX_SOURCES]:
        yield _source(citation, main_answer)
    for citation in item_citations(answer):  # no part of the answer is in it
        yield _source(citation, None)
    # of what a lower threshold would have answered, only the best
    candidates = answer.alternatives if answer.answered else answer.alternatives[:1]
    for candidate in candidates:
        if candidate.confidence >= MIN_CONFIDENCE:
            yield _source(candidate.citations[0], candidate)


def _source(citation: Citation, answer: Answer | None) -> Source:
    context = citation.context or Context()
    before = keep_end(context.before, MAX_CONTEXT)
    after = keep_start(context.after, MAX_CONTEXT)
    return Source(citation, before, after, answer)

"""What the panel says of an article's earlier versions: how many, and how they differed."""

from collections.abc import Sequence
from dataclasses import dataclass

from index.article import Article
from index.errors import StorageError
from index.store.base.protocol import Version
from index.store.base.versions import with_other_text
from qa.answers.citing import Change
from qa.audit.difference import Piece
from qa.audit.versions import version_difference
from qa.chat.phrases.cldr import day
from qa.chat.source import change_line, differing
from qa.chat.words import WORDS
from qa.permalink import digest_of

MAX_SHOWN = 5  # versions, the newest


@dataclass(frozen=True, slots=True)
class Earlier:
    """One earlier version: its days, and how the one after it differs."""

    about: str
    pieces: tuple[Piece, ...] = ()
    problem: str = ""  # why there is no difference to show


@dataclass(frozen=True, slots=True)
class History:
    """The earlier versions of an article, newest first."""

    summary: str
    versions: tuple[Earlier, ...]
    more: str = ""  # those that are not shown


def history_of(versions: Sequence[Version], article: Article, language: str) -> History | None:
    """Return what to show of the earlier versions of an article; None if it had no other text."""
    versions = with_other_text(versions, digest_of(article))
    if not versions:
        return None
    words = WORDS[language]
    summary = change_line(Change.of(versions[0], len(versions), article.date), language)
    shown: list[Earlier] = []
    later: Article | None = article
    for version in versions[:MAX_SHOWN]:
        about = _about(version, language)
        try:
            earlier = version.article
        except StorageError:
            earlier = None
        if earlier is None:
            shown.append(Earlier(about, problem=words["text_not_kept"]))
        elif later is None or (pieces := version_difference(earlier, later)) is None:
            shown.append(Earlier(about, problem=words["not_compared"]))
        else:
            shown.append(Earlier(about, tuple(pieces)))
        later = earlier
    hidden = len(versions) - len(shown)
    return History(summary, tuple(shown), words["more_versions"].format(hidden) if hidden else "")


def _about(version: Version, language: str) -> str:
    words, replaced = WORDS[language], day(version.replaced.date(), language)
    if version.line:
        line = words["version_line"].format(day(version.stated, language))
    elif version.date:
        line = words["version_of"].format(day(version.date, language), replaced)
    else:
        line = words["version_until"].format(replaced)
    return f"{line}{differing(version.sentences, language)}"

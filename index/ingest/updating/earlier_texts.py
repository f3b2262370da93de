"""Earlier texts that stay searchable (`--versions keep`): an index beside the archive's own.

It holds the versions of the log whose texts are kept, each as an article with the id of
`earlier_id`. Nothing of it is in the archive's own index, so that answers, counts and scores there
are what they would be without it. It follows from the log: a build that was killed before it was
up to date is made up for by the next.
"""

from dataclasses import replace

from index.encoder.sentence import Encoder
from index.errors import ArchiveError, NoIndexError, StorageError, UnreachableError, first_line
from index.ingest.engine import Engine
from index.passage import passages
from index.store.base.digest import with_rules
from index.store.base.embedding import publish
from index.store.base.protocol import Problem, Store, Version, Writer
from index.store.base.settings import Settings
from index.store.base.versions import OF_EARLIER_TEXTS
from index.store.doors import (
    Where,
    begin_build,
    earlier_texts,
    find_earlier_texts,
    find_store,
    open_store,
    remove_earlier_texts,
)
from index.store.several.store import SeveralStore

STATE = "made of"  # the note that says which generation of the archive it was made of
MAX_ID = 2_000  # bytes; earlier texts of articles with longer ids are not searchable


def earlier_id(version: Version) -> str:
    """Return the id of an earlier text, such as "a.txt@2026-11-01-1f0c93ab".

    The day is the article's own, or that on which it was replaced; the rest is of its digest.
    """
    day = version.date or version.replaced.date()
    return f"{version.article_id}@{day.isoformat()}-{version.digest[:8]}"


def original_id(identity: str) -> str:
    """Return the id of the article whose earlier text has this id of `earlier_id`.

    >>> original_id("a@b.txt@2026-11-01-1f0c93ab")
    'a@b.txt'
    """
    return identity.rpartition("@")[0] or identity


def opened_earlier_texts(archive: Store) -> Store:
    """Open the earlier texts of an archive.

    Raises:
        ArchiveError: None are kept, a build did not bring them up to date, or there are several
            archives.
    """
    if isinstance(archive, SeveralStore):
        raise ArchiveError("open one archive alone to ask its earlier texts")
    settings, where = archive.settings, archive.where
    store = find_earlier_texts(archive.place) if settings.versions == "keep" else None
    if store is None:
        raise ArchiveError(
            f"the index '{where}' keeps no earlier texts to search: build it with  "
            f"archive-qa build SEEDS --index {where} --versions keep"
        )
    made = store.settings
    if any(getattr(made, n) != getattr(settings, n) for n in ("encoder", "revision", "terms")):
        raise ArchiveError(
            f"the earlier texts of the index '{where}' are not up to date: build it again "
            f"with  archive-qa build SEEDS --index {where}"
        )
    return store


def update_earlier_texts(index: Where, encoder: Encoder, engine: Engine, progress: bool) -> None:
    """Bring the index of earlier texts up to date with the log; empty it if none are to be kept.

    A damaged one is removed and made anew.
    """
    try:
        _update(index, encoder, engine, progress)
    except UnreachableError:
        raise
    except StorageError:
        if not wrong_earlier_texts(index):
            raise
        remove_earlier_texts(index)
        _update(index, encoder, engine, progress)


def wrong_earlier_texts(index: Where) -> list[Problem]:
    """Return what is wrong with the index of earlier texts; [] if there is none."""
    try:
        found = find_store(earlier_texts(index)).problems()
    except NoIndexError:
        return []
    except UnreachableError:
        raise
    except StorageError as error:
        found = [Problem("pages", first_line(error))]
    return [replace(problem, sentence=f"among the earlier texts: {problem.sentence}")
            for problem in found]  # fmt: skip


def _update(index: Where, encoder: Encoder, engine: Engine, progress: bool) -> None:
    store = open_store(index)
    settings = store.settings
    keep = settings.versions == "keep"
    existing = find_earlier_texts(index)
    if not (keep or existing):
        return
    where = earlier_texts(index)
    state = f"{settings.generation} {settings.published} {settings.versions}"
    if existing and existing.note(STATE) == state:
        return
    with begin_build(where) as writer:
        if writer.settings and not _same_encoder(writer.settings, settings):
            writer.drop_vectors()
        if writer.settings and writer.settings.terms != settings.terms:
            writer.remake_keywords()
        _put(store, writer, settings if keep else None)
        for identity, _ in writer.unseen():
            writer.remove(identity)
        if writer.touched or (writer.settings and writer.settings.versions) != OF_EARLIER_TEXTS:
            publish(writer, replace(settings, versions=OF_EARLIER_TEXTS), encoder, progress, engine)
        else:
            writer.keep()
    open_store(where).set_note(STATE, state)


def _put(store: Store, writer: Writer, settings: Settings | None) -> None:
    if settings is None:
        return
    rules = settings.passage_tokens, settings.rules
    made = writer.settings
    same_rules = made is not None and rules == (made.passage_tokens, made.rules)
    with store.snapshot() as snapshot:
        for version in snapshot.all_versions():
            if version.packed is None or len(version.article_id.encode()) > MAX_ID:
                continue
            identity = earlier_id(version)
            stored = writer.find(identity)
            if stored and (stored.seen or same_rules):  # its id names the text: it is not unpacked
                writer.see_at(identity, stored.place)
            elif earlier := version.article:
                article = replace(earlier, id=identity)
                found = passages(article, settings.passage_tokens)
                writer.put(article, with_rules(article, rules), found)


def _same_encoder(one: Settings, other: Settings) -> bool:
    return (one.encoder, one.revision, one.dimension) == (
        other.encoder,
        other.revision,
        other.dimension,
    )

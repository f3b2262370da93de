"""Rebuild, from the stored articles, everything that is derived from them.

Passages, keywords, vectors and their indexes follow from the articles' texts. A damaged article
cannot be rebuilt from anything here: it is marked, so that the next build reads its seed again.
"""

from collections.abc import Callable
from dataclasses import replace

from index.encoder.sentence import Encoder, SentenceEncoder
from index.errors import StorageError
from index.passage import passages
from index.store.base.embedding import publish
from index.store.base.protocol import Problem, Repaired
from index.store.postgres.address import Address
from index.store.postgres.writer import PostgresWriter, begin_build
from index.text.terms import VERSION


def repair(
    address: Address,
    problems: Callable[[], list[Problem]],
    encoder: Encoder | None,
    progress: bool,
) -> Repaired:
    """Repair the archive; return what was wrong before and what still is.

    Repairs are atomic; readers see the old archive until they commit. `encoder` is needed only for
    an index built with one that has no name.

    Raises:
        ArchiveError: There is no index, or another build is under way.
    """
    found = problems()
    if not found:
        return Repaired([], [])
    with begin_build(address) as writer:
        settings = writer.settings
        if settings is None:
            raise StorageError(f"the index in '{address.shown}' has no settings: build it again")
        chosen = encoder or SentenceEncoder(settings.encoder)
        settings.require_encoder(chosen, address.shown)
        writer.mend([problem.content for problem in found if problem.content])
        writer.drop_wrong_versions()
        writer.remake_keywords()
        lost = _cut_again(writer, found, settings.passage_tokens)
        publish(writer, replace(settings, terms=VERSION), chosen, progress)
    return Repaired(found, [*problems(), *lost])


def _cut_again(writer: PostgresWriter, found: list[Problem], tokens: int) -> list[Problem]:
    """Cut damaged articles into passages again, and mark those that differ from their seeds.

    Returns what had to be removed: articles that cannot be read.
    """
    lost = []
    altered = {problem.article for problem in found if problem.what == "article"}
    texts = {p.article for p in found if p.article and p.what in ("article", "passage")}
    for number in sorted(texts):
        try:
            stored = writer.stored(number)
        except StorageError:
            writer.remove_row(number)
            writer.set_all_unread()  # its path may be what is damaged
            sentence = f"article number {number} could not be read any more and was taken out"
            lost.append(Problem("article", sentence))
            continue
        if stored is None:  # passages of no article
            continue
        article, digest = stored
        if number in altered:
            digest = b""  # equals no digest: the next build finds the article changed
            writer.set_unread(article.path)
        writer.put(article, digest, passages(article, tokens))
    return lost

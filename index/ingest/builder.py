"""Seeds -> index, doing only what changed.

One pass over the files finds what was added, changed and removed (`scan.py`). Then whatever has no
vector is embedded, and one transaction publishes everything (`index/store/base/embedding.py`).
"""

import os
import time
import uuid
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from dataclasses import asdict, dataclass, replace
from pathlib import Path

from index.cleaning import patterns
from index.encoder.bundled import NAME
from index.encoder.sentence import Encoder, SentenceEncoder
from index.errors import ArchiveError, first_line
from index.passage import MAX_TOKENS, MIN_TOKENS
from index.store.base.embedding import publish
from index.store.base.protocol import Writer
from index.store.base.settings import Settings
from index.store.base.versions import MODES, OF_EARLIER_TEXTS
from index.store.doors import Where, begin_build, earlier_texts, find_store
from index.text import terms

from .engine import Engine, LocalEngine
from .report import BuildReport
from .scan import Scan
from .seed_files import SeedFolder, Seeds, is_address
from .updating.earlier_texts import update_earlier_texts


def build(  # noqa: PLR0913  # public: every option of a build
    seeds: str | os.PathLike[str] = "seeds",
    index: str | os.PathLike[str] = ".index",
    *,
    encoder: str | Encoder | None = None,
    passage_tokens: int = 128,
    progress: bool = False,
    allow_empty: bool = False,
    re_embed: bool = False,
    column: str | None = None,
    front_pages: bool | None = None,
    versions: str | None = None,
    ready: Callable[[Path], bool] | None = None,
    ray: str | None = None,
) -> BuildReport:
    """Bring the index up to date with the seeds; after an ArchiveError it is what it was.

    Args:
        seeds: Folder of articles, or its address such as "s3://bucket/articles".
        index: Folder or address of the index; it is created if it is not there.
        encoder: A sentence-transformers model or `Encoder`; None: the index's, or the bundled one.
        passage_tokens: Target size of a passage in tiktoken tokens.
        progress: Show progress bars on standard error.
        allow_empty: Let a folder without articles empty a full index.
        re_embed: Make all vectors anew, with another `encoder` if one is given; texts stay.
        column: Column of tables that holds texts; "": one like "text"; None: the index's, or "".
        front_pages: Read front pages and lists of links too; None: as the index does, or not.
        versions: Of replaced texts: "note", "keep" or "none"; None: as the index does, or "note".
        ready: Files for which it returns False wait for a later build, as they are in the index.
        ray: The Ray cluster that reads and embeds: "auto", "ray://host:10001" or "local:4".
    """
    started, source = time.perf_counter(), _check(seeds, passage_tokens, allow_empty)
    with _engine(ray) as engine, _begin(index, versions) as writer:
        chosen = _choose_encoder(encoder, writer, find_store(index).where, re_embed)
        given = _Options.of(column, front_pages, versions, writer.settings)
        settings = given.settings(chosen, passage_tokens, writer.settings)
        report = Scan(writer, settings, source, engine, ready).run(allow_empty, progress)
        _end(writer, settings, chosen, engine, progress)
        report.partly_read += _keep_earlier_texts(index, chosen, engine, progress)
    return replace(report, seconds=time.perf_counter() - started)


def _begin(index: Where, versions: str | None) -> AbstractContextManager[Writer]:
    if versions == "keep":
        earlier_texts(index)  # raises, before anything is read, if there can be none
    return begin_build(index)


def _keep_earlier_texts(
    index: Where, encoder: Encoder, engine: Engine, progress: bool
) -> list[tuple[str, str]]:
    """Bring the earlier texts up to date; return why not, as the archive itself is published."""
    try:
        update_earlier_texts(index, encoder, engine, progress)
    except ArchiveError as error:
        return [("the earlier texts", f"are not up to date: {first_line(error)}")]
    return []


def _engine(ray: str | None) -> AbstractContextManager[Engine]:
    if ray is None:
        return nullcontext(LocalEngine())
    from .ray_cluster import cluster

    return cluster(ray)


def _check(seeds: str | os.PathLike[str], passage_tokens: int, allow_empty: bool) -> Seeds:
    if not MIN_TOKENS <= passage_tokens <= MAX_TOKENS:
        raise ArchiveError(
            f"passage_tokens is {passage_tokens}: it must be from {MIN_TOKENS} to {MAX_TOKENS}"
        )
    if is_address(seeds):
        from .remote import RemoteSeeds

        return RemoteSeeds(str(seeds), missing_ok=allow_empty)
    if not os.path.isdir(seeds):  # unlike Path.is_dir it never raises
        raise ArchiveError(
            f"there is no seeds folder '{Path(seeds)}': make it and put articles there, or name "
            "another"
        )
    return SeedFolder(Path(seeds))


def _choose_encoder(
    encoder: str | Encoder | None, writer: Writer, where: str, re_embed: bool
) -> Encoder:
    """Return the requested encoder, by default the one that the index was built with.

    Raises ArchiveError if the vectors are another encoder's, unless they are to be made anew.
    """
    built = writer.settings
    if encoder is None:
        encoder = built.encoder if built else NAME
    chosen = SentenceEncoder(encoder) if isinstance(encoder, str) else encoder
    if re_embed:
        writer.drop_vectors()
    elif built:
        built.require_encoder(chosen, where)
    return chosen


def _end(
    writer: Writer, settings: Settings, encoder: Encoder, engine: Engine, progress: bool
) -> None:
    """Publish a new generation, unless readers would see no change."""
    built = writer.settings
    same = built is not None and _Options.in_force(built) == _Options.in_force(settings)
    if same and not writer.touched and writer.vectors_are_sound():
        writer.keep()
    else:
        publish(writer, settings, encoder, progress, engine)


@dataclass(frozen=True, slots=True)
class _Options:
    """What a later build goes on with."""

    column: str = ""
    front_pages: bool = False
    versions: str = "note"

    @classmethod
    def in_force(cls, built: Settings) -> "_Options":
        return cls(built.column, built.front_pages, built.versions)

    @classmethod
    def of(
        cls,
        column: str | None,
        front_pages: bool | None,
        versions: str | None,
        built: Settings | None,
    ) -> "_Options":
        """The options of this build; None means that of the index."""
        if built and built.versions == OF_EARLIER_TEXTS:
            raise ArchiveError(
                "this index holds the earlier texts of another, whose builds alone may change it: "
                "name that one with --index"
            )
        if versions not in (None, *MODES):
            raise ArchiveError(f"versions is '{versions}': it must be one of {', '.join(MODES)}")
        before = cls.in_force(built) if built else cls()
        return cls(
            before.column if column is None else column,
            before.front_pages if front_pages is None else front_pages,
            before.versions if versions is None else versions,
        )

    def settings(self, encoder: Encoder, passage_tokens: int, built: Settings | None) -> Settings:
        """The settings of this build."""
        return Settings(
            encoder=encoder.name,
            revision=encoder.revision,
            dimension=encoder.dimension,
            passage_tokens=passage_tokens,
            rules=patterns.VERSION,
            terms=terms.VERSION,
            identity=(built.identity if built else "") or uuid.uuid4().hex,
            **asdict(self),
        )

"""Build an archive whose articles are the contexts of a question set."""

import json
from collections.abc import Iterable
from pathlib import Path

from index import build
from index.encoder.sentence import Encoder
from qa.archive import Archive
from qa.reader.reader import Reader

from .datasets import contexts_of


def build_archive(
    path: Path, folder: Path, reader: Reader | None = None, encoder: Encoder | None = None
) -> Archive:
    """Index the contexts of the annotated file `path` and open the archive.

    The seeds go to `folder/seeds`, the index to `folder/index`. An article's id is its context's
    number, as in `Case.article`.
    """
    return archive_of(contexts_of(path), folder, reader, encoder)


def archive_of(
    articles: Iterable[tuple[str, str]],
    folder: Path,
    reader: Reader | None = None,
    encoder: Encoder | None = None,
) -> Archive:
    """Index articles, given as (id, text), as `build_archive` does, and open the archive."""
    seeds = folder / "seeds"
    seeds.mkdir(parents=True, exist_ok=True)
    with (seeds / "contexts.jsonl").open("w", encoding="utf-8") as lines:
        for article_id, text in articles:
            lines.write(json.dumps({"id": article_id, "text": text}, ensure_ascii=False) + "\n")
    build(seeds, folder / "index", encoder=encoder, progress=True)
    return Archive.open(folder / "index", reader=reader, encoder=encoder)

"""The contexts of a question set as an archive."""

from pathlib import Path

from index.encoder.sentence import Encoder
from qa.evaluation.dataset_archive import build_archive
from tests.support.question_sets import COLOURS, write_records


def test_every_context_becomes_an_article_with_its_number_as_id(
    tmp_path: Path, encoder: Encoder
) -> None:
    path = write_records(tmp_path / "colours.jsonl.xz", COLOURS)
    archive = build_archive(path, tmp_path / "work", encoder=encoder)
    assert {a.id: a.text for a in archive.articles()} == {
        str(number): record["context"] for number, record in enumerate(COLOURS)
    }
    assert archive.folder == tmp_path / "work" / "index"

"""The bundled encoder, and models that the user names."""

from pathlib import Path

import numpy as np
import pytest
import torch
from sentence_transformers import SentenceTransformer

from index.encoder import sentence
from index.encoder.bundled import NAME, REVISION, model_folder
from index.encoder.question import QuestionEncoder, read_tokenizer
from index.encoder.sentence import SentenceEncoder
from index.errors import ArchiveError


@pytest.fixture(scope="module")
def bundled() -> SentenceEncoder:
    return SentenceEncoder()


def test_the_bundled_encoder_is_known_without_loading_it(bundled: SentenceEncoder) -> None:
    assert (bundled.name, bundled.revision, bundled.dimension) == (NAME, REVISION, 384)


def test_vectors_are_unit_vectors_of_their_dimension(bundled: SentenceEncoder) -> None:
    texts = ["A harbour.", "", "港口。", "word " * 800]
    for vectors in (bundled.passages(texts), bundled.queries(texts)):
        assert vectors.shape == (4, bundled.dimension)
        assert vectors.dtype == np.float32
        assert np.linalg.norm(vectors, axis=1) == pytest.approx([1] * 4, abs=1e-5)


def test_no_texts_give_no_vectors(bundled: SentenceEncoder) -> None:
    assert bundled.passages([]).shape == (0, 384)


def test_meaning_crosses_languages(bundled: SentenceEncoder) -> None:
    passages = ["The ferry sails in May.", "渡轮五月开航。", "The council raised the dog tax."]
    near, across, far = (
        bundled.passages(passages) @ bundled.queries(["When does the ferry sail?"])[0]
    )
    assert near > far
    assert across > far


def test_a_vector_does_not_depend_on_its_neighbours(bundled: SentenceEncoder) -> None:
    alone = bundled.passages(["The ferry sails in May."])[0]
    among = bundled.passages(["x " * 50, "The ferry sails in May.", "y"])[1]
    assert alone @ among > 0.999


def test_questions_and_passages_are_prompted_differently(bundled: SentenceEncoder) -> None:
    text = ["The ferry sails in May."]
    assert bundled.queries(text)[0] @ bundled.passages(text)[0] < 0.9999


def test_a_folder_of_a_model_can_be_named(bundled: SentenceEncoder) -> None:
    folder = str(model_folder())
    named = SentenceEncoder(folder)
    assert (named.name, named.dimension) == (folder, 384)
    assert named.revision not in ("", REVISION)
    assert named.revision == SentenceEncoder(folder).revision
    assert named.queries(["ferry"])[0] @ bundled.queries(["ferry"])[0] > 0.999


@pytest.mark.parametrize("name", ["no/such-model", "no such folder", ""])
def test_a_model_that_is_not_there_is_an_error_that_names_it(name: str) -> None:
    with pytest.raises(ArchiveError, match=f"cannot load the encoder '{name}'"):
        SentenceEncoder(name)


def test_a_folder_without_a_model_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(ArchiveError, match="cannot load the encoder"):
        SentenceEncoder(str(tmp_path))


QUESTIONS = ["When does the ferry sail?", "渡轮什么时候开航?", "", "why " * 800, "<mask> 8.6% ﬁne"]


@pytest.mark.parametrize(("matrix", "close"), [("float32", 1e-4), ("bfloat16", 1e-3)])
def test_a_question_alone_has_the_vector_of_sentence_transformers(
    matrix: str, close: float
) -> None:
    model = SentenceTransformer(str(model_folder()), device="cpu")
    expected = model.encode_query(QUESTIONS, show_progress_bar=False)
    found = QuestionEncoder(model_folder(), getattr(torch, matrix))(QUESTIONS)
    assert (found * expected).sum(axis=1) == pytest.approx([1] * len(QUESTIONS), abs=close)


def test_tokenizers_of_one_file_keep_settings_of_their_own() -> None:
    cut, whole = read_tokenizer(model_folder()), read_tokenizer(model_folder())
    cut.enable_truncation(4)
    assert len(cut.encode("The ferry sails in May.").ids) == 4
    assert len(whole.encode("The ferry sails in May.").ids) > 4
    marked = whole.encode("<mask>", "May")
    assert marked.tokens == ["<s>", "<mask>", "</s>", "</s>", "▁May", "</s>"]


def test_a_damaged_encoder_is_an_error_that_names_its_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / f"{NAME}-{REVISION}").mkdir()
    monkeypatch.setenv("ARCHIVE_QA_CACHE", str(tmp_path))
    monkeypatch.setattr(sentence, "_questions", sentence._questions.__wrapped__)
    with pytest.raises(ArchiveError, match=f"cannot load the encoder in {tmp_path}"):
        SentenceEncoder().queries(["When?"])

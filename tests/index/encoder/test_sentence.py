"""The bundled encoder, and models that the user names."""

from pathlib import Path

import numpy as np
import pytest

from index.encoder import sentence
from index.encoder.bundled import NAME, REVISION, model_folder
from index.encoder.sentence import SentenceEncoder
from index.errors import ArchiveError


@pytest.fixture(scope="module")
def bundled() -> SentenceEncoder:
    return SentenceEncoder()


def test_the_bundled_encoder_is_identified_without_loading_it(bundled: SentenceEncoder) -> None:
    assert (bundled.name, bundled.revision, bundled.dimension) == (NAME, REVISION, 384)


def test_the_name_that_earlier_versions_used_means_the_bundled_encoder() -> None:
    earlier = SentenceEncoder("multilingual-e5-small")
    assert (earlier.name, earlier.revision) == (NAME, REVISION)


def test_vectors_have_unit_length_and_the_declared_dimension(bundled: SentenceEncoder) -> None:
    texts = ["A harbour.", "", "港口。", "word " * 800]
    for vectors in (bundled.passages(texts), bundled.queries(texts)):
        assert vectors.shape == (4, bundled.dimension)
        assert vectors.dtype == np.float32
        assert np.linalg.norm(vectors, axis=1) == pytest.approx([1] * 4, abs=1e-5)


def test_no_texts_give_no_vectors(bundled: SentenceEncoder) -> None:
    assert bundled.passages([]).shape == (0, 384)


def test_similar_texts_are_near_across_languages(bundled: SentenceEncoder) -> None:
    passages = ["The ferry sails in May.", "渡轮五月开航。", "The council raised the dog tax."]
    near, across, far = (
        bundled.passages(passages) @ bundled.queries(["When does the ferry sail?"])[0]
    )
    assert near > far
    assert across > far


def test_a_vector_does_not_depend_on_the_rest_of_its_batch(bundled: SentenceEncoder) -> None:
    alone = bundled.passages(["The ferry sails in May."])[0]
    among = bundled.passages(["x " * 50, "The ferry sails in May.", "y"])[1]
    assert alone @ among > 0.999


def test_questions_and_passages_get_different_prompts(bundled: SentenceEncoder) -> None:
    text = ["The ferry sails in May."]
    assert bundled.queries(text)[0] @ bundled.passages(text)[0] < 0.9999


def test_a_model_can_be_given_by_its_folder(bundled: SentenceEncoder) -> None:
    folder = str(model_folder())
    named = SentenceEncoder(folder)
    assert (named.name, named.dimension) == (folder, 384)
    assert named.revision not in ("", REVISION)
    assert named.revision == SentenceEncoder(folder).revision
    assert named.queries(["ferry"])[0] @ bundled.queries(["ferry"])[0] > 0.999


@pytest.mark.parametrize("name", ["no/such-model", "no such folder", ""])
def test_a_missing_model_is_an_error_that_names_it(name: str) -> None:
    with pytest.raises(ArchiveError, match=f"cannot load the encoder '{name}'"):
        SentenceEncoder(name)


def test_a_model_that_is_not_here_is_not_looked_for_on_the_network(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    looked_up: list[object] = []
    monkeypatch.setattr("socket.getaddrinfo", lambda *host, **_: looked_up.append(host))
    with pytest.raises(ArchiveError, match="that 'hf download NAME' has fetched"):
        SentenceEncoder("no/such-model-at-all")
    assert looked_up == []


def test_a_folder_without_a_model_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(ArchiveError, match="cannot load the encoder"):
        SentenceEncoder(str(tmp_path))


def test_a_damaged_encoder_is_an_error_that_names_its_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / f"{NAME}-{REVISION}").mkdir()
    monkeypatch.setenv("ARCHIVE_QA_CACHE", str(tmp_path))
    monkeypatch.setattr(sentence, "_question_encoder", sentence._question_encoder.__wrapped__)
    with pytest.raises(ArchiveError, match=f"cannot load the encoder in {tmp_path}"):
        SentenceEncoder().queries(["When?"])

"""A tiny random reader for the tests of this room."""

import pytest

from qa.reader.quantised import read_weights
from tests.support.tiny_models import TinyReader, save_tiny_reader, tiny_encoder


@pytest.fixture(scope="session")
def tiny(tmp_path_factory: pytest.TempPathFactory) -> TinyReader:
    folder = tmp_path_factory.mktemp("tiny")
    model = tiny_encoder(folder)
    weights = save_tiny_reader(model, folder / "reader.safetensors")
    # round the weights of transformers' model too, so that both hold the same
    model.load_state_dict(read_weights(weights), strict=False)
    model.save_pretrained(folder)
    return TinyReader(folder, weights, folder / "encoder", model)

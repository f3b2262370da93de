"""What an encoder must offer, and that asking for it loads no model."""

import subprocess
import sys

import numpy as np
import pytest

from index.encoder import protocol, sentence
from index.encoder.protocol import Encoder
from tests.support.fakes import ROOT, FakeEncoder


@pytest.fixture
def fake() -> Encoder:
    return FakeEncoder()  # a type checker compares it with the protocol here


def test_the_fake_encoder_of_the_tests_keeps_the_contract(fake: Encoder) -> None:
    for embed in (fake.queries, fake.passages):
        vectors = embed(["a ferry", "渡轮"])
        assert vectors.shape == (2, fake.dimension)
        assert vectors.dtype == np.float32
        assert np.linalg.norm(vectors, axis=1) == pytest.approx([1, 1])
    assert fake.name
    assert fake.revision


def test_every_member_of_the_protocol_is_a_member_of_the_sentence_encoder() -> None:
    encoder = sentence.SentenceEncoder()
    members = {*Encoder.__annotations__, "dimension", "queries", "passages"}
    assert members <= {name for name in dir(encoder) if not name.startswith("_")}


def test_the_names_can_be_imported_from_the_sentence_module_too() -> None:
    assert sentence.Encoder is protocol.Encoder
    assert sentence.Vectors is protocol.Vectors


@pytest.mark.parametrize("module", ["protocol", "sentence", "bundled"])
def test_importing_it_does_not_import_torch(module: str) -> None:
    code = f"import index.encoder.{module}, sys; print('torch' in sys.modules)"
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "False"

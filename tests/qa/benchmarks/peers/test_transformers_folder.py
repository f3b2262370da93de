"""The exported reader is the same model for transformers."""

from pathlib import Path

import pytest
import torch
from tokenizers import Tokenizer
from transformers import AutoModelForQuestionAnswering, AutoTokenizer

from index.encoder.bundled import model_folder
from qa.benchmarks.peers.transformers_folder import write_folder
from qa.reader.networks import PackedBert
from qa.reader.reader import WEIGHTS


def test_transformers_computes_the_same_logits(tmp_path: Path) -> None:
    write_folder(WEIGHTS, model_folder(), tmp_path / "reader")
    tokenizer = Tokenizer.from_file(str(model_folder() / "tokenizer.json"))
    pair = tokenizer.encode("When does the ferry sail?", "The ferry sails at nine. 渡轮开航。")
    model = AutoModelForQuestionAnswering.from_pretrained(tmp_path / "reader").eval()
    assert AutoTokenizer.from_pretrained(tmp_path / "reader")("a b").input_ids[0] == 0
    with torch.inference_mode():
        theirs = model(input_ids=torch.tensor([pair.ids]))
        ours = PackedBert.load(WEIGHTS, model_folder(), dtype=torch.float32)([pair])[0]
    expected = torch.stack([theirs.start_logits[0], theirs.end_logits[0]], dim=-1)
    assert torch.from_numpy(ours) == pytest.approx(expected, abs=1e-3)

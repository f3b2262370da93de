"""Export our reader as an `AutoModelForQuestionAnswering` folder, for programs that take one."""

import json
import shutil
from pathlib import Path

from safetensors import safe_open
from safetensors.torch import save_file

from qa.reader.networks import WORD_EMBEDDINGS
from qa.reader.quantised import read_weights


def write_folder(weights: Path, encoder: Path, folder: Path) -> None:
    """Write the dequantised reader with the encoder's word embeddings and tokenizer."""
    folder.mkdir(parents=True)
    tensors = read_weights(weights)
    with safe_open(encoder / "model.safetensors", "pt") as opened:
        tensors[f"bert.{WORD_EMBEDDINGS}"] = opened.get_tensor(WORD_EMBEDDINGS)
    contiguous = {name: tensor.contiguous() for name, tensor in tensors.items()}
    save_file(contiguous, folder / "model.safetensors", metadata={"format": "pt"})
    config = json.loads((encoder / "config.json").read_text("utf-8"))
    config["architectures"] = ["BertForQuestionAnswering"]
    (folder / "config.json").write_text(json.dumps(config, indent=1), "utf-8")
    for name in ("tokenizer.json", "tokenizer_config.json"):
        shutil.copy(encoder / name, folder / name)

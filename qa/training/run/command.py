"""Train the reader: `python -m qa.training --data DIR --out DIR`, from data to shipped weights.

DIR/train holds the training data and DIR/dev the data to measure with, both as SQuAD-format
`.json` or `.jsonl[.xz]`. If it is killed, the same command resumes from the last checkpoint.
Recipe: AdamW, warm-up, linear decay over `--minutes`; bf16 autocast over fp32 weights; no dropout
(slow on CPUs, and one pass over most of the data hardly overfits); the encoder's word embeddings
stay frozen. `python -m qa.training calibrate` then fits the confidence.
"""

import argparse
import os
from collections.abc import Sequence
from pathlib import Path

import torch
from tokenizers import Tokenizer

from index.encoder.bundled import NAME, model_folder
from index.encoder.sentence import SentenceEncoder
from index.errors import ArchiveError
from qa.reader.quantised import write_weights
from qa.training.data.contexts import load
from qa.training.data.groups import draw_groups, schedule, with_simplified
from qa.training.data.negatives import mine_negatives
from qa.training.data.plan import Plan, load_or_create_plan
from qa.training.model.checkpoint import load_average, trainable

from .dev_scores import load_dev_set
from .parallel import Team, run
from .training import AVERAGE, PEAK_RATE, Run, build_model

DEV_QUESTIONS = 80  # of each dev file, measured during training


def create_plan(paths: Sequence[Path], encoder: Path, seed: int, share: float = 1.0) -> Plan:
    """Decide what is read and in which order: questions, and windows with and without answers."""
    tokenizer = Tokenizer.from_file(str(encoder / "tokenizer.json"))
    contexts, questions = with_simplified(*load(paths, tokenizer))
    order = schedule(contexts, questions, seed, share)
    name = NAME if encoder == model_folder() else str(encoder)
    mined = mine_negatives(sorted(set(order)), contexts, questions, SentenceEncoder(name))
    return contexts, draw_groups(order, contexts, questions, mined, seed)


def data_files(folder: Path) -> list[Path]:
    """Return the data files of a folder, sorted by name.

    Raises:
        ArchiveError: There are none.
    """
    files = sorted(p for p in folder.glob("*") if p.name.endswith((".json", ".jsonl", ".jsonl.xz")))
    if not files:
        raise ArchiveError(f"{folder} holds no .json, .jsonl or .jsonl.xz file: give --data DIR")
    return files


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the training command."""
    options = _parser().parse_args(arguments)
    options.out.mkdir(parents=True, exist_ok=True)
    options.encoder = options.encoder or model_folder()
    prepare(options)
    size = sum(p.numel() for p in trainable(build_model(options.encoder)).values())
    run(options.processes, size, train, options)
    weights, _ = load_average(options.out / AVERAGE)
    write_weights(weights, options.out / "reader.safetensors")


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m qa.training", description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="folder with train/ and dev/")
    parser.add_argument("--out", type=Path, required=True, help="folder for the run's files")
    parser.add_argument("--minutes", type=float, default=55.0, help="time to train (55)")
    parser.add_argument("--share", type=float, default=1.0, help="part of the data to use (1)")
    parser.add_argument("--seed", type=int, default=3)
    parser.add_argument(
        "--rate", type=float, default=PEAK_RATE, help=f"highest learning rate ({PEAK_RATE})"
    )
    parser.add_argument("--encoder", type=Path, help="the encoder's folder (the bundled one)")
    parser.add_argument("--start", type=Path, help="a reader's weights to start from (none)")
    parser.add_argument("--processes", type=int, default=os.cpu_count() or 1)
    return parser


def prepare(options: argparse.Namespace) -> tuple[Tokenizer, Plan]:
    """Load the tokenizer and the plan; create the plan on the first call of a run."""
    tokenizer = Tokenizer.from_file(str(options.encoder / "tokenizer.json"))
    paths = data_files(options.data / "train")
    plan = load_or_create_plan(
        options.out / "plan.json",
        lambda: create_plan(paths, options.encoder, options.seed, options.share),
    )
    return tokenizer, plan


def train(rank: int, team: Team, options: argparse.Namespace) -> None:
    """Run one process's part of the training."""
    torch.set_num_threads(1)
    torch.manual_seed(options.seed)  # so that the head's first weights are the same in each process
    tokenizer, (contexts, plan) = prepare(options)
    files = data_files(options.data / "dev") if rank == 0 else []
    Run(
        model=build_model(options.encoder, options.start),
        tokenizer=tokenizer,
        contexts=contexts,
        plan=plan,
        dev=[load_dev_set(path, DEV_QUESTIONS, tokenizer) for path in files],
        out=options.out,
        minutes=options.minutes,
        seed=options.seed,
        team=team,
        rank=rank,
        rate=options.rate,
    ).train()

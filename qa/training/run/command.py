"""Train the reader: `python -m qa.training --data DIR --out DIR`, from data to shipped weights.

DIR/train holds what to train on and DIR/dev what to measure with, both SQuAD-format `.json` or
`.jsonl[.xz]`. Killed, the same command goes on from its last checkpoint. Recipe: AdamW, warm-up,
linear decay over `--minutes`; bf16 where it is cheap, fp32 weights; no dropout (slow on CPUs, and
one pass over most of the data hardly overfits); the encoder's word embeddings stay frozen.
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
from qa.training.data.groups import groups, schedule, with_simplified
from qa.training.data.negatives import ranked_by_retriever
from qa.training.model.state import Plan, load_average, remembered_plan, trainable

from .dev_figures import dev_set
from .parallel import Team, run
from .training import AVERAGE, RATE, Run, build_model

DEV_QUESTIONS = 80  # of each dev file, measured along the way


def plan_run(paths: Sequence[Path], encoder: Path, seed: int, share: float = 1.0) -> Plan:
    """What is read, in order: questions, and windows with and without their answers."""
    tokenizer = Tokenizer.from_file(str(encoder / "tokenizer.json"))
    contexts, questions = with_simplified(*load(paths, tokenizer))
    order = schedule(contexts, questions, seed, share)
    name = NAME if encoder == model_folder() else str(encoder)
    ranked = ranked_by_retriever(sorted(set(order)), contexts, questions, SentenceEncoder(name))
    return contexts, groups(order, contexts, questions, ranked, seed)


def files_in(folder: Path) -> list[Path]:
    """The data files of a folder, in order of name. Raises ArchiveError when there are none."""
    found = sorted(p for p in folder.glob("*") if p.name.endswith((".json", ".jsonl", ".jsonl.xz")))
    if not found:
        raise ArchiveError(f"{folder} holds no .json, .jsonl or .jsonl.xz file: give --data DIR")
    return found


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(prog="python -m qa.training", description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="folder with train/ and dev/")
    parser.add_argument("--out", type=Path, required=True, help="folder for the run's files")
    parser.add_argument("--minutes", type=float, default=55.0, help="time to train (55)")
    parser.add_argument("--share", type=float, default=1.0, help="part of the data to use (1)")
    parser.add_argument("--seed", type=int, default=3)
    parser.add_argument("--rate", type=float, default=RATE, help=f"highest learning rate ({RATE})")
    parser.add_argument("--encoder", type=Path, help="the encoder's folder (the bundled one)")
    parser.add_argument("--start", type=Path, help="a reader's weights to go on from (none)")
    parser.add_argument("--processes", type=int, default=os.cpu_count() or 1)
    given = parser.parse_args(arguments)
    given.out.mkdir(parents=True, exist_ok=True)
    given.encoder = given.encoder or model_folder()
    prepare(given)
    size = sum(p.numel() for p in trainable(build_model(given.encoder)).values())
    run(given.processes, size, work, given)
    weights, _ = load_average(given.out / AVERAGE)
    write_weights(weights, given.out / "reader.safetensors")


def prepare(given: argparse.Namespace) -> tuple[Tokenizer, Plan]:
    """The tokenizer and the plan; the plan is made once a run."""
    tokenizer = Tokenizer.from_file(str(given.encoder / "tokenizer.json"))
    paths = files_in(given.data / "train")
    plan = remembered_plan(
        given.out / "plan.json", lambda: plan_run(paths, given.encoder, given.seed, given.share)
    )
    return tokenizer, plan


def work(rank: int, team: Team, given: argparse.Namespace) -> None:
    """One process's part of the training."""
    torch.set_num_threads(1)
    torch.manual_seed(given.seed)  # the head's first weights are the same in each process
    tokenizer, (contexts, plan) = prepare(given)
    files = files_in(given.data / "dev") if rank == 0 else []
    dev = [dev_set(path, DEV_QUESTIONS, tokenizer) for path in files]
    model = build_model(given.encoder, given.start)
    Run(
        model,
        tokenizer,
        contexts,
        plan,
        dev,
        given.out,
        given.minutes,
        given.seed,
        team,
        rank,
        given.rate,
    ).train()

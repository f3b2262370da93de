"""Train the reader: `python -m qa.training train PACK --out DIR`.

PACK is what `python -m qa.training pack` writes. The run writes DIR/log.jsonl and, at the end and
at each checkpoint, DIR/reader.safetensors. If it is killed, the same command resumes from the last
checkpoint. Recipe: AdamW, warm-up, linear decay; on CUDA bf16 activations over fp32 weights and
dropout, on a CPU neither; the encoder's word embeddings stay as they are.
"""

import argparse
import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import torch
from safetensors import SafetensorError

from index.errors import ArchiveError, first_line
from qa.reader.quantised import read_weights
from qa.training.data.batches import Rows
from qa.training.data.sampling import GroupSampler
from qa.training.data.schedule import Schedule
from qa.training.model.bert import Reader, build_reader
from qa.training.model.scoring import Distillation, batch_loss
from qa.training.pack.pack_file import Pack, read_pack

from .dev_scores import DevScores, load_dev_sets
from .team import Team, run
from .training import Loss, Plan, Run, Steps


@dataclass(frozen=True, slots=True)
class Device:
    """What depends on the kind of machine.

    Attributes:
        questions: In a step of one process.
        chunk_tokens: That the model reads at once.
        dropout: Share of activations.
        rate: Highest learning rate from a reader's weights, and from the encoder's.
        dev_questions: Measured of each dev set.
        measurements: Number of times that they are.
        workers: Processes that draw windows, for each one that trains.
    """

    questions: int
    chunk_tokens: int
    dropout: float
    rate: tuple[float, float]
    dev_questions: int
    measurements: int
    workers: int


DEVICES = {
    "cpu": Device(8, 1024, 0.0, (8e-5, 2e-4), 100, 3, 0),
    "cuda": Device(112, 16384, 0.1, (1.5e-4, 3e-4), 400, 6, 8),
}


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the training command."""
    options = _parser().parse_args(arguments)
    cuda = options.device == "cuda"
    if cuda and not torch.cuda.is_available():
        raise ArchiveError("torch finds no CUDA device: give --device cpu")
    if options.teacher is None and options.layers is not None:
        raise ArchiveError("--layers needs a teacher: give --teacher WEIGHTS")
    options.out.mkdir(parents=True, exist_ok=True)
    count = torch.cuda.device_count() if cuda else os.cpu_count() or 1
    run(options.processes or count, cuda, train, options)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m qa.training train", description=__doc__)
    parser.add_argument("pack", type=Path, help="the training data, one file")
    parser.add_argument("--out", type=Path, required=True, help="folder for the run's files")
    device = "cuda" if torch.cuda.is_available() else "cpu"
    parser.add_argument("--device", choices=sorted(DEVICES), default=device)
    parser.add_argument("--minutes", type=float, default=55.0, help="time to train (55)")
    parser.add_argument("--steps", type=int, help="number of steps, instead of the time")
    parser.add_argument("--start", type=Path, help="a reader's weights (default: the encoder's)")
    parser.add_argument("--seed", type=int, default=3)
    parser.add_argument("--rate", type=float, help="highest learning rate")
    parser.add_argument("--processes", type=int, help="default: one for each core or GPU")
    parser.add_argument("--questions", type=int, help="read by each process at each step")
    parser.add_argument("--dev-questions", type=int, help="of each set, measured while training")
    parser.add_argument("--frozen-layers", type=int, default=0, help="lowest layers not trained")
    parser.add_argument("--layers", type=int, help="size of a student, distilled from a teacher")
    parser.add_argument("--teacher", type=Path, help="a reader's weights to distil")
    return parser


def train(team: Team, options: argparse.Namespace) -> None:
    """Run one process's part of the training."""
    settings = DEVICES[options.device]
    cuda = options.device == "cuda"
    if not cuda:
        torch.set_num_threads(1)
    torch.manual_seed(options.seed)  # the head's first weights are the same in each process
    device = torch.device("cuda", team.rank) if cuda else torch.device("cpu")
    pack = read_pack(options.pack)
    model, loss = _model(options, pack, settings.dropout, device)
    torch.manual_seed(options.seed + team.rank)
    texts = pack.splits["train"]
    steps = Steps(
        GroupSampler(pack, texts),
        Rows(pack, texts),
        Schedule(pack, texts, options.seed),
        questions=options.questions or settings.questions,
        chunk_tokens=settings.chunk_tokens,
        seed=options.seed,
        team=team,
    )
    count = settings.dev_questions if options.dev_questions is None else options.dev_questions
    sets = load_dev_sets(pack, count) if count else []
    rate = options.rate or settings.rate[0 if options.start or options.teacher else 1]
    Run(
        model=model,
        steps=steps,
        plan=Plan(options.minutes, options.steps, rate, settings.measurements if sets else 0),
        loss=loss,
        measure=DevScores(sets, team, settings.chunk_tokens),
        out=options.out,
        team=team,
        workers=settings.workers,
        device=device,
    ).train()


def _model(
    options: argparse.Namespace, pack: Pack, dropout: float, device: torch.device
) -> tuple[Reader, Loss]:
    encoder = {name: torch.from_numpy(tensor) for name, tensor in pack.encoder.items()}
    path = options.start or options.teacher
    try:
        model = build_reader(
            encoder,
            read_weights(path) if path else None,
            layers=options.layers,
            frozen=options.frozen_layers,
            dropout=dropout,
        )
        if options.teacher is None:
            return model.to(device), batch_loss
        teacher = build_reader(encoder, read_weights(options.teacher))
    except (OSError, SafetensorError, KeyError, RuntimeError) as error:
        raise ArchiveError(
            f"cannot read the weights {path} over the encoder of {options.pack} "
            f"({first_line(error)}): give weights of the same encoder"
        ) from error
    return model.to(device), Distillation(teacher.to(device))

"""Train the reader: `python -m qa.training train PACK --out DIR`.

PACK is what `python -m qa.training pack` writes. The run writes DIR/log.jsonl and, at the end and
at each checkpoint, DIR/reader.safetensors. If it is killed, the same command resumes from the last
checkpoint. Recipe: AdamW, warm-up, linear decay; bf16 activations over fp32 weights where that is
faster (CUDA, AMX, AVX512-BF16), dropout on CUDA; the encoder's word embeddings stay as they are.
"""

import argparse
import json
import os
from collections.abc import Sequence
from pathlib import Path

import torch
from safetensors import SafetensorError

from index.errors import ArchiveError, first_line
from qa.reader.quantised import read_weights
from qa.training.data.batches import Rows
from qa.training.data.sampling import GroupSampler
from qa.training.data.schedule import Schedule
from qa.training.data.steps import Steps
from qa.training.model.bert import Reader, build_reader
from qa.training.model.scoring import Distillation, batch_loss
from qa.training.pack.pack_file import Pack, read_pack

from .dev_scores import DevScores, load_dev_sets
from .recipe import DEVICES, Plan
from .team import Team, run
from .training import Loss, Run

# Options that a resumed run must share with the one that it goes on with.
FIXED = ("seed", "start", "teacher", "layers", "frozen_layers", "questions", "processes")


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command; return its exit status.

    Raises:
        ArchiveError: The options do not fit together, or a file cannot be read.
    """
    options = _parser().parse_args(arguments)
    cuda = options.device == "cuda"
    if cuda and not torch.cuda.is_available():
        raise ArchiveError("torch finds no CUDA device: give --device cpu")
    if (options.teacher is None) != (options.layers is None):
        raise ArchiveError("a student needs both --layers N and --teacher WEIGHTS: give both")
    settings = DEVICES[options.device]
    options.questions = options.questions or settings.questions
    if options.dev_questions is None:
        options.dev_questions = settings.dev_questions
    if not options.processes:
        options.processes = torch.cuda.device_count() if cuda else os.cpu_count() or 1
    options.out.mkdir(parents=True, exist_ok=True)
    _keep_options(options)
    run(options.processes, train, options, cuda=cuda)
    return 0


def _keep_options(options: argparse.Namespace) -> None:
    """Write down the options of a new run; see that those of a resumed one are the same."""
    path = options.out / "options.json"
    given = {name: str(getattr(options, name)) for name in FIXED}
    if not path.exists():
        path.write_text(json.dumps(given, indent=1), "utf-8")
    for name, value in json.loads(path.read_text("utf-8")).items():
        if given[name] != value:
            option = "--" + name.replace("_", "-")
            raise ArchiveError(
                f"{options.out} holds a run with {option} {value}, not {given[name]}: "
                "give the same options to resume it, or another --out"
            )


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
    parser.add_argument(
        "--save-seconds", type=float, default=240.0, help="time between two checkpoints (240)"
    )
    parser.add_argument("--questions", type=int, help="read by each process at each step")
    parser.add_argument("--dev-questions", type=int, help="of each set, measured while training")
    parser.add_argument("--frozen-layers", type=int, default=0, help="lowest layers not trained")
    parser.add_argument("--layers", type=int, help="size of a student, distilled from a teacher")
    parser.add_argument("--teacher", type=Path, help="a reader's weights to distil")
    return parser


def train(team: Team, options: argparse.Namespace) -> None:
    """Run one process's part of the training."""
    settings = DEVICES[options.device]
    device = torch.device("cuda", team.rank) if options.device == "cuda" else torch.device("cpu")
    torch.set_num_threads(1)
    torch.manual_seed(options.seed)  # the head's first weights are the same in each process
    pack = read_pack(options.pack)
    model, loss = _model(options, pack, settings.dropout, device)
    torch.manual_seed(options.seed + team.rank)  # but dropout differs
    sets = load_dev_sets(pack, options.dev_questions) if options.dev_questions else []
    rate = options.rate or settings.rate[0 if options.start or options.teacher else 1]
    Run(
        model=model,
        steps=_steps(options, pack, team),
        plan=Plan(
            options.minutes,
            options.steps,
            rate,
            measurements=settings.measurements if sets else 0,
            save_seconds=options.save_seconds,
        ),
        loss=loss,
        measure=DevScores(sets, team, settings.chunk_tokens),
        out=options.out,
        team=team,
        device=device,
        workers=settings.workers,
    ).train()


def _steps(options: argparse.Namespace, pack: Pack, team: Team) -> Steps:
    texts = pack.splits["train"]
    return Steps(
        GroupSampler(pack, texts),
        Rows(pack, texts),
        Schedule(pack, texts, options.seed),
        questions=options.questions,
        chunk_tokens=DEVICES[options.device].chunk_tokens,
        seed=options.seed,
        rank=team.rank,
        size=team.size,
    )


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

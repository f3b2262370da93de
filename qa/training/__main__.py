"""The commands of training: `python -m qa.training COMMAND`.

Each is imported only when it is called: `train` needs nothing but numpy, torch and safetensors.
"""

import sys
from collections.abc import Sequence
from importlib import import_module

from index.errors import run

COMMANDS = {
    "pack": ("qa.training.pack.command", "put all that training needs into one file"),
    "held-out": ("qa.training.pack.held_out_command", "write the articles that are not trained on"),
    "train": ("qa.training.run.command", "train the reader on a pack"),
    "check": ("qa.training.run.check", "whether a pack's windows give the answer away"),
    "calibrate": ("qa.training.calibration.command", "fit the reader's confidence"),
    "encoder": ("qa.training.tuning.command", "tune the encoder on a pack"),
    "ship-encoder": ("qa.training.tuning.ship", "make tuned weights the bundled encoder"),
}


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one of the commands; return its exit status."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    if given[:1] and given[0] in COMMANDS:
        return import_module(COMMANDS[given[0]][0]).main(given[1:]) or 0
    lines = [f"  {name:12}  {what}" for name, (_, what) in COMMANDS.items()]
    usage = "\n".join(["usage: python -m qa.training COMMAND ...", "", *lines])
    if given[:1] in (["-h"], ["--help"]):
        print(usage)
        return 0
    sys.exit(usage)


if __name__ == "__main__":
    sys.exit(run(main))

"""`python -m qa.training`: train the reader. With a command first, one of those below.

    calibrate     fit the reader's confidence
    encoder       tune the encoder
    ship-encoder  make tuned weights the bundled encoder

The commands are modules of their own because the training processes that they spawn cannot import
this one.
"""

import sys
from collections.abc import Sequence
from importlib import import_module

COMMANDS = {
    "calibrate": "qa.training.run.calibrate",
    "encoder": "qa.training.tuning.command",
    "ship-encoder": "qa.training.tuning.ship",
}


def main(arguments: Sequence[str] | None = None) -> None:
    """Run one of the commands; training is the default."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    module = COMMANDS.get(given[0]) if given else None
    import_module(module or "qa.training.run.command").main(given[1:] if module else given)


if __name__ == "__main__":
    main()

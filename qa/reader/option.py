"""The option `--reader` of the commands that answer."""

import argparse

from .identity import FAST


def add_reader_option(parser: argparse.ArgumentParser) -> None:
    """Add `--reader`; its value is what `Reader.load` takes."""
    parser.add_argument(
        "--reader",
        metavar="MODEL",
        help=f"another reader: '{FAST}', which takes about half the time to read but is right less "
        "often, above all across languages; or an extractive question-answering model of Hugging "
        "Face, by folder, or by name if it was downloaded before",
    )

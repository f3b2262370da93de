"""The option `--reader` of the commands that answer."""

import argparse


def add_reader_option(parser: argparse.ArgumentParser) -> None:
    """Add `--reader`; its value is what `Reader.load` takes."""
    parser.add_argument(
        "--reader",
        metavar="MODEL",
        help="an extractive question-answering model of Hugging Face, by folder, or by name if it "
        "was downloaded before, instead of the bundled one",
    )

"""The option `--reader`."""

import argparse

from qa.reader.option import add_reader_option


def test_its_value_is_what_the_reader_takes() -> None:
    parser = argparse.ArgumentParser()
    add_reader_option(parser)
    assert parser.parse_args([]).reader is None
    assert parser.parse_args(["--reader", "models/squad"]).reader == "models/squad"

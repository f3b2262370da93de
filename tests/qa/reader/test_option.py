"""The option `--reader`."""

import argparse

from qa.reader.identity import FAST
from qa.reader.option import add_reader_option


def test_its_value_is_what_the_reader_takes() -> None:
    parser = argparse.ArgumentParser()
    add_reader_option(parser)
    assert parser.parse_args([]).reader is None
    assert parser.parse_args(["--reader", "models/squad"]).reader == "models/squad"


def test_its_help_says_what_the_fast_reader_gains_and_costs() -> None:
    parser = argparse.ArgumentParser()
    add_reader_option(parser)
    said = " ".join(parser.format_help().split())
    assert f"'{FAST}', which takes about half the time to read but is right less often" in said

"""The option --index."""

import argparse

import pytest

from index.store.option import add_index_option


def parsed(*arguments: str, several: bool = False) -> object:
    parser = argparse.ArgumentParser()
    add_index_option(parser, several=several)
    first = parser.parse_args(arguments).index
    assert parser.parse_args(arguments).index == first  # the first parse left nothing behind
    return first


def test_one_index_is_a_place() -> None:
    assert (parsed(), parsed("--index", "a")) == (".index", "a")


def test_several_are_a_list() -> None:
    assert parsed(several=True) == [".index"]
    assert parsed("--index", "a", "--index", "b", several=True) == ["a", "b"]


def test_a_second_one_is_not_passed_over_in_silence(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        parsed("--index", "a", "--index", "b")
    assert "--index is given twice: this command takes one index" in capsys.readouterr().err

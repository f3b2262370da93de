"""Every system offers what the benchmark calls."""

import inspect

import pytest

from qa.benchmarks.peers.ours import Ours
from qa.benchmarks.peers.system import System


@pytest.mark.parametrize("name", ["build", "save", "search", "answer", "read"])
def test_our_system_has_the_methods_of_the_interface(name: str) -> None:
    expected, ours = getattr(System, name), getattr(Ours, name)
    assert list(inspect.signature(ours).parameters) == list(inspect.signature(expected).parameters)

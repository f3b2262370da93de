"""The option `--index` of every command."""

import argparse
from collections.abc import Sequence
from typing import Any

DEFAULT = ".index"
ONE = "folder or address of the index (.index)"
SEVERAL = f"{ONE}; several are asked together, each as WHERE or NAME=WHERE"


def add_index_option(parser: argparse.ArgumentParser, *, several: bool = False) -> None:
    """Add `--index`; its value is a place, or with `several` a list of places.

    A command for one index refuses a second one, so that none is passed over in silence.
    """
    if several:
        parser.add_argument(
            "--index", action=_Each, default=[DEFAULT], metavar="WHERE", help=SEVERAL
        )
    else:
        parser.add_argument("--index", action=_Once, default=DEFAULT, metavar="WHERE", help=ONE)


class _Each(argparse.Action):
    """Append to a list; the first value replaces the default."""

    def __call__(
        self, parser: argparse.ArgumentParser, namespace: argparse.Namespace,
        values: str | Sequence[Any] | None, option_string: str | None = None,
    ) -> None:  # fmt: skip
        given = getattr(namespace, self.dest)
        setattr(namespace, self.dest, [*([] if given is self.default else given), values])


class _Once(argparse.Action):
    """Store a value; a second one is an error."""

    _given: argparse.Namespace | None = None

    def __call__(
        self, parser: argparse.ArgumentParser, namespace: argparse.Namespace,
        values: str | Sequence[Any] | None, option_string: str | None = None,
    ) -> None:  # fmt: skip
        if self._given is namespace:
            parser.error("--index is given twice: this command takes one index at a time")
        self._given = namespace
        setattr(namespace, self.dest, values)

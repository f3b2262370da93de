"""The lines of a table as its parser draws them: counted, limited, and given back on demand."""

import io
from collections import deque
from collections.abc import Iterator, Sequence
from typing import Any, BinaryIO, TextIO

from index.errors import UnreadableError
from index.formats.limits import MAX_ARTICLE
from index.formats.seed_file import CHUNK


class Lines(Iterator[str]):
    """Yields lines with their ends. A row is the lines drawn since `begin_row`.

    `first` is the number of the row's first line, and `row` the lines themselves.
    """

    def __init__(self, text: TextIO) -> None:
        self._text, self._again = text, deque[str]()
        self._number = 0  # of lines drawn
        self._size = 0  # characters of the row
        self.row: list[str] = []
        self.first = 1

    def begin_row(self) -> None:
        """Let the next line begin a row."""
        self.row, self._size, self.first = [], 0, self._number + 1

    def __next__(self) -> str:
        """Return the next line.

        Raises:
            UnreadableError: The row is longer than an article may be.
        """
        line = self._again.popleft() if self._again else self._text.readline(MAX_ARTICLE + 1)
        if not line:
            raise StopIteration
        self._number += 1
        self._size += len(line)
        self.row.append(line)
        if self._size > MAX_ARTICLE:
            raise UnreadableError(
                f"is longer than {MAX_ARTICLE // 1_000_000} MB, the limit for one article: "
                "perhaps a quote is not closed"
            )
        return line

    def push_back(self, lines: Sequence[str]) -> None:
        """Give lines back, the last that were drawn: they are drawn again."""
        self._again.extendleft(reversed(lines))
        self._number -= len(lines)

    def skip_row(self) -> bool:
        """Read to the end of a row that is too long: of the line in which its quotes are closed.

        Returns:
            Whether they are closed before the file ends.
        """
        quotes = sum(line.count('"') for line in self.row)
        line = self.row[-1]
        self.row = []
        while line and (quotes % 2 or not line.endswith(("\n", "\r"))):
            whole = line.endswith(("\n", "\r"))
            line = self._again.popleft() if self._again else self._text.readline(CHUNK)
            quotes += line.count('"')
            self._number += whole and bool(line)
        return quotes % 2 == 0


class Stream(io.RawIOBase):
    """Some bytes that were read already, then the rest of their file."""

    def __init__(self, head: bytes, rest: "io.BufferedReader[Any] | BinaryIO") -> None:
        self._head, self._rest = memoryview(head), rest

    def readable(self) -> bool:
        """It is."""
        return True

    def readinto(self, buffer: Any) -> int:
        """Fill the start of `buffer`; 0 at the end."""
        if self._head:
            data = self._head[: len(buffer)]
            self._head = self._head[len(data) :]
        else:
            data = memoryview(self._rest.read(min(len(buffer), CHUNK)))
        buffer[: len(data)] = data
        return len(data)

"""How much is unpacked of one seed file: bombs are refused, and no file fills memory or disk.

The figures are also in index/README.md; a file that reaches one is refused by name, with it.
"""

from index.errors import UnreadableError

LARGEST = 10_000_000  # bytes of one article: its text, page or feed
DOCUMENT = 50_000_000  # bytes of a PDF, a Word file or a mail: mostly pictures and attachments
TOTAL = 20_000_000_000  # bytes unpacked of one seed file, over all its layers
RATIO, FREE = 200, 50_000_000  # times a file's own size, and the bytes from which that counts
MEMBERS = 100_000  # of all archives in one seed file
DEPTH = 4  # archives in archives; a .tar.gz is two
NESTED = 1_000_000_000  # bytes of a zip inside of another archive: it needs a copy on disk
DIRECTORY, HEADER = 16_000_000, 1_000_000  # bytes of a zip's list of members, of a tar's header
MEMORY = 300_000_000  # bytes that unpacking .xz may use; `xz -9` asks for 65 million


class LimitError(UnreadableError):
    """More than may be unpacked of one seed file: ends the reading of all of it."""


class Budget:
    """What may still be unpacked of one seed file of `size` bytes; all its layers share it."""

    def __init__(self, size: int) -> None:
        self._size, self._members, self._unpacked = size, 0, 0

    def spend(self, count: int) -> None:
        """Count bytes that were unpacked. Raises LimitError when they are too many."""
        self._unpacked += count
        self._check(self._unpacked)

    def expect(self, count: int) -> None:
        """Refuse at once what says of itself that it unpacks to too many bytes."""
        self._check(self._unpacked + count)

    def count_members(self, count: int = 1) -> None:
        self._members += count
        if self._members > MEMBERS:
            raise LimitError(f"holds more than {MEMBERS} files: {SPLIT}")

    def _check(self, unpacked: int) -> None:
        if unpacked > TOTAL:
            raise LimitError(f"unpacks to more than {TOTAL // 1_000_000_000} GB: {SPLIT}")
        if unpacked > max(FREE, RATIO * self._size):
            raise LimitError(
                f"unpacks to more than {RATIO} times its {self._size / 1e6:.1f} MB, "
                f"like a bomb: {SPLIT}"
            )


SPLIT = "if you trust it, unpack it and put its files into the seeds folder"

"""Limits on what is unpacked from one seed file, so that no file can fill memory or disk.

A file that exceeds a limit is refused with the figure; the figures are documented for users.
"""

from index.errors import UnreadableError

# in bytes
MAX_ARTICLE = 10_000_000  # the text, page or feed of one article
MAX_DOCUMENT = 50_000_000  # a PDF, Word file or mail: mostly pictures and attachments
MAX_UNPACKED = 20_000_000_000  # unpacked from one seed file, over all its layers
MAX_NESTED_ZIP = 1_000_000_000  # a zip inside another archive: it needs a copy on disk
MAX_ZIP_DIRECTORY = 16_000_000  # a zip's list of members
MAX_HEADER = 1_000_000  # the header of a tar member or of a web archive's record
MAX_XZ_MEMORY = 300_000_000  # for decompressing .xz; `xz -9` needs 65 million

MAX_RATIO = 200  # unpacked size over the file's own size ...
RATIO_APPLIES_FROM = 50_000_000  # ... once so many bytes are unpacked
MAX_MEMBERS = 100_000  # over all archives in one seed file
MAX_DEPTH = 4  # archives within archives; a .tar.gz counts as two

ADVICE = "if you trust it, unpack it and put its files into the seeds folder"


class LimitError(UnreadableError):
    """A seed file exceeds what may be unpacked from it; nothing more of it is read."""


class Budget:
    """What may still be unpacked from one seed file of `size` bytes, shared by all its layers."""

    def __init__(self, size: int) -> None:
        self._size, self._members, self._unpacked = size, 0, 0

    def spend(self, count: int) -> None:
        """Count `count` unpacked bytes.

        Raises:
            LimitError: The budget is exceeded.
        """
        self._unpacked += count
        self._check(self._unpacked)

    def check_declared(self, count: int) -> None:
        """Check a size that an archive declares, before anything is unpacked.

        Raises:
            LimitError: Unpacking `count` more bytes would exceed the budget.
        """
        self._check(self._unpacked + count)

    def count_members(self, count: int = 1) -> None:
        """Count `count` members of an archive.

        Raises:
            LimitError: There are more than MAX_MEMBERS.
        """
        self._members += count
        if self._members > MAX_MEMBERS:
            raise LimitError(f"holds more than {MAX_MEMBERS} files: {ADVICE}")

    def _check(self, unpacked: int) -> None:
        if unpacked > MAX_UNPACKED:
            raise LimitError(f"unpacks to more than {MAX_UNPACKED // 1_000_000_000} GB: {ADVICE}")
        if unpacked > max(RATIO_APPLIES_FROM, MAX_RATIO * self._size):
            raise LimitError(
                f"unpacks to more than {MAX_RATIO} times its {self._size / 1e6:.1f} MB, "
                f"like a zip bomb: {ADVICE}"
            )

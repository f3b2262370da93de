"""What must be remembered of a FAISS file to trust it: its name, its checksum and its form."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class FaissState:
    """The FAISS file of one generation. The defaults describe an exact index."""

    file: str = ""  # its name
    crc: int = 0  # CRC-32 of the file
    last: int = 0  # highest passage id in a product-quantised file; 0: exact, holds all
    trained: int = 0  # how many passages there were when its codes were learned
    depth: int = 0  # candidates by code that are scored exactly; 0: exact
    recall: float = 1.0  # recall@10 against exact search, on a sample when the file was written

    @property
    def exact(self) -> bool:
        """Whether the file holds the vectors themselves."""
        return not self.depth

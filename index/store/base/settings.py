"""What an index remembers of how it was made, whichever backend stores it.

What a backend needs beside that (the name of its FAISS file, say) is its own and not in here.
"""

from dataclasses import dataclass

from index.encoder.bundled import EARLIER_NAME, NAME
from index.encoder.sentence import Encoder
from index.errors import ArchiveError
from index.text.terms import READABLE, VERSION


@dataclass(frozen=True, slots=True)
class Settings:
    """How an index was made, and which build published it."""

    encoder: str
    revision: str  # of the encoder
    dimension: int
    passage_tokens: int
    rules: int  # version of the cleaning rules
    terms: int  # version of the keyword terms
    generation: int = 0  # counts the builds that published something
    published: str = ""  # when, UTC, ISO 8601
    passages: int = -1  # how many; -1 in an index of an earlier version, which did not count them
    column: str = ""  # of tables, where their texts are; "": under a name that is known
    front_pages: bool = False  # whether front pages and lists of links are read
    versions: str = "note"  # one of versions.MODES: what is kept of texts that were replaced
    identity: str = ""  # random: of an index that is built from scratch in its place, another

    def require_terms(self, where: str) -> None:
        """Check that today's questions find the keywords; another spelling may wait for a build.

        Raises:
            ArchiveError: The index at `where` was made by rules of another kind.
        """
        if self.terms not in READABLE:
            raise ArchiveError(
                f"the keywords of the index in '{where}' were made by rules {self.terms}, this "
                f"version asks by rules {VERSION}: bring it up to date with  "
                f"python -m index SEEDS --index {where}"
            )

    def require_encoder(self, encoder: Encoder, where: str) -> None:
        """Check that `encoder` is the one that the index was built with.

        Raises:
            ArchiveError: It is another one; the message names both and the command that changes it.
        """
        given = (encoder.name, encoder.revision, encoder.dimension)
        if given != (self.encoder, self.revision, self.dimension):
            bundled = encoder.name == NAME and self.encoder in (NAME, EARLIER_NAME)
            option = "" if bundled else f" --encoder {encoder.name}"
            raise ArchiveError(
                f"the index in '{where}' was built with the encoder '{self.encoder}' (revision "
                f"{self.revision}, {self.dimension} dimensions), not with '{encoder.name}' "
                f"(revision {encoder.revision}, {encoder.dimension} dimensions): "
                "embed it again with  "
                f"archive-qa build SEEDS --index {where} --re-embed{option}"
            )

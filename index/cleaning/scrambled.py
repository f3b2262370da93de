"""Leave out paragraphs whose letters are scrambled, as behind some paywalls, or decoded wrongly."""

import re

from index.text.language import LETTERS, is_no_language

from .boilerplate import Block

MIN_LETTERS = 120  # in fewer a list of names may look scrambled
SAMPLE = 300  # characters of a paragraph
# two of these make a detection unnecessary, which would take most of the time
COMMON_WORDS = {
    "the", "and", "was", "for", "that", "with", "has", "from", "said", "which", "der", "die",
    "und", "das", "den", "von", "mit", "ist", "des", "les", "une", "dans", "pour", "que", "est",
    "los", "las", "del", "por", "con", "una", "para", "che", "della", "per", "nel", "het", "een",
    "van", "dat", "att", "och", "som", "det", "til", "ikke", "ett", "för", "har", "nie", "się",
    "jest", "już", "tak", "при", "что", "как", "это", "для", "его", "она", "není", "jsou",
    "které", "hogy", "nem", "egy", "este", "din", "care", "pentru", "sau", "için", "bir",
    "olarak", "daha", "ini", "yang", "dengan", "dan", "untuk", "của", "là", "và", "không",
}  # fmt: skip
SHORT_WORD = re.compile(r"\b[^\W\d_]{3,7}\b")


def without_scrambled(blocks: list[Block]) -> tuple[list[Block], int]:
    """Return the blocks that are in some language, and the number of those that are not."""
    kept = [block for block in blocks if not _is_scrambled(block)]
    return kept, len(blocks) - len(kept)


def _is_scrambled(block: Block) -> bool:
    sample = block.text[:SAMPLE]
    if len(sample) < MIN_LETTERS or len(COMMON_WORDS.intersection(SHORT_WORD.findall(sample))) > 1:
        return False
    return len(LETTERS.findall(sample)) >= MIN_LETTERS and is_no_language(sample)

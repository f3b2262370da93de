"""Each reason for not showing a source has a sentence, also on the page in each language."""

from qa.chat.words import WORDS
from qa.source_view.problems import SENTENCES, SourceError


def test_every_code_has_sentences() -> None:
    for code, sentence in SENTENCES.items():
        assert str(SourceError(code, "a.pdf")) == sentence.format("a.pdf")
        assert all(words[f"source_{code}"] for words in WORDS.values())

"""The content of a block is what is left without marks and captions."""

from index.cleaning.lines import content, has_mark, is_short, looks_like_headline


def test_content_is_without_captions_and_marks() -> None:
    assert content("A man eats.\nAI-generated image") == ""
    assert content("Words.") == "Words."
    assert has_mark("Reported by AI")
    assert not has_mark("She reported by AI-driven means.")


def test_headlines_are_short_and_not_sentences() -> None:
    assert looks_like_headline("Man eats dog")
    assert not looks_like_headline("He did.")
    assert not is_short("two\nlines")
    assert not is_short("x" * 201)

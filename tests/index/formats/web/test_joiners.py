"""Joiners survive the extractor, also in titles and entities."""

import pytest

from index.formats.web.html import from_html


@pytest.mark.parametrize("joined", ["می\u200cشود", "می&zwnj;شود", "می&#8204;شود"])
def test_a_persian_word_keeps_its_non_joiner(joined: str) -> None:
    sentence = f"این خبر امروز در روزنامه چاپ {joined}. "
    text, metadata = from_html(
        f"<html><head><title>{joined}</title></head><body><h1>{joined}</h1>"
        f"<article><p>{sentence * 9}</p></article></body></html>"
    )
    assert text.count("می\u200cشود") >= 9
    assert metadata["title"] == "می\u200cشود"


def test_a_joiner_within_an_emoji_stays() -> None:
    sentences = "The crew 👩\u200d🚀 came home. " * 20
    text, _ = from_html(f"<html><body><article><p>{sentences}</p></article></body></html>")
    assert "👩\u200d🚀" in text

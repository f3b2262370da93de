"""The parts of a generated page."""

from index.benchmarks.pages.content import make_content
from index.benchmarks.pages.parts import joined, page, paragraphs


def test_sentences_are_joined_as_their_language_does() -> None:
    assert joined(make_content("en", 1), ("One.", "Two.")) == "One. Two."
    assert joined(make_content("ja", 1), ("一。", "二。")) == "一。二。"


def test_every_page_has_the_furniture_of_its_header_and_footer() -> None:
    content = make_content("fr", 1)
    made = page(content, paragraphs(content, stop=1), ("x",), ("box",))
    assert made.furniture == ("box", content.footer, *content.nav)
    assert made.html.count("<p>") == 2

"""What is wrong with an article and its passages, from their rows alone."""

from index.store.base.digest import of_text, with_rules
from index.store.base.verbatim import PassageRow, wrong_article, wrong_text_digest
from tests.support.written import article

STORED = article("a", "Rain. Fog.")
DIGEST = with_rules(STORED, (128, 1))


def row(start: int, end: int, text: str | None = None, kind: str = "body") -> PassageRow:
    text = STORED.text[start:end] if text is None else text
    return start + 1, start, end, kind, None, of_text(text)


def sentences(*rows: PassageRow, digest: bytes = DIGEST) -> list[str]:
    return [problem.sentence for problem in wrong_article(STORED, 7, digest, rows)]


def test_verbatim_and_complete_passages_are_right() -> None:
    assert sentences(row(0, 5), row(6, 10)) == []


def test_an_article_that_is_not_its_seeds_is_told() -> None:
    other = with_rules(article("a", "Other."), (128, 1))
    said = "the article 'a' is not what was read from a"
    assert sentences(row(0, 10), digest=other) == [said]
    assert sentences(row(0, 10), digest=b"") == [said]


def test_an_article_that_cannot_be_found_by_its_text_is_told() -> None:
    assert list(wrong_text_digest(STORED, 7, of_text(STORED.text))) == []
    for stored in (of_text("Other."), None):
        (problem,) = wrong_text_digest(STORED, 7, stored)
        assert problem.sentence == "the article 'a' cannot be found by its text"
        assert problem.article == 7


def test_wrong_passages_are_told() -> None:
    assert sentences(row(0, 5, "Ruin."), row(6, 10)) == [
        "passage 1 of 'a' is not the text that was embedded"
    ]
    assert sentences(row(0, 10, kind="title")) == ["passage 1 of 'a' is no title of that article"]
    assert sentences(row(0, 99)) == [
        "passage 1 of 'a' is from 0 to 99 of 10 characters",
        "the end of 'a', from 0, is in no passage",
    ]


def test_gaps_and_overlaps_are_told() -> None:
    assert sentences(row(6, 10)) == [
        "passage 7 of 'a' comes after 6 characters that are in no passage"
    ]
    assert sentences(row(0, 5)) == ["the end of 'a', from 5, is in no passage"]
    assert sentences(row(0, 8), row(6, 10)) == ["passage 7 of 'a' overlaps the one before it"]

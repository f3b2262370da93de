"""Permalinks: made, parsed, and refused whatever somebody put into them."""

import pytest

from index.article import Article
from index.errors import ArchiveError
from index.store.base.digest import of_text
from qa.permalink import MAX_LINK, MAX_QUOTE, Permalink, digest_of, link_to, parse, permalink_of

DIGEST = "0123456789abcdef" * 2
TEXT = 'Fog (thick) & "rain" + 100%\n\n雾。😀 <b>?q=#'


def article(text: str) -> Article:
    return Article("a", None, text, None, "en", "a")


def test_a_link_has_the_digest_the_span_and_the_quote() -> None:
    link = link_to(article(TEXT), 0, 3)
    assert str(link) == f"/#/a/{of_text(TEXT).hex()}/0-3?q=Fog"
    assert digest_of(article(TEXT)) == of_text(TEXT).hex()
    assert link_to(article(TEXT)) == Permalink(link.digest, 0, len(TEXT), TEXT)
    assert permalink_of("", 0, 3, "Fog") is None


@pytest.mark.parametrize("page", ["", "http://127.0.0.1:7860", "https://news.example/qa"])
def test_a_link_is_parsed_to_what_it_was_made_of(page: str) -> None:
    link = link_to(article(TEXT))
    assert parse(f"{page}{link}") == link
    assert link.whole
    assert set("<>()[]\"'` \n&") & set(str(link)) == set()


def test_a_link_does_not_end_with_what_ends_a_sentence() -> None:
    link = link_to(article("It _rained_. ~Twice~."))
    assert str(link).endswith("%7ETwice%7E%2E")
    assert parse(str(link)) == link


def test_a_long_quote_is_cut_and_still_parsed() -> None:
    text = "😀" * (MAX_QUOTE + 1)
    link = link_to(article(text))
    assert (len(link.quote), link.end, link.whole) == (MAX_QUOTE, MAX_QUOTE + 1, False)
    assert len(str(link)) <= MAX_LINK
    assert parse(str(link)) == link


def test_a_link_needs_no_quote() -> None:
    assert parse(f"/#/a/{DIGEST}/3-9") == Permalink(DIGEST, 3, 9)
    assert str(Permalink(DIGEST, 3, 9)) == f"/#/a/{DIGEST}/3-9"


@pytest.mark.parametrize(
    "address",
    [
        "",
        "/#/a/",
        f"/#/a/{DIGEST[1:]}/0-1",
        f"/#/a/{DIGEST.upper()}/0-1",
        f"/#/a/{DIGEST}/1-0",
        f"/#/a/{DIGEST}/0-9999999999",
        f"/#/a/{DIGEST}/٣-٤",
        f"/#/a/{DIGEST}/0-1?q=%ff",
        f"/#/a/{DIGEST}/0-1?q=<script>",
        f"/#/a/{DIGEST}/0-1?q=a&b=c",
        f"/#/a/{DIGEST}/0-1?q=a b",
        f"/#/a/{DIGEST}/0-1\n",
        f"/#/a/{DIGEST}/0-1?q={'a' * (MAX_QUOTE + 1)}",
        f"{'x' * MAX_LINK}/#/a/{DIGEST}/0-1",
    ],
)
def test_anything_else_is_refused_in_a_sentence(address: str) -> None:
    with pytest.raises(ArchiveError, match="no permalink of an archive") as error:
        parse(address)
    assert len(str(error.value)) < 300

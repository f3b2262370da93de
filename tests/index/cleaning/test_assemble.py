"""Drafts are cleaned into articles, records are taken as they are, and metadata is checked."""

import datetime

import pytest

from index.article import Anchor, Article, Location, Part
from index.cleaning.assemble import from_draft, from_record
from index.errors import UnreadableError
from index.formats.seed_file import Draft, Record
from tests.support.seed_streams import seed_of

TEXT = "The lighthouse keeper counted nine ships before noon and wrote them into his book."
DAY = datetime.date(2025, 10, 28)


def drafted(text: str, name: str = "a.txt", **metadata: object) -> Article:
    return from_draft(seed_of("", name), Draft(name, text, metadata))[0]


def recorded(text: str, identity: str | None = None, **metadata: object) -> Article:
    return from_record(seed_of("", "a.jsonl"), Record("a.jsonl#1", text, metadata, identity))[0]


def slices(article: Article) -> list[tuple[str, str]]:
    return [(part.kind, article.text[part.start : part.end]) for part in article.parts]


def test_parts_are_slices_of_the_text() -> None:
    article = drafted(f"Nine ships\n\n{TEXT}\n\n{TEXT}\n\n相关文章\n\nFog came down.\n")
    assert article.text == f"Nine ships\n\n{TEXT}\n\n{TEXT}\n\nFog came down."
    assert slices(article) == [
        ("title", "Nine ships"),
        ("body", f"{TEXT}\n\n{TEXT}"),
        ("teaser", "Fog came down."),
    ]


def test_a_teaser_keeps_its_own_headline() -> None:
    article = drafted(f"Nine ships\n\n{TEXT}\n\nRelated news\n\nFerry to sail\n\n{TEXT}")
    assert [part.title for part in article.parts] == [None, None, "Ferry to sail"]
    assert slices(article)[-1] == ("teaser", f"Ferry to sail\n\n{TEXT}")


def test_a_draft_is_identified_by_its_place_and_dated_by_its_name() -> None:
    article = drafted(TEXT, "2025-10-28 harbour.TXT")
    assert (article.id, article.path, article.place) == ("2025-10-28 harbour.TXT",) * 3
    assert article.date == DAY
    assert (article.title, article.url, article.author) == (None, None, None)
    assert article.language == "en"


def test_the_member_s_name_dates_an_article_before_the_archive_s_name() -> None:
    member = seed_of("", "2025-10-28.txt", path="2024-01-01.zip", place="2024-01-01.zip#x")
    assert from_draft(member, Draft("p", TEXT))[0].date == DAY
    undated = seed_of("", "x.txt", path="2025-10-28.zip")
    assert from_draft(undated, Draft("p", TEXT))[0].date == DAY


@pytest.mark.parametrize("page", [f"Nine ships\n\n{TEXT}", f"{TEXT}\n\nNine  ships\n"])
def test_a_stated_title_comes_first_and_is_not_repeated(page: str) -> None:
    article = drafted(page, title="Nine ships")
    assert article.text == f"Nine ships\n\n{TEXT}"
    assert article.title == "Nine ships"


def test_the_page_s_own_headline_becomes_body_below_a_stated_title() -> None:
    article = drafted(f"Nine ships\n\n{TEXT}", title="Another title")
    assert slices(article) == [("title", "Another title"), ("body", f"Nine ships\n\n{TEXT}")]


@pytest.mark.parametrize("page", ["", "\u00a0", "此网站使用 cookie\n\n接受"])
def test_a_draft_of_furniture_alone_is_refused(page: str) -> None:
    with pytest.raises(UnreadableError, match="has no article text"):
        drafted(page, title="Nine ships")


def test_a_record_keeps_its_text_and_id() -> None:
    text = "  Spaces stay.\r\n\r\nAI 生成的图像\n\n相关文章 "
    article = recorded(text, "x/1", title="T", date="2025-10-28T09:00:00+09:00", language="EN")
    assert (article.id, article.title, article.text) == ("x/1", "T", text)
    assert (article.date, article.language) == (DAY, "en")
    assert (article.path, article.place) == ("a.jsonl", "a.jsonl#1")
    assert article.parts == (Part(0, len(text), "body"),)


def test_a_record_without_id_is_identified_by_its_place() -> None:
    assert recorded(TEXT).id == "a.jsonl#1"


def test_a_record_may_state_its_parts() -> None:
    parts = [{"start": 0, "end": 3, "kind": "title"},
             {"start": 4, "end": 7, "kind": "teaser", "title": "Own"}]  # fmt: skip
    article = recorded("One two", parts=parts)
    assert article.parts == (Part(0, 3, "title"), Part(4, 7, "teaser", "Own"))


def test_a_record_may_state_its_locations() -> None:
    article = recorded("One two", locations=[{"start": 4, "page": 12}])
    assert article.anchors == (Anchor(4, Location(page=12)),)
    record = Record("p", "One two", {"locations": [{"start": 7, "page": 1}]})
    article, [omitted] = from_record(seed_of(""), record)
    assert article.anchors == ()
    assert "its 'locations'" in omitted.what


def test_the_anchors_of_a_draft_are_cleaned_with_its_text() -> None:
    banner = "We use cookies to improve this site.\nAccept all\n\n"
    anchors = (Anchor(0, Location(page=1)), Anchor(len(banner), Location(page=2)))
    draft = Draft("p", f"{banner}{TEXT}", {"title": "Nine ships"}, anchors=anchors)
    article, _ = from_draft(seed_of(""), draft)
    assert article.text == f"Nine ships\n\n{TEXT}"
    assert article.anchors == (Anchor(12, Location(page=2)),)


def test_the_language_is_detected_without_the_teasers() -> None:
    assert drafted(f"{TEXT}\n\n相关文章\n\n{'港务局周二开会。' * 30}").language == "en"


@pytest.mark.parametrize(
    "metadata",
    [{"title": 7.5}, {"title": "\ud800"}, {"date": "soon"}, {"author": [7.5]}, {"url": {}},
     {"language": False}],
)  # fmt: skip
def test_unusable_metadata_costs_only_itself_and_is_named(metadata: dict[str, object]) -> None:
    draft, record = Draft("p", TEXT, metadata), Record("p", TEXT, metadata)
    (key,) = metadata
    for article, omitted in (from_draft(seed_of(""), draft), from_record(seed_of(""), record)):
        assert TEXT in article.text
        assert article.language == "en"
        [left_out] = omitted
        assert left_out.place == "p"
        assert left_out.what.startswith("its '")
        assert key == "author" or key in left_out.what


def test_parts_outside_the_text_make_all_of_it_body() -> None:
    parts = [{"start": 0, "end": 5, "kind": "body"}]
    article, [omitted] = from_record(seed_of(""), Record("p", "One.", {"parts": parts}))
    assert article.parts == (Part(0, 4, "body"),)
    assert "its 'parts'" in omitted.what


def test_an_ambiguous_date_follows_the_language_of_the_article() -> None:
    german = "Der Hafenmeister von Kiel heißt Uwe Thomsen und trat im Frühling sein Amt an."
    assert drafted(german, date="03/04/2025").date == datetime.date(2025, 4, 3)
    assert drafted(TEXT, date="03/04/2025").date is None


def test_scrambled_paragraphs_are_left_out_and_named() -> None:
    gibberish = (
        "Bcc Lfxzv jitgtbsv fn Umzxqlro qi, balo km nqfrfhha Fkfeqqlq vrfo Znxqylz sl lof " * 3
    )
    article, [omitted] = from_draft(seed_of(""), Draft("p", f"{TEXT}\n\n{gibberish}.\n\n{TEXT}"))
    assert article.text == f"{TEXT}\n\n{TEXT}"
    assert omitted.what.startswith("1 paragraphs left out")
    with pytest.raises(UnreadableError, match="is in no language"):
        from_draft(seed_of(""), Draft("p", f"{gibberish}.\n\n{gibberish}."))

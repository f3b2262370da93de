"""Page furniture is removed and text stays: pages shaped like the archive's, in many languages."""

import pytest

from index.cleaning.boilerplate import clean
from tests.support.pages import (
    BODY,
    CAPTION,
    CHINESE,
    HEADLINE,
    LANGUAGES,
    LEAD,
    TEASER,
    full_page,
    page,
)


def kinds(text: str) -> list[tuple[str, str]]:
    return [(block.kind, block.text) for block in clean(text)]


def words(text: str) -> str:
    return " ".join(" ".join(block.text for block in clean(text)).split())


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_whole_page_in_each_language_of_the_site(language: str) -> None:
    assert kinds(full_page(language)) == [
        ("title", HEADLINE),
        ("body", LEAD),
        ("body", BODY),
        ("teaser", f"Ferry to sail in May\n\n{TEASER}"),
        ("teaser", CHINESE),
    ]
    assert [block.title for block in clean(full_page(language))][-2:] == [
        "Ferry to sail in May",
        None,
    ]


def test_a_chinese_body_under_a_chinese_headline() -> None:
    image, *_ = LANGUAGES["zh"]
    text = page(f"图为北航道。\n{image}", "港务局同意疏浚北航道", image, CHINESE, CHINESE)
    assert kinds(text) == [("title", "港务局同意疏浚北航道"), ("body", CHINESE), ("body", CHINESE)]


def test_markers_with_combining_accents() -> None:
    text = page(
        f"{CAPTION}\nImage ge\u0301ne\u0301re\u0301e par IA", HEADLINE, "Reported by AI", LEAD
    )
    assert kinds(text) == [("title", HEADLINE), ("body", LEAD)]


@pytest.mark.parametrize(
    "headline", [HEADLINE, "Will the channel be dredged?", "“Dredge it now!”", "疏浚北航道?"]
)
@pytest.mark.parametrize(
    "top",
    [
        ["{caption}\nAI 生成的图像", "{headline}", "AI 生成的图像"],
        ["{caption}\nAI 生成的图像", "{headline}", "由 AI 报道 AI 生成的图像"],
        ["AI 生成的图像", "{headline}", "由 AI 报道"],
        ["{headline}", "由 AI 报道"],
        ["{headline}", "由 AI 报道", "{caption}\nAI 生成的图像"],
        ["{headline}", "由 AI 报道", "AI 生成的图像"],
        ["{caption}\nAI 生成的图像", "{headline}"],
        ["{headline}"],
    ],
)
def test_the_headline_is_found_with_and_without_picture(top: list[str], headline: str) -> None:
    text = page(*(block.format(caption=CAPTION, headline=headline) for block in top), LEAD, BODY)
    assert kinds(text) == [("title", headline), ("body", LEAD), ("body", BODY)]


@pytest.mark.parametrize("length", [20, 194, 300, 450])
def test_captions_of_any_length_are_removed(length: int) -> None:
    caption = (f"{CAPTION} He said that they were waiting there. " * 10)[: length - 1].strip() + "."
    assert kinds(page(f"{caption}\nAI 生成的图像", HEADLINE, "AI 生成的图像", LEAD)) == [
        ("title", HEADLINE),
        ("body", LEAD),
    ]


def test_a_paragraph_too_long_for_a_caption_stays() -> None:
    long = " ".join([BODY] * 8)
    assert words(page(HEADLINE, LEAD, f"{long}\nAI 生成的图像")) == " ".join([HEADLINE, LEAD, long])


def test_pictures_are_removed_from_the_body() -> None:
    picture = f"{CAPTION}\nAI-generated image"
    text = page(HEADLINE, LEAD, picture, BODY, "AI-generated image", "Short end.", picture)
    assert words(text) == " ".join([HEADLINE, LEAD, BODY, "Short end."])


def test_a_short_paragraph_between_two_pictures_is_not_a_headline() -> None:
    """Article text precedes it, not furniture."""
    text = page(HEADLINE, LEAD, "AI-generated image", "Rain fell.", "AI-generated image", BODY)
    assert words(text) == " ".join([HEADLINE, LEAD, "Rain fell.", BODY])
    text = page(HEADLINE, "Reported by AI", "Rain fell.", "AI-generated image", BODY)
    assert kinds(text)[0] == ("title", HEADLINE)
    assert words(text) == " ".join([HEADLINE, "Rain fell.", BODY])


def test_only_the_line_above_an_image_mark_is_its_caption() -> None:
    text = page(HEADLINE, LEAD, f"{BODY}\n{CAPTION}\nAI 生成的图像\nAI 生成的图像")
    assert words(text) == " ".join([HEADLINE, LEAD, BODY])


def related(*blocks: str) -> list[tuple[str | None, str]]:
    teasers = clean(page(HEADLINE, LEAD, "相关文章", *blocks))[2:]
    assert all(teaser.kind == "teaser" for teaser in teasers)
    return [(teaser.title, teaser.text.split("\n\n")[-1]) for teaser in teasers]


def test_teasers_without_titles() -> None:
    assert related(TEASER, CHINESE, "由 AI 报道", BODY) == [
        (None, TEASER),
        (None, CHINESE),
        (None, BODY),
    ]


def test_teasers_under_pictures_with_titles() -> None:
    picture = f"{CAPTION}\nAI 生成的图像"
    marks = "由 AI 报道 AI 生成的图像"
    assert related(picture, "One?", marks, TEASER, picture, "Two.", marks, CHINESE) == [
        ("One?", TEASER),
        ("Two.", CHINESE),
    ]


def test_teasers_with_titles_but_no_pictures() -> None:
    assert related("Ferry to sail", TEASER, "渡轮五月开航", CHINESE) == [
        ("Ferry to sail", TEASER),
        ("渡轮五月开航", CHINESE),
    ]


def test_a_picture_without_caption_also_precedes_a_title() -> None:
    marks = "由 AI 报道 AI 生成的图像"
    assert related("AI 生成的图像", "Will it sail?", marks, TEASER) == [("Will it sail?", TEASER)]


def test_a_headline_without_a_teaser_is_a_teaser_itself() -> None:
    picture, marks = f"{CAPTION}\nAI 生成的图像", "由 AI 报道 AI 生成的图像"
    assert related(picture, "One", marks, picture, "Two", marks, TEASER, "Last words") == [
        (None, "One"),
        ("Two", TEASER),
        (None, "Last words"),
    ]


@pytest.mark.parametrize("cut", ["…", "...", ""])
def test_truncated_teasers_are_not_headlines(cut: str) -> None:
    first = (
        "The new ferry that will link both shores from May has passed its trials in heavy seas, as"
    )
    first += " the shipyard said on Monday in a long awaited" + cut
    assert related(first, TEASER) == [(None, first), (None, TEASER)]
    chinese = CHINESE.rstrip("。") + "并且将在明年春天之前完成全部工程" + cut
    assert related(chinese, "由 AI 报道", TEASER) == [(None, chinese), (None, TEASER)]


def test_no_related_part_and_no_banner() -> None:
    image = "AI 生成的图像"
    assert words(page(f"{CAPTION}\n{image}", HEADLINE, image, LEAD, BODY)) == " ".join(
        [HEADLINE, LEAD, BODY]
    )


def test_a_related_heading_at_the_top_does_not_end_the_article() -> None:
    assert ("body", BODY) in kinds(page("Related news", HEADLINE, LEAD, BODY))


def test_empty_blocks_within_an_article_change_nothing() -> None:
    assert words(page(HEADLINE, LEAD, "\xa0", "\xa0", BODY)) == " ".join([HEADLINE, LEAD, BODY])
    text = page(HEADLINE, LEAD, "相关文章", "\xa0", TEASER, "\u3000", CHINESE)
    assert words(text) == " ".join([HEADLINE, LEAD, TEASER, CHINESE])


@pytest.mark.parametrize(
    "article",
    [
        # about cookies
        page(
            "Regulator fines bakery over cookies",
            "We use cookies, the company had written in a banner that nobody could close.",
            "This website uses cookies to track people, a second line said.",
            "Accept or reject: there was no third button, the regulator found.",
        ),
        "我们使用 cookie 的网站越来越多,研究人员说。\n\n此网站使用 cookie 是常见的提示,少有人读。",
        # about pictures and reports made by machines
        page(
            "An AI-generated image won the prize",
            "The AI-generated image shows a harbour. It was reported by AI enthusiasts.",
            "AI 生成的图像越来越多,记者由 AI 报道取代了吗?",
        ),
        # a heading's words within a sentence
        page("On reading", "Related articles are what keeps readers here. 相关文章也一样。", BODY),
        # plain text
        LEAD,
        page(LEAD, BODY, CHINESE),
        f"{LEAD}\n{BODY}\n{CHINESE}",
        page("1.", "2.", "3."),
        "no final stop",
        page("Settings", "Close", "OK"),
    ],
)
def test_articles_without_furniture_are_unchanged(article: str) -> None:
    assert words(article) == " ".join(article.split())


def test_line_endings_and_unusual_white_space_change_nothing() -> None:
    text = full_page("zh")
    expected = kinds(text)
    assert kinds(text.replace("\n", "\r\n")) == expected
    assert kinds(text.replace("\n", "\r")) == expected
    assert kinds(text.replace("\n\n", "  \n\u3000\n\t\n\n")) == expected
    assert kinds("\ufeff" + text + "\n") == expected
    assert kinds(text.replace("\n\n", "\n\n\u3000\u3000")) == expected


def test_a_page_of_furniture_alone_has_no_blocks() -> None:
    assert clean(page(f"{CAPTION}\nAI 生成的图像", "\xa0", "此网站使用 cookie", "拒绝")) == []
    assert clean("") == []
    assert clean("\xa0\n\n\xa0") == []


def test_a_lead_that_recurs_on_another_page_is_kept() -> None:
    """Cleaning sees one page at a time, so recurrence alone never removes text."""
    assert all(("body", LEAD) in kinds(full_page(language)) for language in LANGUAGES)
    assert kinds(full_page("en")) == kinds(full_page("en"))


def test_near_matches_are_rejected_in_linear_time() -> None:
    """Patterns that backtrack would not finish."""
    assert clean(page("AI " * 100_000, "image generated by " * 50_000, "cookie " * 50_000))
    assert clean("\n\n".join(["We use " + "x " * 180] * 500))
    assert clean("\n".join(["由 AI 报道 " * 60 + "!"] * 500))

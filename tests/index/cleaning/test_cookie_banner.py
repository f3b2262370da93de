"""Cookie banners are removed; articles about cookies are not."""

import pytest

from index.cleaning.boilerplate import clean
from index.cleaning.cookie_banner import MAX_FOOT, without_banner, without_foot
from tests.support.pages import BODY, HEADLINE, LEAD, TEASER, page

NOTICE, BUTTON = "This website uses cookies", "Accept"


def words(text: str) -> str:
    return " ".join(" ".join(block.text for block in clean(text)).split())


@pytest.mark.parametrize(
    "banner",
    [
        "此网站使用 cookie\n\n我们使用 cookie 进行分析。阅读我们的 隐私政策 以获取更多信息。\n拒绝",
        "此网站使用 cookie\n\n我们使用 cookie 进行分析。\n接受\n拒绝",
        "We use cookies to make this site better. Read our privacy policy to learn more.\nAccept",
        "We use cookies to make this site better.\n\nReject all\n\nManage cookies\n\nAccept all",
        "This website uses cookies\n\nWe use cookies to see what you read.",
        "Cookie settings\n\nThis site uses cookies.\n\nOK",
        "Wir verwenden Cookies, um unsere Seite zu verbessern.\nAblehnen\nAkzeptieren",
    ],
)
def test_banners_are_removed_anywhere_on_the_page(banner: str) -> None:
    expected = " ".join([HEADLINE, LEAD, BODY])
    assert words(page(banner, HEADLINE, LEAD, BODY)) == expected
    assert words(page(HEADLINE, LEAD, banner, BODY)) == expected
    assert words(page(HEADLINE, LEAD, BODY, banner)) == expected
    assert words(page(HEADLINE, LEAD, BODY, "\xa0", "\xa0", banner)) == expected


@pytest.mark.parametrize("middle", [(), ("相关文章", TEASER)])
def test_a_banner_in_an_unlisted_language_is_removed_at_the_foot_of_the_page(
    middle: tuple[str, ...],
) -> None:
    banner = "See veebileht kasutab cookies'eid\n\nLugege meie tingimusi.\nKeeldu"
    text = page(HEADLINE, LEAD, BODY, *middle, "\xa0", "\xa0", "\xa0", banner)
    assert "kasutab" not in words(text)
    assert words(text) == " ".join([HEADLINE, LEAD, BODY, *middle[1:]])


def test_a_banner_may_span_several_blocks() -> None:
    assert without_banner([LEAD, NOTICE, BUTTON, BODY]) == [LEAD, BODY]
    assert without_banner([LEAD, f"{NOTICE}\n{BUTTON}"]) == [LEAD]


@pytest.mark.parametrize("block", [NOTICE, BUTTON, f"{BUTTON}\nReject", f"{NOTICE}.\n{NOTICE}."])
def test_one_sign_alone_is_not_a_banner(block: str) -> None:
    assert without_banner([LEAD, block, BODY]) == [LEAD, block, BODY]


def test_a_foot_without_cookies_stays() -> None:
    blocks = [LEAD, "", "", "Imprint", "Contact"]
    assert without_foot(blocks) == blocks


def test_a_foot_follows_two_empty_blocks_and_an_article() -> None:
    assert without_foot([LEAD, "", "", "Küpsised: cookie"]) == [LEAD]
    for blocks in ([LEAD, "", "cookie"], ["", "", "cookie"]):
        assert without_foot(blocks) == blocks


def test_a_long_foot_stays() -> None:
    blocks = [LEAD, "", "", "cookie " + "x" * MAX_FOOT]
    assert without_foot(blocks) == blocks

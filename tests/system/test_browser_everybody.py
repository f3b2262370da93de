"""For everybody: axe-core on every view, the keyboard, screen readers, right to left, languages."""

import re
from collections.abc import Callable, Iterator

import pytest

from tests.support.browsing import ask, browser, expect, picture, playwright, visit
from tests.support.browsing import pytestmark as pytestmark
from tests.support.everybody import (
    ARABIC,
    ENGLISH,
    HEBREW,
    LIST,
    PHONE,
    QUESTIONS,
    served,
    violations,
)

__all__ = ["browser", "visit"]  # fixtures

Visit = Callable[..., "playwright.Page"]
DRAFT = "The mayor, Ann Lee, said it cost 9.5 million euros. “It rained all day long”, she said."
SPEAKS = {  # the welcome, and the name of an article's language
    "ja": ("何をお調べですか？", "英語"), "de-AT": ("Was möchten Sie wissen?", "Englisch"),
}  # fmt: skip


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with served(tmp_path_factory.mktemp("everybody")) as found:
        yield found


def views(page: "playwright.Page") -> Iterator[str]:
    """Show everything that the page has, and yield the name of each view while it is shown."""
    page.locator(".qa-language-menu").wait_for()
    page.locator("#narrow > button").click()
    page.locator("#days input").first.wait_for()
    yield "empty"
    page.locator("#narrow > button").click()
    reply = ask(page, ENGLISH)
    page.locator("#evidence mark").wait_for(state="attached")
    for summary in page.locator(".qa-reply details > summary").all():
        summary.click()
    yield "answered"
    reply.locator(".qa-cite").first.click()
    page.locator("#evidence mark").first.wait_for()
    page.locator("#evidence .qa-references > summary").click()
    yield "evidence"
    page.keyboard.press("Escape")
    page.locator(".qa-over-time").first.click()
    page.locator(".qa-timeline tr").nth(1).wait_for()
    yield "timeline"
    page.keyboard.press("Escape")
    language = page.locator(".qa-language-menu").input_value()
    line = page.locator("#standing-line")
    before = line.inner_text()
    ask(page, f"find nothing for {language}").locator(".qa-bell").click()
    expect(line).not_to_have_text(before, use_inner_text=True)
    page.locator(".qa-standing").click()
    page.locator(".qa-standing-list .qa-forget").first.wait_for()
    yield "refused, standing questions"
    page.keyboard.press("Escape")
    ask(page, LIST).locator(".qa-items").wait_for()
    page.keyboard.press("Escape")
    yield "list"
    page.locator("#tabs [role=tab]").nth(1).click()
    page.locator("#uploads > button").click()
    page.locator("#save").wait_for()
    yield "archive"
    page.locator(".qa-read").first.click()
    page.locator("#reader .qa-text").wait_for()
    yield "reader"
    page.keyboard.press("Escape")
    page.locator("#tabs [role=tab]").nth(2).click()
    page.locator("#draft textarea").fill(DRAFT)
    page.locator("#check-draft").click()
    page.locator(".qa-claims li").nth(1).wait_for()
    yield "draft"


@pytest.mark.parametrize(
    ("locale", "look"),
    [
        ("en", {"viewport": {"width": 1280, "height": 860}}),
        ("ar", {"viewport": PHONE, "color_scheme": "dark"}),
    ],
)
def test_axe_finds_nothing_wrong_on_any_view(
    visit: Visit, address: str, locale: str, look: dict[str, object]
) -> None:
    page = visit(address, locale=locale, reduced_motion="reduce", **look)
    wrong = {}
    for name in views(page):
        picture(page, f"everybody-{locale}-{name}")
        page.wait_for_timeout(250)  # colours that fade in
        wrong[name] = violations(page)
        width = page.evaluate("document.documentElement.scrollWidth - innerWidth")
        assert width <= 0, name
    assert {name: found for name, found in wrong.items() if found} == {}


def test_everything_is_done_by_keyboard_and_said_once(visit: Visit, address: str) -> None:
    page = visit(address, viewport={"width": 1280, "height": 860}, locale="en")
    page.locator(".qa-language-menu").wait_for()
    page.mouse.click(2, 2)
    page.keyboard.press("Tab")
    expect(page.locator(".qa-to-question")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("#question textarea")).to_be_focused()
    spoken = page.locator(".qa-unseen[role=status]")
    said = spoken.evaluate_handle(
        """e => { const said = []; new MutationObserver(() => said.push(e.textContent))
            .observe(e, {childList: true}); return said; }"""
    )
    page.keyboard.type(ENGLISH)
    page.keyboard.press("Enter")
    page.locator(".qa-reply").wait_for()
    page.locator("#conversation [role=log][aria-live=off][aria-label=Conversation]").wait_for()
    expect(spoken).to_contain_text("The mayor, Ann Lee, opened the bridge on ")
    page.locator("#evidence mark").wait_for()
    walked = _tab_through(page)
    assert [one["html"] for one in walked if not one["seen"]] == []
    reached = " ".join(str(one["html"]) for one in walked)
    for name in ("qa-language-menu", 'role="tab"', "qa-cite", "<summary", "qa-bell", "qa-judge",
                 "submit-button", "qa-text"):  # fmt: skip
        assert name in reached, name
    assert page.evaluate(UNREACHED, [one["number"] for one in walked]) == []

    cite = page.get_by_role("button", name="[1] Show source 1 in its article").first
    cite.focus()
    page.keyboard.press("Enter")
    page.wait_for_function("document.activeElement.matches('#evidence .qa-text')")
    page.keyboard.press("Escape")
    expect(cite).to_be_focused()
    assert len(said.json_value()) == 1


# Number what the Tab key should reach; say what is focused, and if it is seen to be.
NUMBER = """() => [...document.querySelectorAll(
    "button, a[href], input, select, textarea, summary, [tabindex='0']")]
    .forEach((e, number) => { e.dataset.number = number; })"""
FOCUSED = """() => {
    const e = document.activeElement, style = getComputedStyle(e);
    const ring = style.outlineStyle !== "none" && parseFloat(style.outlineWidth) > 0;
    const box = e.closest("#question, #draft, #find");  // its border changes
    return {html: e.outerHTML.slice(0, 160), number: +e.dataset.number, body: e === document.body,
            seen: ring || getComputedStyle(box || e).boxShadow !== "none"};
}"""
UNREACHED = """reached => [...document.querySelectorAll("[data-number]")].filter(e =>
    !reached.includes(+e.dataset.number) && !e.disabled && e.tabIndex >= 0 &&
    e.checkVisibility({visibilityProperty: true, contentVisibilityAuto: true})
).map(e => e.outerHTML.slice(0, 160))"""


def _tab_through(page: "playwright.Page") -> list[dict[str, object]]:
    """Press Tab from the start of the page until it is through."""
    page.evaluate(NUMBER)
    page.mouse.click(2, 2)
    walked: list[dict[str, object]] = []
    for _ in range(80):
        page.keyboard.press("Tab")
        focused = page.evaluate(FOCUSED)
        if focused["body"] or focused["number"] in [one["number"] for one in walked]:
            return walked
        walked.append(focused)
    raise AssertionError("the Tab key never leaves the page")


def test_arabic_is_mirrored_and_texts_keep_their_own_direction(visit: Visit, address: str) -> None:
    page = visit(f"{address}?lang=ar", viewport={"width": 1280, "height": 860}, locale="en")
    page.locator(".qa-language-menu").wait_for()
    expect(page.locator("html[lang=ar][dir=rtl]")).to_be_attached()
    reply = ask(page, ARABIC)
    page.locator("#evidence mark").wait_for()
    at = {name: page.locator(name).bounding_box() for name in ("#conversation", "#evidence", "h1")}
    boxes = {name: box["x"] for name, box in at.items() if box}
    assert boxes["#evidence"] < boxes["#conversation"] < boxes["h1"]
    direction = "e => getComputedStyle(e).direction"
    assert reply.locator(".qa-answer").evaluate(direction) == "rtl"
    assert page.locator("#evidence mark").inner_text().startswith("افتتحت رئيسة البلدية آن لي")
    page.locator("#question textarea").fill(ENGLISH)
    assert page.locator("#question textarea").evaluate("e => getComputedStyle(e).unicodeBidi") == (
        "plaintext"
    )
    in_english = ask(page, ENGLISH)
    assert in_english.get_attribute("dir") == "ltr"  # in the words of its question
    assert in_english.locator(".qa-answer").evaluate(direction) == "ltr"
    in_hebrew = ask(page, HEBREW)
    assert in_hebrew.get_attribute("dir") == "rtl"  # no words in Hebrew: those of the page
    assert in_hebrew.locator(".qa-answer").get_attribute("lang") == "he"
    assert "المصادر" in in_hebrew.inner_text()
    picture(page, "everybody-ar-desktop")
    page.locator(".qa-language-menu").select_option("fr")
    page.wait_for_function("document.documentElement.lang === 'fr'")
    page.goto(address)  # the choice is kept
    page.get_by_text("Que souhaitez-vous savoir").wait_for()


@pytest.mark.parametrize("locale", SPEAKS)
def test_each_language_on_a_phone(visit: Visit, address: str, locale: str) -> None:
    page = visit(address, viewport=PHONE, locale=locale)
    language = locale.partition("-")[0]
    welcome, english = SPEAKS[locale]
    page.locator(".qa-begin").get_by_text(welcome).wait_for()
    expect(page.locator(".qa-language-menu")).to_have_value(language)
    question, pattern = QUESTIONS[language]
    reply = ask(page, question)
    assert reply.get_attribute("lang") == language
    assert re.search(pattern, reply.locator(".qa-answer").inner_text())
    picture(page, f"everybody-{language}-answer")
    page.locator("#tabs [role=tab]").nth(1).click()
    page.locator("#table td", has_text=english).first.wait_for()
    picture(page, f"everybody-{language}-archive")
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]

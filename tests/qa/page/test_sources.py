"""The events that open a source and lead back, called as Gradio calls them."""

from types import SimpleNamespace

from qa.source_view.finding import SourceFinder
from tests.support.gradio_pages import Page, event
from tests.support.hostile import ParsedHtml


def handlers(page: Page, name: str) -> list[object]:
    return [fn.fn for fn in page.blocks.fns.values() if fn.name == name]


def test_both_panels_open_sources_in_the_browsers_language(own_page: Page) -> None:
    own_page.archive.sources = SourceFinder(own_page.seeds)
    opened = handlers(own_page, "open_source")
    assert len(opened) == 2
    for handler in opened:
        for header, words in (("en", "Back to the archive"), ("zh-CN", "返回档案中的文字")):
            browser = SimpleNamespace(headers={"accept-language": header})
            html = handler(event(key="4-9-ferry"), browser)  # type: ignore[operator]
            assert words in ParsedHtml(html).text
            assert "<mark>ferry</mark>" in html


def test_both_panels_lead_back_to_the_article(own_page: Page) -> None:
    address = own_page.archive.permalink("ferry")
    browser = SimpleNamespace(headers={})
    back = handlers(own_page, "back_to_article")
    assert len(back) == 2
    for handler in back:
        html = handler(event(address=address), browser)  # type: ignore[operator]
        assert "312 people" in ParsedHtml(html).text

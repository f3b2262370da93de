"""The event that opens a permalink, called as Gradio calls it."""

from types import SimpleNamespace

from tests.support.gradio_pages import Page, event
from tests.support.hostile import ParsedHtml


def test_an_address_opens_its_article_in_the_browsers_language(chat_page: Page) -> None:
    handler = chat_page.handler("open_permalink")
    address = chat_page.archive.permalink("ferry")
    english = SimpleNamespace(headers={})
    chinese = SimpleNamespace(headers={"accept-language": "zh-CN,zh"})
    assert "312 people" in ParsedHtml(handler(event(address=address), english)).text
    assert "复制链接" in ParsedHtml(handler(event(address=address), chinese)).text
    assert "no permalink" in ParsedHtml(handler(event(address="/#/a/<b>"), english)).text

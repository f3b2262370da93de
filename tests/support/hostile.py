"""Texts that try to become markup, and a parser that shows what a browser makes of them."""

from dataclasses import replace
from html.parser import HTMLParser

from index.store.base.search_filter import SearchFilter
from qa import AnswerGroup, Place
from qa.chat.turn import Reply, Source
from tests.support.chats import SENTENCE, answer, citation

HOSTILE = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "<svg/onload=alert(1)>",
    "</div></details><iframe src='//evil.example'></iframe>",
    "<!-- a comment",
    "<b>bold</b> &lt;i&gt; &amp;",
    '" onmouseover="alert(1)',
    "' autofocus onfocus='alert(1)",
    "![x](http://evil.example/x.png)",
    "[click](javascript:alert(1))",
    "http://evil.example/ www.evil.example me@evil.example",
    "*a* _b_ **c** ~~d~~ `e` # f",
    "```mermaid graph```",
    "$$x^2$$ \\(y\\) \\[z\\] $a$",
    "| a | b | - 1. + > quote",
    "${alert(1)} {{alert(1)}} {% x %} %%%LATEX_BLOCK_0%%%",
    "<|endoftext|> <thinking>hm</thinking>",
]

REPLY_TAGS = {
    "a", "bdi", "blockquote", "br", "button", "details", "div", "em", "li", "mark", "span",
    "strong", "summary", "ul",
}  # fmt: skip
REPLY_ATTRIBUTES = {
    "aria-label", "class", "dir", "href", "lang", "rel", "role", "target", "title", "value",
}  # fmt: skip


class ParsedHtml(HTMLParser):
    """The tags, attributes and visible text that a browser would find in some HTML."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str | None]] = []
        self.text = ""
        self.feed(html)
        self.close()

    @property
    def attribute_names(self) -> set[str]:
        return {name for name, _ in self.attributes}

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += attrs
        if tag == "br":
            self.text += "\n"

    def handle_data(self, data: str) -> None:
        self.text += data


def hostile_reply(text: str, *, answered: bool = True) -> Reply:
    """Return a reply in which every text that comes from outside is `text`."""
    cited = replace(
        citation(SENTENCE), title=text, language=text, path=text, url=text, text=text,
        start=0, end=len(text), also_in=(Place(text, text, text, 0, 1, "body"),), place=text,
    )  # fmt: skip
    hostile_answer = replace(
        answer("Ann Lee" if answered else None, cited),
        question=text, text=text, sentence=text, start=0, end=len(text), understood=text,
        groups=(AnswerGroup(text, (), (cited, cited)), AnswerGroup(text, (), (cited,), True)),
        differs=True,
    )  # fmt: skip
    other = replace(hostile_answer, text="x")
    return Reply(
        text,
        "en",
        hostile_answer,
        (Source(cited, text, text, hostile_answer), Source(cited, answer=other)),
        search_filter=SearchFilter(article=text),
    )
